// Why, in words: turns an explanation of the engine into one sentence that names the cause and the steps below it.
#pragma once

#include "engine/engine.h"
#include "ui/shared/whypanel.h"

#include <QTimeZone>

namespace affinity::ui {

/// What was asked of Engine::explainMoment.
struct MomentAsked {
    base::DeviceId deviceId;
    QString ruleKey;
    QString eventId; ///< empty: any event
    qint64 atUs = 0;

    friend bool operator==(const MomentAsked&, const MomentAsked&) = default;
};

/// Explains a log row (`explanation.entry` is set). What the store does not keep is said so, never guessed. Pure; times
/// are in `zone`.
Why whyOfRow(const service::Explanation& explanation, const QTimeZone& zone);

/// Explains what an event would have met. Pure; times are in `zone`.
Why whyOfMoment(const service::Explanation& explanation, const MomentAsked& asked, const QTimeZone& zone);

/// The cause of a cut in a few words, for the outcome column: "by the rule's daily cap"; empty for Cut::None.
QString cutCauseText(rules::Cut cut);

} // namespace affinity::ui
