#include "engine/base/result.h"

namespace affinity::base {

QString name(ErrorKind kind) {
    switch (kind) {
    case ErrorKind::InvalidInput:
        return QStringLiteral("invalid_input");
    case ErrorKind::NotFound:
        return QStringLiteral("not_found");
    case ErrorKind::Refused:
        return QStringLiteral("refused");
    case ErrorKind::ReadOnly:
        return QStringLiteral("read_only");
    case ErrorKind::Busy:
        return QStringLiteral("busy");
    case ErrorKind::CannotConnect:
        return QStringLiteral("cannot_connect");
    case ErrorKind::Damaged:
        return QStringLiteral("damaged");
    case ErrorKind::StorageFull:
        return QStringLiteral("storage_full");
    case ErrorKind::CommitUnknown:
        return QStringLiteral("commit_unknown");
    case ErrorKind::Cancelled:
        return QStringLiteral("cancelled");
    case ErrorKind::Conflict:
        return QStringLiteral("conflict");
    case ErrorKind::Internal:
        return QStringLiteral("internal");
    }
    Q_UNREACHABLE();
}

} // namespace affinity::base
