// What the window says about its store: environment, name, link, lock, operator, time zone.
#pragma once

#include "ui/shared/icons.h"
#include "ui/shared/tokens.h"

#include <QString>
#include <QTimeZone>

namespace affinity::ui {

enum class LinkState { Connected, Connecting, Lost };
enum class LockState {
    ReadOnly,       // writing is possible after unlocking
    Unlocked,       // writing for a limited time
    ReadWrite,      // always writable (demo, dev)
    WriteForbidden, // the role may not write: no way to unlock
};

/// Plain values; the shell shows them and reports clicks, the application decides.
struct ConnectionState {
    Environment environment = Environment::Demo;
    QString storeName; // "affinity-prod-sh"
    LinkState link = LinkState::Connecting;
    QString linkText;    // "Connected", "Disconnected 42 s"; empty: made from `link`
    QString latencyText; // "SQL 2 ms · Redis 0.4 ms"; left out first in narrow windows
    LockState lock = LockState::ReadOnly;
    qint64 unlockedSeconds = 0; // left, while Unlocked
    QString operatorName;
    QTimeZone zone = QTimeZone::utc();
    bool operator==(const ConnectionState&) const = default;
};

/// "Read-only", "Writing, 11:42 left", "Read and write".
QString lockText(const ConnectionState& state);
Icon lockIcon(const ConnectionState& state);

/// "Connected", "Connecting…", "Link lost", or the state's own words.
QString linkText(const ConnectionState& state);

} // namespace affinity::ui
