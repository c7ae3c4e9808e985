#include "ui/shell/connectionstate.h"

#include "ui/shared/formatting.h"

#include <QCoreApplication>

namespace affinity::ui {
namespace {
struct ConnectionStateWords {
    Q_DECLARE_TR_FUNCTIONS(ConnectionState)
};
} // namespace

QString lockText(const ConnectionState& state) {
    switch (state.lock) {
    case LockState::ReadOnly:
        return ConnectionStateWords::tr("Read-only");
    case LockState::Unlocked:
        return ConnectionStateWords::tr("Writing, %1 left").arg(countdownText(state.unlockedSeconds));
    case LockState::ReadWrite:
        return ConnectionStateWords::tr("Read and write");
    case LockState::WriteForbidden:
        return ConnectionStateWords::tr("Read-only for your role");
    }
    return {};
}

Icon lockIcon(const ConnectionState& state) {
    switch (state.lock) {
    case LockState::Unlocked:
        return Icon::Unlock;
    case LockState::ReadWrite:
        return Icon::Edit;
    default:
        return Icon::Lock;
    }
}

QString linkText(const ConnectionState& state) {
    if (!state.linkText.isEmpty())
        return state.linkText;
    switch (state.link) {
    case LinkState::Connected:
        return ConnectionStateWords::tr("Connected");
    case LinkState::Connecting:
        return ConnectionStateWords::tr("Connecting…");
    case LinkState::Lost:
        return ConnectionStateWords::tr("Link lost");
    }
    return {};
}

} // namespace affinity::ui
