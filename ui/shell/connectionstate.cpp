#include "ui/shell/connectionstate.h"

#include "ui/shared/formatting.h"

#include <QCoreApplication>

namespace affinity::ui {
namespace {
struct Words {
    Q_DECLARE_TR_FUNCTIONS(ConnectionState)
};
} // namespace

QString lockText(const ConnectionState& state) {
    switch (state.lock) {
    case LockState::ReadOnly:
        return Words::tr("Read-only");
    case LockState::Unlocked:
        return Words::tr("Writing, %1 left").arg(countdownText(state.unlockedSeconds));
    case LockState::ReadWrite:
        return Words::tr("Read and write");
    case LockState::WriteForbidden:
        return Words::tr("Read-only for your role");
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
        return Words::tr("Connected");
    case LinkState::Connecting:
        return Words::tr("Connecting…");
    case LinkState::Lost:
        return Words::tr("Link lost");
    }
    return {};
}

} // namespace affinity::ui
