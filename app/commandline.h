// The command line: which command, on which store, with which options; checked before anything is opened.
#pragma once

#include "engine/base/result.h"

#include <QMap>
#include <QString>
#include <QStringList>

#include <limits>
#include <optional>

namespace affinity::app {

/// The largest id a row can have.
inline constexpr qint64 largestId = std::numeric_limits<qint64>::max();

/// What the process ends with.
enum class ExitCode { Done = 0, RefusedOrFindings = 1, Usage = 2, CannotConnect = 3, InDoubt = 4, InternalError = 5 };

/// The exit code a failure ends a command with.
ExitCode exitCodeOf(const base::Error& error);

/// A parsed command line. `command` is empty for the window.
struct CommandLine {
    QString command;
    QStringList arguments;          ///< positional ones after the command
    QMap<QString, QString> options; ///< given options by name without dashes; flags have an empty value

    bool has(const QString& option) const { return options.contains(option); }
    QString value(const QString& option) const { return options.value(option); }

    /// A whole number; nothing when the option is absent. InvalidInput names the option and its range.
    base::Result<std::optional<qint64>> number(const QString& option, qint64 minimum, qint64 maximum) const;
};

/// Parses the arguments after the program's name. InvalidInput: unknown command or option, an option that does not
/// belong to the command, one that is missing, too many arguments.
base::Result<CommandLine> parseCommandLine(const QStringList& arguments);

/// The text of --help.
QString helpText();

} // namespace affinity::app
