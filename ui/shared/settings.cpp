#include "ui/shared/settings.h"

#include "ui/shared/settingsmigrations.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

#include <optional>
#include <utility>

namespace affinity::ui {
namespace {

constexpr qint64 largestFile = 4 << 20; // bytes; a well-used one has about 20,000
constexpr int writingDelayMs = 500;     // a drag of a splitter is one write
const char* const formatName = "affinity-settings";

QString sumOf(const QByteArray& bytes) {
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

/// What a settings file says; no version: it is not one.
struct FileContent {
    std::optional<int> version;
    QJsonObject values;
};

FileContent contentOf(const QByteArray& text) {
    QJsonParseError error{};
    const QJsonObject file = QJsonDocument::fromJson(text, &error).object();
    const QJsonValue fileVersion = file.value(QLatin1String("version"));
    if (error.error != QJsonParseError::NoError ||
        file.value(QLatin1String("format")).toString() != QLatin1String(formatName) || !fileVersion.isDouble())
        return {};
    // A newer version may keep its values elsewhere; this one must have them.
    const int version = fileVersion.toInt(-1);
    const QJsonValue values = file.value(QLatin1String("values"));
    if (version < Settings::version || (version == Settings::version && !values.isObject()))
        return {};
    return {version, values.toObject()};
}

/// Renames to "settings.damaged-1.json", or the next number that is free; empty when that failed.
QString putAside(const QString& fileName) {
    const QFileInfo file(fileName);
    QString aside;
    for (int number = 1; aside.isEmpty() || QFile::exists(aside); ++number) {
        const QString name = QStringLiteral("%1.damaged-%2.%3").arg(file.completeBaseName()).arg(number);
        aside = file.dir().filePath(name.arg(file.suffix()));
    }
    return QFile::rename(fileName, aside) ? aside : QString();
}

} // namespace

QJsonObject jsonOfState(const QByteArray& bytes) {
    return {{QStringLiteral("bytes"), QString::fromLatin1(bytes.toBase64())}, {QStringLiteral("sum"), sumOf(bytes)}};
}

QByteArray stateOfJson(const QJsonValue& value) {
    const QJsonObject state = value.toObject();
    const auto bytes = QByteArray::fromBase64Encoding(state.value(QLatin1String("bytes")).toString().toLatin1(),
                                                      QByteArray::AbortOnBase64DecodingErrors);
    if (!bytes || state.value(QLatin1String("sum")).toString() != sumOf(bytes.decoded))
        return {};
    return bytes.decoded;
}

Settings::Settings(QString fileName, QObject* parent) : QObject(parent), m_fileName(std::move(fileName)) {
    m_writing.setSingleShot(true);
    m_writing.setInterval(writingDelayMs);
    connect(&m_writing, &QTimer::timeout, this, &Settings::flush);
    if (QFileInfo(m_fileName).exists())
        load();
    else if (QFile::exists(versionOneFile(m_fileName)))
        migrateFromVersionOne();
}

Settings::~Settings() {
    flush();
}

void Settings::load() {
    QFile file(m_fileName);
    if (!file.open(QIODevice::ReadOnly)) { // not damaged: it may be readable again later
        m_problem = SettingsProblem::Unreadable;
        m_maySave = false;
        return;
    }
    const bool isTooLarge = file.size() > largestFile;
    const FileContent content = isTooLarge ? FileContent{} : contentOf(file.readAll());
    file.close();
    if (!content.version) {
        m_problem = SettingsProblem::Damaged;
        m_backupFile = putAside(m_fileName);
        m_maySave = !m_backupFile.isEmpty();
    } else if (*content.version > version) {
        m_problem = SettingsProblem::FromNewer;
        m_maySave = false;
    } else {
        m_values = content.values;
    }
}

void Settings::migrateFromVersionOne() {
    const QString old = versionOneFile(m_fileName);
    m_backupFile = old;
    if (const std::optional<QJsonObject> values = valuesOfVersionOne(old)) {
        m_values = *values;
        m_isMigrated = true;
    } else {
        m_problem = SettingsProblem::Damaged;
    }
    m_isDirty = true; // the new file says that the old one was seen
    flush();
}

bool Settings::contains(const QString& key) const {
    return m_values.contains(key);
}

QString Settings::text(const QString& key, const QString& otherwise) const {
    return m_values.value(key).toString(otherwise);
}

int Settings::number(const QString& key, int otherwise) const {
    return m_values.value(key).toInt(otherwise);
}

bool Settings::flag(const QString& key, bool otherwise) const {
    return m_values.value(key).toBool(otherwise);
}

QStringList Settings::texts(const QString& key) const {
    QStringList texts;
    for (const QJsonValue& each : m_values.value(key).toArray())
        if (each.isString())
            texts += each.toString();
    return texts;
}

QJsonValue Settings::value(const QString& key) const {
    return m_values.value(key);
}

QByteArray Settings::state(const QString& key) const {
    return stateOfJson(m_values.value(key));
}

void Settings::setValue(const QString& key, const QJsonValue& value) {
    if (m_values.value(key) == value)
        return;
    if (value.isUndefined())
        m_values.remove(key);
    else
        m_values.insert(key, value);
    noteChange();
}

void Settings::setState(const QString& key, const QByteArray& bytes) {
    setValue(key, jsonOfState(bytes));
}

void Settings::remove(const QString& key) {
    QJsonObject rest;
    for (auto each = m_values.constBegin(); each != m_values.constEnd(); ++each)
        if (key.endsWith(QLatin1Char('/')) ? !each.key().startsWith(key) : each.key() != key)
            rest.insert(each.key(), each.value());
    if (rest.size() == m_values.size())
        return;
    m_values = rest;
    noteChange();
}

QJsonObject Settings::valuesBelow(const QString& path) const {
    QJsonObject found;
    for (auto each = m_values.constBegin(); each != m_values.constEnd(); ++each)
        if (each.key().startsWith(path))
            found.insert(each.key(), each.value());
    return found;
}

void Settings::noteChange() {
    m_isDirty = true;
    if (m_maySave)
        m_writing.start();
}

bool Settings::flush() {
    m_writing.stop();
    if (!m_isDirty)
        return m_problem != SettingsProblem::Unwritable;
    if (!m_maySave)
        return false;
    const QJsonObject content{{QStringLiteral("format"), QLatin1String(formatName)},
                              {QStringLiteral("version"), version},
                              {QStringLiteral("values"), m_values}};
    const QByteArray text = QJsonDocument(content).toJson();
    QDir().mkpath(QFileInfo(m_fileName).absolutePath());
    QSaveFile file(m_fileName);
    const bool isWritten = file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit();
    m_isDirty = !isWritten; // tried again with the next change
    m_writeError = isWritten ? QString() : file.errorString();
    const SettingsProblem before = m_problem;
    if (!isWritten)
        m_problem = SettingsProblem::Unwritable;
    else if (m_problem == SettingsProblem::Unwritable)
        m_problem = SettingsProblem::None;
    if (m_problem != before)
        Q_EMIT problemChanged();
    return isWritten;
}

} // namespace affinity::ui
