// Words of the Devices screen: names of sources and reasons, and the snapshot of a device as plain text.
#pragma once

#include "engine/engine.h"
#include "ui/workspace/adjustmentnote.h"

#include <QString>
#include <QTimeZone>

namespace affinity::ui {

/// The device's nickname made safe to look at; "no nickname" when it is empty.
QString nicknameText(const rules::Binding& binding);

/// What people call a log row's source ("device_event" → "device"); an unknown source as it is.
QString sourceText(const QString& source);

/// A device as plain text for a ticket: who, value and level, today's use of caps, cooldowns, next decay, what
/// reconcile found (nothing: not checked). Times are in `zone`, numbers exactly as stored.
QString snapshotText(const service::DeviceDetail& detail, const std::optional<service::ReconcileReport>& report,
                     const QTimeZone& zone);

} // namespace affinity::ui
