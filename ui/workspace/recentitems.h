// RecentItems: the devices, scenarios and stores last looked at, kept in the settings for each store.
#pragma once

#include "ui/shared/settings.h"

#include <QObject>

#include <vector>

namespace affinity::ui {

enum class RecentKind { Device, Scenario, Store };

struct RecentItem {
    RecentKind kind = RecentKind::Device;
    QString id;      ///< binding id as digits, file name, or store URL without secrets
    QString title;   ///< as it was shown then
    qint64 atMs = 0; ///< milliseconds since 1970 UTC, this machine's clock

    friend bool operator==(const RecentItem&, const RecentItem&) = default;
};

/// GUI thread; the settings outlive it.
class RecentItems : public QObject {
    Q_OBJECT
public:
    static constexpr int most = 12; ///< of each kind

    explicit RecentItems(Settings& settings, QObject* parent = nullptr);

    /// Whose devices and scenarios these are. Stores are the same for all.
    void setStore(const QString& name);
    /// Puts an item first; an older mention of it goes.
    void note(RecentKind kind, const QString& id, const QString& title);
    void note(RecentKind kind, const QString& id, const QString& title, qint64 atMs);
    /// Newest first: of one kind, or of all kinds of the store in force.
    std::vector<RecentItem> items(RecentKind kind) const;
    std::vector<RecentItem> items() const;
    /// Forgets everything, of all stores; what it was, for bringBack().
    QJsonObject clear();
    void bringBack(const QJsonObject& forgotten);
    /// How many there are, of all stores.
    int count() const;

Q_SIGNALS:
    void changed();

private:
    QString keyOf(RecentKind kind) const;
    Settings& m_settings;
    QString m_store;
};

} // namespace affinity::ui
