// RowWriter: whole rows, ids included, into a new SQLite store; what the copy and the bulk writer write with.
#pragma once

#include "engine/store/queries.h"
#include "engine/store/sqlconnection.h"

#include "engine/rules/ruleset.h"

namespace affinity::store {

/// Writes rows until one fails; then the rest is passed over and the error kept. Begins no transaction.
class RowWriter {
public:
    explicit RowWriter(SqlConnection& connection) : m_connection(connection) {}

    void addRuleSet(const rules::RuleSet& ruleSet);
    /// Their joining, which records do not keep, becomes `nowUs`.
    void addOperators(const std::vector<OperatorRecord>& operators, qint64 nowUs);
    void add(const rules::User& user);
    void add(const rules::Binding& binding);
    void add(const rules::LogRow& log);
    /// Passed over on a store without the console's tables.
    void add(const rules::LogNote& note);
    void add(const rules::DailyCounter& counter);
    void add(const rules::Grant& grant);
    void run(Statement statement, const QVariantList& values = {});

    qint64 rows() const { return m_rows; } ///< written so far
    const base::Result<void>& outcome() const { return m_outcome; }

private:
    SqlConnection& m_connection;
    qint64 m_rows = 0;
    base::Result<void> m_outcome;
};

} // namespace affinity::store
