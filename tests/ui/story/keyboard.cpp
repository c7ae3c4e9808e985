#include "tests/ui/story/keyboard.h"

#include <QAbstractButton>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

namespace affinity::test {

namespace {

constexpr int longestWaitMs = 30'000;
constexpr int mostTabs = 80;

QWidget* keyReceiver() {
    // A window manager activates a dialog when it opens; without one (offscreen, bare Xvfb) the test does.
    QWidget* dialog = QApplication::activeModalWidget();
    if (dialog && !dialog->isActiveWindow())
        QApplication::setActiveWindow(dialog);
    if (QWidget* focused = QApplication::focusWidget())
        return focused;
    return QApplication::activeWindow();
}

} // namespace

DemoConsole::DemoConsole(qint64 devices) {
    app::ConsoleOptions options;
    options.connection.url = QStringLiteral("sqlite:") + storeFile();
    options.connection.environment = Environment::Demo;
    options.isDemo = true;
    options.demoDevices = devices;
    options.settingsFile = m_folder.filePath(QStringLiteral("settings.json"));
    m_console = std::make_unique<app::Console>(std::move(options));
}

bool DemoConsole::start() {
    QSignalSpy ready(m_console.get(), &app::Console::ready);
    m_console->start();
    QApplication::setActiveWindow(&m_console->window());
    return waitFor([&ready] { return !ready.isEmpty(); });
}

bool waitFor(const std::function<bool()>& condition) {
    return QTest::qWaitFor(condition, longestWaitMs);
}

QWidget* visibleWidget(const QString& objectName) {
    QWidget* window =
        QApplication::activeModalWidget() ? QApplication::activeModalWidget() : QApplication::activeWindow();
    if (!window)
        return nullptr;
    for (QWidget* widget : window->findChildren<QWidget*>(objectName)) {
        if (widget->isVisible())
            return widget;
    }
    return nullptr;
}

QString textOf(const QString& objectName) {
    QWidget* widget = visibleWidget(objectName);
    if (auto* label = qobject_cast<QLabel*>(widget))
        return label->text();
    if (auto* button = qobject_cast<QAbstractButton*>(widget))
        return button->text();
    if (auto* field = qobject_cast<QLineEdit*>(widget))
        return field->text();
    return {};
}

void press(Qt::Key key, Qt::KeyboardModifiers modifiers) {
    if (QWidget* receiver = keyReceiver())
        QTest::keyClick(receiver, key, modifiers);
}

void type(const QString& text) {
    for (const QChar character : text)
        QTest::keyClick(keyReceiver(), character.toLatin1());
}

bool tabTo(const QString& objectName) {
    for (int i = 0; i < mostTabs; ++i) {
        keyReceiver();
        for (QWidget* widget = QApplication::focusWidget(); widget; widget = widget->parentWidget()) {
            if (widget->objectName() == objectName)
                return true;
        }
        press(Qt::Key_Tab);
    }
    return false;
}

} // namespace affinity::test
