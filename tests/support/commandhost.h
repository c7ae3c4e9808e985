// CommandHost: gives a screen that stands alone its keys, as the window does.
#pragma once

#include "ui/shell/commands.h"

#include <QTemporaryDir>
#include <QWidget>

#include <functional>
#include <utility>

namespace affinity::test {

/// Must not outlive the screen, whose window the keys belong to. Remembers what was refused last.
class CommandHost {
public:
    /// `refresh` is what F5 does, as the window has it for its current screen.
    CommandHost(QWidget& screen, std::vector<ui::Command> commands, std::function<void()> refresh = {})
        : m_settings(m_folder.filePath(QStringLiteral("settings.json"))), m_list(m_settings, screen.window()) {
        const QString id = QStringLiteral("screen");
        for (ui::Command& command : commands)
            command.screen = id;
        if (refresh)
            commands.push_back({QStringLiteral("window.refresh"),
                                QStringLiteral("Refresh"),
                                ui::Icon::Refresh,
                                {QKeySequence(Qt::Key_F5)},
                                {},
                                std::move(refresh)});
        m_list.setCommands(std::move(commands), {{id, QStringLiteral("Screen")}});
        m_list.setCurrentScreen(id);
        QObject::connect(&m_list, &ui::CommandList::refused, &m_list,
                         [this](const QString&, const QString& reason) { m_refusal = reason; });
    }
    ui::CommandList& list() { return m_list; }
    const QString& refusal() const { return m_refusal; }

private:
    QTemporaryDir m_folder;
    ui::Settings m_settings;
    ui::CommandList m_list;
    QString m_refusal;
};

} // namespace affinity::test
