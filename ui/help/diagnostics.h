// Diagnostics: what a maintainer needs to know about this program on this machine, as plain text without secrets.
#pragma once

#include <QString>
#include <QTimeZone>

#include <optional>

namespace affinity::ui {

class Settings;
class Workspace;

/// Where the facts come from; what is not there yet is said so.
struct DiagnosticSources {
    const Workspace* workspace = nullptr; ///< none before a store is open
    const Settings* settings = nullptr;
    std::optional<qint64> devices; ///< about how many the store has, when a screen knows
};

/// Version, build, system, screens, theme, language, store, settings, memory, and the last 200 messages. English in
/// every language: it is for whoever maintains the program. All of it went through base::maskSecrets(). GUI thread.
QString diagnosticsText(const DiagnosticSources& sources);

} // namespace affinity::ui
