// From a decision to rows: the rows a change writes, as values, the same for preview and commit.
#pragma once

#include "engine/rules/decide.h"
#include "engine/rules/localday.h"
#include "engine/service/requests.h"
#include "engine/store/store.h"

namespace affinity::service {

/// One thing to decide, whatever it came from. The pipeline below apply and adminAdjust knows only this.
struct Action {
    rules::Request request;
    base::UserId userId;
    base::DeviceId deviceId;
    QString ruleKey;
    QString source;
    QString eventId;
    base::Json metadata = base::Json::object();
    std::optional<base::OperatorId> operatorId;
    QString reason;
    rules::LogNote note; ///< operation id, reason code, ticket, reversed row
};

Action actionOf(const ApplyRequest& request);

/// On a bare store (no console tables) operation id and reason code go into the row's metadata.
Action actionOf(const AdjustRequest& request, bool isPrepared);

/// What was read to decide an action, all in one transaction and under its locks.
struct Situation {
    qint64 nowUs = 0;
    rules::Setting setting;
    std::vector<rules::Level> levels;
    std::optional<rules::Rule> rule;       ///< live rule of the action's key
    std::optional<rules::Binding> binding; ///< active, and of the asking user; else nothing
    rules::LocalDay day;                   ///< of nowUs in the setting's zone
    store::FenceFacts fence;
};

/// The rows an applied decision writes. Only for Outcome::Applied.
store::WritePlan writePlan(const Action& action, const Situation& situation, const rules::Decision& decision);

} // namespace affinity::service
