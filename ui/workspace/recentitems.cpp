#include "ui/workspace/recentitems.h"

#include <QDateTime>
#include <QJsonArray>

#include <algorithm>

namespace affinity::ui {
namespace {

const QString everything = QStringLiteral("recent/");
constexpr qsizetype longestTitle = 120;
constexpr auto kinds = {RecentKind::Device, RecentKind::Scenario, RecentKind::Store};

QString word(RecentKind kind) {
    switch (kind) {
    case RecentKind::Device:
        break;
    case RecentKind::Scenario:
        return QStringLiteral("scenarios");
    case RecentKind::Store:
        return QStringLiteral("stores");
    }
    return QStringLiteral("devices");
}

/// What is no item is left out.
std::vector<RecentItem> itemsOf(RecentKind kind, const QJsonValue& list) {
    std::vector<RecentItem> items;
    for (const QJsonValue& each : list.toArray()) {
        const QJsonObject item = each.toObject();
        const QString id = item.value(QLatin1String("id")).toString();
        if (!id.isEmpty())
            items.push_back({kind, id, item.value(QLatin1String("title")).toString(id),
                             item.value(QLatin1String("at")).toInteger()});
    }
    return items;
}

} // namespace

RecentItems::RecentItems(Settings& settings, QObject* parent) : QObject(parent), m_settings(settings) {
}

void RecentItems::setStore(const QString& name) {
    if (name == m_store)
        return;
    m_store = name;
    Q_EMIT changed();
}

QString RecentItems::keyOf(RecentKind kind) const {
    const QString key = everything + word(kind);
    return kind == RecentKind::Store ? key : key + QLatin1Char('/') + m_store;
}

void RecentItems::note(RecentKind kind, const QString& id, const QString& title) {
    note(kind, id, title, QDateTime::currentMSecsSinceEpoch());
}

void RecentItems::note(RecentKind kind, const QString& id, const QString& title, qint64 atMs) {
    if (id.isEmpty())
        return;
    std::vector<RecentItem> known = items(kind);
    std::erase_if(known, [&id](const RecentItem& each) { return each.id == id; });
    known.insert(known.begin(), {kind, id, title.left(longestTitle), atMs});
    QJsonArray list;
    for (const RecentItem& each : known)
        if (list.size() < most)
            list.append(QJsonObject{{QStringLiteral("id"), each.id},
                                    {QStringLiteral("title"), each.title},
                                    {QStringLiteral("at"), each.atMs}});
    m_settings.setValue(keyOf(kind), list);
    Q_EMIT changed();
}

std::vector<RecentItem> RecentItems::items(RecentKind kind) const {
    return itemsOf(kind, m_settings.value(keyOf(kind)));
}

std::vector<RecentItem> RecentItems::items() const {
    std::vector<RecentItem> all;
    for (const RecentKind kind : kinds)
        for (const RecentItem& each : items(kind))
            all.push_back(each);
    std::stable_sort(all.begin(), all.end(),
                     [](const RecentItem& one, const RecentItem& other) { return one.atMs > other.atMs; });
    return all;
}

QJsonObject RecentItems::clear() {
    const QJsonObject forgotten = m_settings.valuesBelow(everything);
    m_settings.remove(everything);
    Q_EMIT changed();
    return forgotten;
}

void RecentItems::bringBack(const QJsonObject& forgotten) {
    for (auto each = forgotten.constBegin(); each != forgotten.constEnd(); ++each)
        m_settings.setValue(each.key(), each.value());
    Q_EMIT changed();
}

int RecentItems::count() const {
    int count = 0;
    const QJsonObject all = m_settings.valuesBelow(everything);
    for (const QJsonValue& list : all)
        count += static_cast<int>(list.toArray().size());
    return count;
}

} // namespace affinity::ui
