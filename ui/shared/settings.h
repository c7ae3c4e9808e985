// Settings: what the window remembers from one start to the next, in one versioned JSON file written whole or not at
// all.
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QObject>
#include <QStringList>
#include <QTimer>

namespace affinity::ui {

/// What was found where the settings should be; the window tells it once.
enum class SettingsProblem {
    None,
    Damaged,    ///< not readable as settings: put aside under backupFile(), defaults are in force
    FromNewer,  ///< written by a newer version: left as it is, defaults are in force, nothing is written
    Unwritable, ///< the last write failed; the values hold until the program ends
    Unreadable  ///< there, but it cannot be opened: left as it is, defaults are in force, nothing is written
};

/// Bytes with their checksum, as a settings file keeps them.
QJsonObject jsonOfState(const QByteArray& bytes);
/// The bytes again; empty when there are none or their checksum is wrong.
QByteArray stateOfJson(const QJsonValue& value);

/// Keys are paths, "window/theme". GUI thread. Values hold at once; the file follows soon after, at the latest with
/// the destruction. Secrets are never kept here.
class Settings : public QObject {
    Q_OBJECT
public:
    /// The schema of this version; see settingsmigrations.cpp for the ones before.
    static constexpr int version = 2;

    /// Reads the file; migrates one of an older version, whose copy stays beside it (backupFile()). No file: defaults.
    explicit Settings(QString fileName, QObject* parent = nullptr);
    ~Settings() override;

    QString fileName() const { return m_fileName; }
    SettingsProblem problem() const { return m_problem; }
    /// Of the problem or the migration, for the notice; empty when there was none.
    QString backupFile() const { return m_backupFile; }
    /// These values were taken over from an older version by this start.
    bool isMigrated() const { return m_isMigrated; }
    /// Why the last write failed, in the system's words; empty when it did not.
    QString writeError() const { return m_writeError; }

    bool contains(const QString& key) const;
    QString text(const QString& key, const QString& otherwise = {}) const;
    int number(const QString& key, int otherwise = 0) const;
    bool flag(const QString& key, bool otherwise = false) const;
    QStringList texts(const QString& key) const;
    QJsonValue value(const QString& key) const;
    /// Bytes that were kept by setState(); empty when there are none or their checksum is wrong: restoreState() and
    /// restoreGeometry() of Qt accept a truncated blob.
    QByteArray state(const QString& key) const;

    /// All keys that begin with a path, with their values: what remove(path) would take.
    QJsonObject valuesBelow(const QString& path) const;

    /// An undefined value removes the key.
    void setValue(const QString& key, const QJsonValue& value);
    void setState(const QString& key, const QByteArray& bytes);
    /// Removes a key, or all keys below a path that ends with "/".
    void remove(const QString& key);
    /// Writes now what has not been written; false when that failed.
    bool flush();

Q_SIGNALS:
    void problemChanged();

private:
    void load();
    void migrateFromVersionOne();
    void noteChange();
    QString m_fileName;
    QString m_backupFile;
    QString m_writeError;
    SettingsProblem m_problem = SettingsProblem::None;
    QJsonObject m_values; ///< flat: the path is the key
    bool m_isDirty = false;
    bool m_maySave = true; ///< false: what is in the file belongs to somebody else, or may still be read
    bool m_isMigrated = false;
    QTimer m_writing;
};

} // namespace affinity::ui
