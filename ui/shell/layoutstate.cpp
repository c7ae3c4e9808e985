#include "ui/shell/layoutstate.h"

#include "ui/shared/splitter.h"
#include "ui/shared/tablecolumns.h"

#include <QCoreApplication>
#include <QEvent>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTableView>

#include <algorithm>

namespace affinity::ui {
namespace {

constexpr int largestSize = 20'000; // px

/// Sizes of a splitter with that many panels; empty when they are none.
QList<int> sizesOf(const QJsonObject& state, qsizetype count) {
    QList<int> sizes;
    for (const QJsonValue& each : state.value(QLatin1String("sizes")).toArray())
        sizes += each.toInt(-1);
    const bool isSound = sizes.size() == count && std::all_of(sizes.cbegin(), sizes.cend(), [](int size) {
                             return size >= 0 && size <= largestSize;
                         });
    return isSound ? sizes : QList<int>();
}

template<typename Widget> bool isKnown(const std::vector<QPointer<Widget>>& list, const Widget* widget) {
    return std::any_of(list.begin(), list.end(), [widget](const auto& each) { return each == widget; });
}

} // namespace

LayoutState::LayoutState(Settings& settings, QWidget& window)
    : QObject(&window), m_settings(settings), m_window(window), m_perspective(QStringLiteral("general")) {
    QCoreApplication::instance()->installEventFilter(this); // tables come with their screens, some much later
}

QString LayoutState::path() const {
    return QStringLiteral("layout/%1/").arg(m_perspective);
}

/// Empty for what is on no screen or has no name: it is not kept.
QString LayoutState::keyOf(const QWidget& widget) const {
    if (widget.objectName().isEmpty())
        return {};
    for (const QWidget* each = &widget; each != nullptr; each = each->parentWidget())
        if (const QString screen = each->property(screenProperty).toString(); !screen.isEmpty())
            return path() + screen + QLatin1Char('/') + widget.objectName();
    return {};
}

bool LayoutState::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::Show)
        return false;
    if (auto* table = qobject_cast<QTableView*>(watched); table && table->window() == &m_window)
        follow(*table);
    else if (auto* splitter = qobject_cast<Splitter*>(watched); splitter && splitter->window() == &m_window)
        follow(*splitter);
    return false;
}

void LayoutState::follow(QTableView& table) {
    TableColumns* columns = TableColumns::of(table);
    if (columns == nullptr || isKnown(m_tables, &table) || keyOf(table).isEmpty())
        return;
    std::erase_if(m_tables, [](const auto& each) { return each.isNull(); });
    m_tables.emplace_back(&table);
    show(table);
    connect(columns, &TableColumns::changed, this, [this, columns, at = &table] {
        keep(keyOf(*at), columns->isAsSetUp() ? QJsonObject() : columns->state());
    });
}

void LayoutState::follow(Splitter& splitter) {
    if (isKnown(m_splitters, &splitter) || keyOf(splitter).isEmpty())
        return;
    std::erase_if(m_splitters, [](const auto& each) { return each.isNull(); });
    m_splitters.emplace_back(&splitter);
    show(splitter);
    connect(&splitter, &Splitter::moved, this, [this, at = &splitter] {
        QJsonArray sizes;
        for (const int size : at->wantedSizes())
            sizes.append(size);
        keep(keyOf(*at), {{QStringLiteral("sizes"), sizes}});
    });
}

QJsonObject LayoutState::kept(const QString& key) {
    const QJsonObject state = QJsonDocument::fromJson(m_settings.state(key)).object();
    if (state.isEmpty())
        m_settings.remove(key); // damaged, or not there
    return state;
}

void LayoutState::keep(const QString& key, const QJsonObject& state) {
    if (state.isEmpty())
        m_settings.remove(key);
    else
        m_settings.setState(key, QJsonDocument(state).toJson(QJsonDocument::Compact));
}

void LayoutState::show(QTableView& table) {
    TableColumns& columns = *TableColumns::of(table);
    const QString key = keyOf(table);
    const QJsonObject state = kept(key);
    if (state.isEmpty())
        columns.reset();
    else if (!columns.restore(state))
        m_settings.remove(key);
}

void LayoutState::show(Splitter& splitter) {
    const QString key = keyOf(splitter);
    const QList<int> sizes = sizesOf(kept(key), splitter.count());
    if (sizes.isEmpty())
        m_settings.remove(key);
    splitter.setWantedSizes(sizes.isEmpty() ? splitter.defaultSizes() : sizes);
}

void LayoutState::showAll() {
    for (const auto& table : m_tables)
        if (table)
            show(*table);
    for (const auto& splitter : m_splitters)
        if (splitter)
            show(*splitter);
}

void LayoutState::setPerspective(const QString& word) {
    if (word == m_perspective)
        return;
    m_perspective = word;
    showAll();
}

QJsonObject LayoutState::reset() {
    const QJsonObject kept = m_settings.valuesBelow(path());
    m_settings.remove(path());
    showAll();
    return kept;
}

void LayoutState::bringBack(const QJsonObject& kept) {
    for (auto each = kept.constBegin(); each != kept.constEnd(); ++each)
        m_settings.setValue(each.key(), each.value());
    showAll();
}

bool LayoutState::isAnythingKept() const {
    return !m_settings.valuesBelow(path()).isEmpty();
}

} // namespace affinity::ui
