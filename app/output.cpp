#include "app/output.h"

#include <cstdio>
#include <unistd.h>

namespace affinity::app {

void printJson(const base::Json& value) {
    const QByteArray line = base::pythonJson(value) + '\n';
    std::fwrite(line.constData(), 1, static_cast<size_t>(line.size()), stdout);
    std::fflush(stdout);
}

void printText(const QString& text) {
    const QByteArray bytes = text.toUtf8();
    std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), stdout);
    std::fflush(stdout);
}

void printError(const QString& text) {
    const QByteArray line = text.toUtf8() + '\n';
    std::fwrite(line.constData(), 1, static_cast<size_t>(line.size()), stderr);
}

ExitCode failed(const base::Error& error) {
    printError(error.what);
    return exitCodeOf(error);
}

ExitCode exitCodeOf(const service::ApplyResult& result) {
    switch (result.outcome) {
    case rules::Outcome::Applied:
        return ExitCode::Done;
    case rules::Outcome::InDoubt:
        return ExitCode::InDoubt;
    case rules::Outcome::Error: {
        const ExitCode code = exitCodeOf(*result.error);
        // The store was there and said no: an unknown device or a refused form is a refusal, not a lost connection.
        const bool isRefusal = result.error->kind == base::ErrorKind::NotFound || code == ExitCode::Usage;
        return isRefusal ? ExitCode::RefusedOrFindings : code;
    }
    default:
        return ExitCode::RefusedOrFindings;
    }
}

ProgressLine::ProgressLine(const QString& title) : m_title(title), m_isTerminal(::isatty(STDERR_FILENO) == 1) {
}

ProgressLine::~ProgressLine() {
    if (m_isShown)
        std::fputc('\n', stderr);
}

void ProgressLine::show(const QString& text) {
    if (!m_isTerminal)
        return;
    m_isShown = true;
    std::fprintf(stderr, "\r%s %s\033[K", qUtf8Printable(m_title), qUtf8Printable(text));
    std::fflush(stderr);
}

} // namespace affinity::app
