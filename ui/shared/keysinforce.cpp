#include "ui/shared/keysinforce.h"

#include <QCoreApplication>
#include <QHelpEvent>
#include <QToolTip>
#include <QWidget>

#include <utility>

namespace affinity::ui {
namespace {

struct KeysInForceWords {
    Q_DECLARE_TR_FUNCTIONS(affinity::ui::KeysInForce)
};

struct Lookup {
    const QObject* owner = nullptr;
    KeysLookup find;
};

Lookup& lookup() {
    static Lookup current;
    return current;
}

const char* const commandProperty = "command";

/// Shows the tooltips of all widgets that do a command.
class TipFilter : public QObject {
protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        auto* widget = event->type() == QEvent::ToolTip ? qobject_cast<QWidget*>(watched) : nullptr;
        if (!widget || !widget->isEnabled() || widget->toolTip().isEmpty())
            return false;
        const QString tip = withKeys(widget->toolTip(), widget->property(commandProperty).toString());
        QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), tip, widget);
        return true;
    }
};

} // namespace

void setKeysLookup(const QObject* owner, KeysLookup find) {
    lookup() = {owner, std::move(find)};
}

void dropKeysLookup(const QObject* owner) {
    if (lookup().owner == owner)
        lookup() = {};
}

QKeySequence keysInForce(const QString& commandId) {
    return lookup().find && !commandId.isEmpty() ? lookup().find(commandId) : QKeySequence();
}

QString keysText(const QKeySequence& keys) {
    return keys.toString(QKeySequence::NativeText);
}

QString keyCapText(const QKeySequence& keys) {
    QString text = keysText(keys);
    for (qsizetype i = 1; i + 1 < text.size(); ++i) // not a plus that is the key itself
        if (text.at(i) == QLatin1Char('+') && text.at(i - 1) != QLatin1Char(' '))
            text[i] = QLatin1Char(' ');
    return text;
}

QString withKeys(const QString& text, const QString& commandId) {
    const QKeySequence keys = keysInForce(commandId);
    return keys.isEmpty() ? text : KeysInForceWords::tr("%1 (%2)").arg(text, keysText(keys));
}

void setCommand(QWidget& widget, const QString& commandId) {
    static TipFilter filter;
    const bool isWatched = widget.property(commandProperty).isValid();
    widget.setProperty(commandProperty, commandId);
    if (!isWatched)
        widget.installEventFilter(&filter);
}

} // namespace affinity::ui
