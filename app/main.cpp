#include "app/commandline.h"
#include "app/console.h"
#include "app/headless.h"
#include "app/output.h"
#include "app/tour.h"
#include "engine/base/log.h"
#include "ui/shared/style.h"

#include <QApplication>

#include <functional>

using namespace affinity::app;

namespace {

void nameApplication() {
    QCoreApplication::setApplicationName(QStringLiteral("affinity-console"));
    QCoreApplication::setApplicationVersion(QStringLiteral(AFFINITY_VERSION));
}

bool hasDisplay() {
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY") ||
           qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
}

int runHeadless(int argc, char** argv, const CommandLine& line) {
    const QCoreApplication application(argc, argv);
    nameApplication();
    return static_cast<int>(runCommand(line));
}

int runWindow(int argc, char** argv, const CommandLine& line) {
    QApplication application(argc, argv);
    nameApplication();
    QGuiApplication::setDesktopFileName(QStringLiteral("affinity-console"));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/app/affinity-console.svg")));
    affinity::ui::installStyle(application);
    auto options = consoleOptions(line);
    if (!options)
        return static_cast<int>(failed(options.error()));
    Console console(*std::move(options));
    console.start();
    return QApplication::exec();
}

/// Charts need the widget side of Qt, and nobody has to see them.
int runOffscreen(int argc, char** argv, const std::function<ExitCode()>& run) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    nameApplication();
    affinity::ui::installStyle(application);
    return static_cast<int>(run());
}

} // namespace

int main(int argc, char** argv) {
    affinity::base::installLog();
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments << QString::fromLocal8Bit(argv[i]);
    const auto line = parseCommandLine(arguments);
    if (!line)
        return static_cast<int>(failed(line.error()));
    if (line->has(QStringLiteral("help"))) {
        printText(helpText());
        return 0;
    }
    if (line->has(QStringLiteral("version"))) {
        printText(QStringLiteral("affinity-console " AFFINITY_VERSION "\n"));
        return 0;
    }
    if (line->has(QStringLiteral("report")))
        return runOffscreen(argc, argv, [&line] { return runCommand(*line); });
    if (!line->command.isEmpty())
        return runHeadless(argc, argv, *line);
    if (hasDisplay())
        return runWindow(argc, argv, *line);
    if (line->has(QStringLiteral("store"))) {
        return static_cast<int>(
            failed({affinity::base::ErrorKind::CannotConnect,
                    QStringLiteral("The window needs a display, and there is none. The commands work "
                                   "without one; see affinity-console --help.")}));
    }
    return runOffscreen(argc, argv, runTour);
}
