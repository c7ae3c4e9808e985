// Output of headless commands: results on stdout, everything for people on stderr.
#pragma once

#include "app/commandline.h"
#include "engine/base/json.h"
#include "engine/service/applyresult.h"

namespace affinity::app {

/// One JSON value on one line of stdout.
void printJson(const base::Json& value);
/// Plain text on stdout.
void printText(const QString& text);
/// One line on stderr.
void printError(const QString& text);

/// Prints the error and gives its exit code.
ExitCode failed(const base::Error& error);

/// The exit code of a call: 0 applied (or a preview of that), 1 refused, 3 or 4 as the failure says.
ExitCode exitCodeOf(const service::ApplyResult& result);

/// Progress on stderr, rewritten in place; nothing when stderr is no terminal.
class ProgressLine {
public:
    explicit ProgressLine(const QString& title);
    ~ProgressLine();
    /// `text` stands behind the title. Any one thread at a time.
    void show(const QString& text);

private:
    QString m_title;
    bool m_isTerminal;
    bool m_isShown = false;
};

} // namespace affinity::app
