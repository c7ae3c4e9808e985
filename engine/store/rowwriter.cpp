#include "engine/store/rowwriter.h"

#include "engine/store/sqlrows.h"

namespace affinity::store {

using base::Result;

void RowWriter::run(Statement statement, const QVariantList& values) {
    if (!m_outcome)
        return;
    const Result<qint64> done = m_connection.run(statement, values);
    if (!done)
        m_outcome = done.error();
    ++m_rows;
}

void RowWriter::addRuleSet(const rules::RuleSet& ruleSet) {
    run(Statement::CopySetting, settingValues(ruleSet.setting, ruleSet.setting.updatedAtUs));
    for (const rules::Rule& rule : ruleSet.rules)
        run(Statement::CopyRule,
            {rule.id.value, textValue(rule.key), textValue(rule.name), rule.minChange, rule.maxChange, rule.singleCap,
             rule.dailyCap, rule.cooldownSeconds, flagValue(rule.isEnabled), flagValue(rule.isDeleted),
             timeValue(rule.updatedAtUs), timeValue(rule.updatedAtUs)});
    for (const rules::Level& level : ruleSet.levels)
        run(Statement::CopyLevel, {level.level, level.minValue, textValue(level.name), jsonValue(level.rewards)});
}

void RowWriter::addOperators(const std::vector<OperatorRecord>& operators, qint64 nowUs) {
    const bool hasGroups = m_connection.shape().hasDesignerGroups;
    if (hasGroups)
        run(Statement::CopyDesignerGroup);
    for (const OperatorRecord& record : operators) {
        const rules::Operator& person = record.person;
        run(Statement::CopyOperator,
            {person.id.value, textValue(record.passwordHash), flagValue(person.isSuperuser), textValue(person.username),
             flagValue(person.isStaff), flagValue(person.isActive), timeValue(nowUs)});
        if (hasGroups && person.isDesigner && !person.isSuperuser)
            run(Statement::CopyDesigner, {person.id.value});
    }
}

void RowWriter::add(const rules::User& user) {
    run(Statement::CopyUser, {user.id.value, textValue(user.username), textValue(user.nickname),
                              flagValue(user.isActive), timeValue(user.createdAtUs)});
}

void RowWriter::add(const rules::Binding& binding) {
    run(Statement::CopyBinding,
        {binding.id.value, binding.userId.value, textValue(binding.serial), textValue(binding.nickname),
         binding.favorability, binding.affinityLevel, timeValue(binding.lastActiveAtUs), timeValue(binding.boundAtUs),
         timeValue(binding.unboundAtUs)});
}

void RowWriter::add(const rules::LogRow& log) {
    run(Statement::CopyLog,
        {log.id.value, textValue(log.ruleKey), log.changeValue, log.beforeValue, log.afterValue, textValue(log.source),
         textOrNull(log.eventId), textValue(log.reason), jsonValue(log.metadata), timeValue(log.createdAtUs),
         log.deviceId.value, idOrNull(log.operatorId), idOrNull(log.ruleId), log.userId.value});
}

void RowWriter::add(const rules::LogNote& note) {
    if (m_connection.shape().isPrepared)
        run(Statement::InsertNote,
            {note.logId.value, textValue(note.operationId), textValue(note.reasonCode), textValue(note.ticket),
             numberOrNull(note.drawnChange), idOrNull(note.reversesLogId)});
}

void RowWriter::add(const rules::DailyCounter& counter) {
    run(Statement::CopyCounter, {counter.id, dateValue(counter.date), counter.accumulatedChange, counter.triggerCount,
                                 counter.deviceId.value, counter.ruleId.value});
}

void RowWriter::add(const rules::Grant& grant) {
    run(Statement::CopyGrant,
        {grant.id, grant.level, jsonValue(grant.rewards), timeValue(grant.grantedAtUs), grant.deviceId.value});
}

} // namespace affinity::store
