// Keys in force: which keys a command has now, for tooltips, menus and key caps anywhere in the window.
#pragma once

#include <QKeySequence>
#include <QString>

#include <functional>

class QObject;
class QWidget;

namespace affinity::ui {

/// Answers the first keys of a command; empty: it has none, or there is no such command.
using KeysLookup = std::function<QKeySequence(const QString& commandId)>;

/// Like the theme's tokens there is one lookup for the program: the one that was set last. GUI thread.
void setKeysLookup(const QObject* owner, KeysLookup lookup);
/// Forgets the lookup if it is still this owner's.
void dropKeysLookup(const QObject* owner);

QKeySequence keysInForce(const QString& commandId);

/// "Ctrl+Shift+T", in the words of the desktop.
QString keysText(const QKeySequence& keys);
/// "Ctrl Shift T", as it stands on a key cap; "Ctrl +" for the plus key.
QString keyCapText(const QKeySequence& keys);
/// "Run the scenario (Ctrl+R)"; without the brackets where the command has no keys.
QString withKeys(const QString& text, const QString& commandId);

/// This widget does what the command does: while it is enabled its tooltip ends with the keys in force, looked up when
/// the tooltip comes. A disabled one says its reason only.
void setCommand(QWidget& widget, const QString& commandId);

} // namespace affinity::ui
