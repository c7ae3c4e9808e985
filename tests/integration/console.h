// Running the built program as a person or a script would.
#pragma once

#include "engine/base/json.h"

#include <QProcess>
#include <QStringList>

#include <memory>

namespace affinity::test {

struct ConsoleRun {
    int exitCode = -1;
    QByteArray output;
    QByteArray errors;

    /// The one line of JSON on stdout; null when it is not JSON.
    base::Json json() const;
};

/// Starts affinity-console with the arguments; `environment` adds NAME=VALUE pairs.
std::unique_ptr<QProcess> startConsole(const QStringList& arguments, const QStringList& environment = {});

/// Waits for a started console, at most a minute.
ConsoleRun finishConsole(QProcess& process);

ConsoleRun runConsole(const QStringList& arguments, const QStringList& environment = {});

} // namespace affinity::test
