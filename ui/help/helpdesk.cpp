#include "ui/help/helpdesk.h"

#include "ui/help/aboutdialog.h"
#include "ui/help/helppages.h"
#include "ui/help/helpwindow.h"
#include "ui/help/logview.h"
#include "ui/workspace/workspace.h"

#include <QClipboard>
#include <QGuiApplication>

namespace affinity::ui {

HelpDesk::HelpDesk(const Settings& settings, QWidget* window) : m_settings(settings), m_window(window) {
}

HelpDesk::~HelpDesk() {
    delete m_help;
    delete m_log;
    delete m_about;
}

void HelpDesk::setWorkspace(const Workspace* workspace) {
    m_workspace = workspace;
    m_devices.reset();
    if (m_log && workspace)
        m_log->setZone(workspace->zone());
}

HelpWindow& HelpDesk::helpWindow() {
    if (!m_help)
        m_help = new HelpWindow(m_window);
    return *m_help;
}

void HelpDesk::openHelp() {
    helpWindow().showPage(helpPageOf(m_screen));
    helpWindow().present();
}

void HelpDesk::openContents() {
    helpWindow().showPage(helpPageNames().front());
    helpWindow().present();
}

void HelpDesk::openLog() {
    if (!m_log)
        m_log = new LogView(m_window);
    if (m_workspace)
        m_log->setZone(m_workspace->zone());
    m_log->present();
}

void HelpDesk::openAbout() {
    if (!m_about) {
        m_about = new AboutDialog(m_window);
        connect(m_about, &AboutDialog::diagnosticsWanted, this, &HelpDesk::copyDiagnostics);
    }
    m_about->present();
}

QString HelpDesk::diagnostics() const {
    return diagnosticsText({m_workspace, &m_settings, m_devices});
}

void HelpDesk::copyDiagnostics() {
    QGuiApplication::clipboard()->setText(diagnostics());
    Q_EMIT announced(tr("The diagnostics are on the clipboard. Passwords are masked."));
}

std::vector<Command> HelpDesk::commands() {
    const auto command = [](const char* id, const QString& text, Icon icon, std::function<void()> run) {
        Command made;
        made.id = QLatin1String(id);
        made.text = text;
        made.icon = icon;
        made.run = std::move(run);
        return made;
    };
    std::vector<Command> all{
        command("help.page", tr("Show help for this screen"), Icon::Help, [this] { openHelp(); }),
        command("help.contents", tr("Show the help contents"), Icon::Help, [this] { openContents(); }),
        command("help.log", tr("Show the log"), Icon::History, [this] { openLog(); }),
        command("help.diagnostics", tr("Copy diagnostics"), Icon::Copy, [this] { copyDiagnostics(); }),
        command("help.about", tr("About Affinity Console"), Icon::Info, [this] { openAbout(); }),
    };
    all.front().keys = {QKeySequence(Qt::Key_F1)};
    return all;
}

} // namespace affinity::ui
