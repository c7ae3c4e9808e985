#include "tests/ui/story/windowchecks.h"

#include "ui/shared/textlabel.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QScrollBar>
#include <QSet>
#include <QTableView>
#include <QTest>

#include <algorithm>

namespace affinity::test {
namespace {

constexpr QSize largestDialog(1280, 720);
constexpr int slackPx = 1;
constexpr int tabsOfAWindow = 400;
constexpr int mostParts = 8;

QString placeOf(const QWidget& widget) {
    QString place = QString::fromLatin1(widget.metaObject()->className());
    if (!widget.objectName().isEmpty())
        place += QLatin1Char(' ') + widget.objectName();
    for (const QWidget* parent = widget.parentWidget(); parent; parent = parent->parentWidget()) {
        if (!parent->objectName().isEmpty() && !parent->objectName().startsWith(QLatin1String("qt_")))
            return place + QStringLiteral(" in ") + parent->objectName();
    }
    return place;
}

/// The part of Qt inside of a control (an editor in a spin box, a view's viewport): the control speaks for it.
bool isPartOfControl(const QWidget& widget) {
    const auto* area = qobject_cast<const QAbstractScrollArea*>(widget.parentWidget());
    if (area && area->viewport() == &widget)
        return true;
    for (const QWidget* parent = widget.parentWidget(); parent; parent = parent->parentWidget()) {
        if (qobject_cast<const QAbstractSpinBox*>(parent) || qobject_cast<const QComboBox*>(parent) ||
            qobject_cast<const QAbstractItemView*>(parent))
            return true;
    }
    return qobject_cast<const QScrollBar*>(&widget) != nullptr;
}

bool isControl(const QWidget& widget) {
    return widget.focusPolicy() != Qt::NoFocus || qobject_cast<const QAbstractButton*>(&widget) ||
           qobject_cast<const QLineEdit*>(&widget) || qobject_cast<const QComboBox*>(&widget) ||
           qobject_cast<const QAbstractItemView*>(&widget);
}

QList<QWidget*> visibleControls(const QWidget& window) {
    QList<QWidget*> controls;
    for (QWidget* widget : window.findChildren<QWidget*>()) {
        if (widget->isVisible() && widget->window() == window.window() && isControl(*widget) &&
            !isPartOfControl(*widget))
            controls << widget;
    }
    return controls;
}

bool takesTab(const QWidget& widget) {
    return widget.isEnabled() && (widget.focusPolicy() & Qt::TabFocus) == Qt::TabFocus && !widget.focusProxy();
}

/// The widget a control's focus stands in: itself, or what it hands the focus on to.
bool holds(const QWidget& control, const QWidget* focused) {
    return focused && (&control == focused || control.isAncestorOf(focused) || control.focusProxy() == focused);
}

} // namespace

QWidget* windowInUse(QWidget& window) {
    if (QWidget* dialog = QApplication::activeModalWidget())
        return dialog;
    auto* palette = window.findChild<QWidget*>(QStringLiteral("palette")); // keeps the focus while it is open
    return palette && palette->isVisible() ? palette : &window;
}

QStringList namelessControls(const QWidget& window) {
    QStringList nameless;
    for (QWidget* control : visibleControls(window)) {
        QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(control);
        if (!interface || interface->text(QAccessible::Name).trimmed().isEmpty())
            nameless << placeOf(*control);
    }
    return nameless;
}

QStringList unreachableControls(QWidget& window) {
    QWidget* const before = QApplication::focusWidget();
    QSet<QWidget*> reached{before};
    QStringList faults;
    int tabsInside = 0; // of a control with parts: a date has six
    for (int step = 0; step < tabsOfAWindow; ++step) {
        QWidget* focused = QApplication::focusWidget();
        QTest::keyClick(focused ? focused : &window, Qt::Key_Tab);
        tabsInside = focused && QApplication::focusWidget() == focused ? tabsInside + 1 : 0;
        if (tabsInside > mostParts)
            break; // what is not reached from here is listed below
        if (tabsInside > 0)
            continue;
        focused = QApplication::focusWidget();
        if (focused && reached.contains(focused))
            break; // round
        reached.insert(focused);
    }
    for (QWidget* control : visibleControls(window)) {
        const auto isReached = [control](const QWidget* focused) { return holds(*control, focused); };
        if (takesTab(*control) && std::none_of(reached.begin(), reached.end(), isReached))
            faults << placeOf(*control);
    }
    if (before)
        before->setFocus();
    return faults;
}

QStringList cutTexts(const QWidget& window) {
    QStringList cut;
    const auto note = [&cut](const QWidget& widget, const QString& text) {
        cut << QStringLiteral("“%1” (%2)").arg(text, placeOf(widget));
    };
    for (const QAbstractButton* button : window.findChildren<QAbstractButton*>()) {
        if (button->isVisible() && !button->text().isEmpty() && !isPartOfControl(*button) &&
            button->width() + slackPx < button->minimumSizeHint().width())
            note(*button, button->text());
    }
    for (const ui::TextLabel* label : window.findChildren<ui::TextLabel*>()) {
        const bool mayBeCut = label->isElided() || label->wordWrap();
        if (label->isVisible() && !mayBeCut && label->width() + slackPx < label->sizeHint().width())
            note(*label, label->text());
    }
    for (const QTableView* table : window.findChildren<QTableView*>()) {
        const QHeaderView* header = table->horizontalHeader();
        if (!header->isVisible() || !table->model())
            continue;
        for (int column = 0; column < header->count(); ++column) {
            if (header->isSectionHidden(column))
                continue;
            const QString title = table->model()->headerData(column, Qt::Horizontal).toString();
            const int needed = header->fontMetrics().horizontalAdvance(title);
            if (header->sectionSize(column) < needed)
                note(*table, title);
        }
    }
    return cut;
}

QStringList faultsOf(QWidget& window) {
    QStringList faults;
    const auto add = [&faults](const char* fault, const QStringList& found) {
        for (const QString& place : found)
            faults << QString::fromLatin1(fault) + QStringLiteral(": ") + place;
    };
    add("no accessible name", namelessControls(window));
    add("not reached by Tab", unreachableControls(window));
    add("cut", cutTexts(window));
    if (window.isModal() && (window.width() > largestDialog.width() || window.height() > largestDialog.height()))
        add("larger than 1280 × 720", {placeOf(window)});
    return faults;
}

} // namespace affinity::test
