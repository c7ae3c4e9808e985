// Using the window by keyboard only: keys go to whatever has the focus, and waiting has a limit.
#pragma once

#include "app/console.h"

#include <QTemporaryDir>
#include <QWidget>

#include <functional>
#include <memory>

namespace affinity::test {

/// A console on a small demo store of its own, ready to use.
class DemoConsole {
public:
    explicit DemoConsole(qint64 devices);
    app::Console& console() { return *m_console; }
    QWidget& window() { return m_console->window(); }
    /// Starts it and waits until it is signed in; false after a minute.
    bool start();
    QString storeFile() const { return m_folder.filePath(QStringLiteral("demo.sqlite")); }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<app::Console> m_console;
};

/// Waits until the condition holds, at most 30 s; the event loop runs meanwhile.
bool waitFor(const std::function<bool()>& condition);

/// A visible widget of that object name in the active window, or null.
QWidget* visibleWidget(const QString& objectName);

/// The text a visible widget shows, as far as it is a label, button or field.
QString textOf(const QString& objectName);

/// Sends a key to the widget that has the focus.
void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
void type(const QString& text);

/// Presses Tab until the widget of that name (or a child of it) has the focus; false after 80 times.
bool tabTo(const QString& objectName);

} // namespace affinity::test
