#include "tests/integration/console.h"

namespace affinity::test {

base::Json ConsoleRun::json() const {
    return base::Json::parse(output.begin(), output.end(), nullptr, false);
}

std::unique_ptr<QProcess> startConsole(const QStringList& arguments, const QStringList& environment) {
    auto process = std::make_unique<QProcess>();
    QProcessEnvironment variables = QProcessEnvironment::systemEnvironment();
    for (const QString& pair : environment)
        variables.insert(pair.section(QLatin1Char('='), 0, 0), pair.section(QLatin1Char('='), 1));
    process->setProcessEnvironment(variables);
    process->start(QStringLiteral(AFFINITY_CONSOLE), arguments);
    return process;
}

ConsoleRun finishConsole(QProcess& process) {
    constexpr int longestMs = 60'000;
    if (!process.waitForFinished(longestMs) || process.exitStatus() != QProcess::NormalExit)
        return {-1, process.readAllStandardOutput(), process.readAllStandardError() + process.errorString().toUtf8()};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

ConsoleRun runConsole(const QStringList& arguments, const QStringList& environment) {
    return finishConsole(*startConsole(arguments, environment));
}

} // namespace affinity::test
