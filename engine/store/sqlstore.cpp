#include "engine/store/sqlstore.h"

#include "engine/store/devicepages.h"
#include "engine/store/devicestatement.h"
#include "engine/store/edits.h"
#include "engine/store/logstatement.h"
#include "engine/store/rights.h"
#include "engine/store/schema.h"
#include "engine/store/sqloutbox.h"
#include "engine/store/sqlrows.h"
#include "engine/store/sqlsnapshot.h"
#include "engine/store/sqltransaction.h"

#include <QFileInfo>

#include <algorithm>

namespace affinity::store {

using base::Error;
using base::ErrorKind;
using base::Result;

SqlStore::SqlStore(std::shared_ptr<SqlConnection> connection, const base::Clock* clock, bool isEmbedded)
    : m_connection(std::move(connection)),
      m_clock(clock),
      m_isEmbedded(isEmbedded),
      m_isTransactionOpen(std::make_shared<bool>(false)) {
    if (m_connection->shape().hasOutbox)
        m_outbox = std::make_unique<SqlOutbox>(m_connection, m_isTransactionOpen);
}

SqlStore::~SqlStore() = default;

Result<std::unique_ptr<SqlStore>> SqlStore::over(std::unique_ptr<SqlConnection> connection, const base::Clock* clock) {
    const Result<SchemaFacts> facts = inspectSchema(*connection);
    if (!facts)
        return facts.error();
    SchemaShape shape = facts->shape;
    if (const Result<void> done = readRights(*connection, shape); !done)
        return done.error();
    connection->setShape(shape);
    return std::unique_ptr<SqlStore>(new SqlStore(std::move(connection), clock, facts->isEmbedded));
}

StoreInfo SqlStore::info() const {
    StoreInfo info;
    const Dialect dialect = m_connection->shape().dialect;
    info.name = dialect == Dialect::Sqlite ? QFileInfo(m_connection->name()).fileName() : m_connection->name();
    info.kind = store::name(dialect);
    info.isReadOnly = m_connection->access() == Access::Read || !m_connection->shape().mayWrite;
    info.isPrepared = m_connection->shape().isPrepared;
    info.hasOutbox = m_connection->shape().hasOutbox;
    info.mayRelay = info.hasOutbox && !info.isReadOnly && m_connection->shape().mayRelay;
    info.isEmbedded = m_isEmbedded;
    info.hasDecay = m_connection->shape().hasDecay;
    info.missingFeatures = m_connection->shape().missing;
    return info;
}

Result<void> SqlStore::checkWritable() const {
    if (m_connection->access() == Access::Read)
        return readOnlyStore(m_connection->name());
    return m_connection->shape().mayWrite ? Result<void>() : Result<void>(roleMayOnlyRead(m_connection->name()));
}

Result<std::unique_ptr<Transaction>> SqlStore::begin(Access access) {
    if (access == Access::Write) {
        if (const Result<void> done = checkWritable(); !done)
            return done.error();
    }
    if (*m_isTransactionOpen)
        return transactionIsOpen();
    if (const Result<void> begun = m_connection->begin(access); !begun)
        return begun.error();
    *m_isTransactionOpen = true;
    return std::unique_ptr<Transaction>(
        std::make_unique<SqlTransaction>(m_connection, m_clock, access, m_isEmbedded, m_isTransactionOpen));
}

Result<qint64> SqlStore::nowUs() {
    return m_clock ? Result<qint64>(m_clock->nowUs()) : serverNowUs(*m_connection);
}

Result<rules::RuleSet> SqlStore::ruleSet() {
    const Snapshot snapshot(*this);
    return snapshot.begun() ? readRuleSet() : Result<rules::RuleSet>(snapshot.begun().error());
}

Result<rules::RuleSet> SqlStore::readRuleSet() {
    auto setting = m_connection->selectOne(Statement::SelectSetting, {}, readSetting);
    if (!setting)
        return setting.error();
    if (!setting.value())
        return missingSetting(m_connection->name());
    auto rules = m_connection->select(Statement::SelectRules, {}, readRule);
    if (!rules)
        return rules.error();
    auto levels = m_connection->select(Statement::SelectLevels, {}, readLevel);
    if (!levels)
        return levels.error();
    return rules::RuleSet{*std::move(setting).value(), std::move(rules).value(), std::move(levels).value()};
}

Result<DevicePage> SqlStore::devices(const DeviceQuery& query) {
    const Snapshot snapshot(*this);
    return snapshot.begun() ? readDevices(query) : Result<DevicePage>(snapshot.begun().error());
}

Result<DevicePage> SqlStore::readDevices(const DeviceQuery& query) {
    std::vector<qint64> named;
    if (const QString text = query.text.trimmed(); !text.isEmpty()) {
        const auto number = idFromText(text);
        const QVariant id = number ? QVariant(*number) : QVariant();
        auto found = m_connection->select(Statement::SelectNamedDevices, {id, id, text, text, text}, readNumber);
        if (!found)
            return found.error();
        named = std::move(found).value();
    }
    const auto fetch = [&](const std::optional<DeviceCursor>& cursor, bool isReversed, int limit) {
        std::vector<DeviceRow> rows;
        for (const BoundStatement& statement :
             deviceStatements(query, named, cursor, isReversed, limit, m_connection->shape().dialect)) {
            auto part = m_connection->selectText(m_connection->textOf(statement.text), statement.values, readDeviceRow);
            if (!part)
                return Result<std::vector<DeviceRow>>(part.error());
            rows.insert(rows.end(), part->begin(), part->end());
            if (rows.size() >= static_cast<size_t>(limit))
                break;
        }
        rows.resize(std::min(rows.size(), static_cast<size_t>(limit)));
        return Result<std::vector<DeviceRow>>(std::move(rows));
    };
    return devicePage(query, fetch);
}

Result<std::optional<DeviceRow>> SqlStore::device(base::DeviceId id) {
    return m_connection->selectOne(Statement::SelectDevice, {id.value}, readDeviceRow);
}

Result<std::vector<rules::User>> SqlStore::usersNamed(const QString& text) {
    const auto number = idFromText(text);
    return m_connection->select(Statement::SelectNamedUsers, {number ? QVariant(*number) : QVariant(), textValue(text)},
                                readUser);
}

Result<LogPage> SqlStore::log(const LogQuery& query) {
    if (query.limit < 1 || query.limit > 10'000)
        return logLimitError(query.limit);
    const BoundStatement statement = logStatement(query, m_connection->shape());
    const auto read = m_connection->shape().isPrepared ? readLogEntry : readBareLogEntry;
    auto rows = m_connection->selectText(m_connection->textOf(statement.text), statement.values, read);
    if (!rows)
        return rows.error();
    LogPage page{std::move(rows).value(), false};
    page.hasMore = page.entries.size() > static_cast<size_t>(query.limit);
    if (page.hasMore)
        page.entries.pop_back();
    return page;
}

namespace {

QVariant listValue(const std::vector<QString>& texts) {
    base::Json list = base::Json::array();
    for (const QString& each : texts)
        list.push_back(each.toStdString());
    return QString::fromStdString(list.dump());
}

QVariant listValue(const std::vector<base::DeviceId>& ids) {
    base::Json list = base::Json::array();
    for (const base::DeviceId id : ids)
        list.push_back(id.value);
    return QString::fromStdString(list.dump());
}

} // namespace

Result<std::vector<std::vector<std::optional<int>>>> SqlStore::valuesAt(const std::vector<base::DeviceId>& ids,
                                                                        const std::vector<qint64>& timesUs) {
    std::vector<QString> times;
    for (const qint64 timeUs : timesUs)
        times.push_back(timeValue(timeUs).toString());
    const auto cells = m_connection->select(Statement::SelectValuesAt, {listValue(ids), listValue(times)},
                                            [](const SqlRow& row) -> std::optional<int> {
                                                if (row.value(0).isNull())
                                                    return std::nullopt;
                                                return row.value(0).toInt();
                                            });
    if (!cells)
        return cells.error();
    std::vector<std::vector<std::optional<int>>> values(ids.size());
    for (size_t cell = 0; cell < cells->size(); ++cell)
        values[cell / timesUs.size()].push_back((*cells)[cell]);
    return values;
}

Result<std::vector<rules::Grant>> SqlStore::grants(base::DeviceId id) {
    return m_connection->select(Statement::SelectGrants, {id.value}, readGrant);
}

Result<std::vector<rules::DailyCounter>> SqlStore::dailyCounters(base::DeviceId id, QDate from) {
    return m_connection->select(Statement::SelectCounters, {id.value, dateValue(from)}, readCounter);
}

Result<std::vector<rules::Binding>> SqlStore::bindingsAfter(base::DeviceId after, int limit, bool onlyActive) {
    const Statement statement = onlyActive ? Statement::SelectActiveBindingsAfter : Statement::SelectBindingsAfter;
    return m_connection->select(statement, {after.value, std::max(limit, 0)}, readBinding);
}

Result<bool> SqlStore::hasLogOfSource(base::DeviceId id, const QString& source, qint64 fromUs, qint64 toUs) {
    const auto found = m_connection->selectOne(
        Statement::SelectLogOfSource, {id.value, timeValue(fromUs), timeValue(toUs), textValue(source)}, readNumber);
    if (!found)
        return found.error();
    return found->has_value();
}

Result<std::optional<OperatorRecord>> SqlStore::operatorByName(const QString& username) {
    const auto statement =
        m_connection->shape().signsInByFunction ? Statement::SelectOperatorByFunction : Statement::SelectOperator;
    return m_connection->selectOne(statement, {textValue(username)}, readOperator);
}

Result<int> SqlStore::edit(Statement statement, const QVariantList& values,
                           const std::function<Result<void>()>& check) {
    if (const Result<void> done = checkWritable(); !done)
        return done.error();
    if (*m_isTransactionOpen)
        return transactionIsOpen();
    if (const Result<void> begun = m_connection->begin(Access::Write); !begun)
        return begun.error();
    const Result<void> checked = check ? check() : Result<void>();
    const Result<qint64> rows = checked ? m_connection->run(statement, values) : Result<qint64>(checked.error());
    if (!rows) {
        m_connection->rollBack();
        return rows.error();
    }
    if (const Result<void> done = m_connection->commit(); !done)
        return done.error();
    return static_cast<int>(*rows);
}

Result<int> SqlStore::editRule(const QString& key, const RuleEdit& edit, qint64 nowUs) {
    return this->edit(Statement::EditRule,
                      {numberOrNull(edit.minChange), numberOrNull(edit.maxChange), numberOrNull(edit.singleCap),
                       numberOrNull(edit.dailyCap), numberOrNull(edit.cooldownSeconds), flagOrNull(edit.isEnabled),
                       flagOrNull(edit.isDeleted), timeValue(nowUs), textValue(key)});
}

Result<int> SqlStore::editSetting(const SettingEdit& edit, qint64 nowUs) {
    const bool namesDecay = edit.isDecayEnabled || edit.decayIdleDays || edit.decayRuleKey;
    const bool hasDecay = m_connection->shape().hasDecay;
    if (namesDecay && !hasDecay)
        return Error{ErrorKind::Refused, QStringLiteral("%1 has no decay columns in its setting, so decay cannot be "
                                                        "set there. Migrate the service first.")
                                             .arg(m_connection->name())};
    QVariantList values{numberOrNull(edit.maxAffinity), numberOrNull(edit.globalDailyCap),
                        edit.timeZone ? QVariant(QString::fromUtf8(*edit.timeZone)) : QVariant(),
                        flagOrNull(edit.isNotifyEnabled), timeValue(nowUs)};
    if (hasDecay)
        values << flagOrNull(edit.isDecayEnabled) << numberOrNull(edit.decayIdleDays)
               << (edit.decayRuleKey ? textValue(*edit.decayRuleKey) : QVariant());
    return this->edit(Statement::EditSetting, values);
}

/// MariaDB has no unique keys with a condition: there nothing else keeps a serial from being bound twice.
Result<void> SqlStore::checkSerialIsFree(base::DeviceId id) {
    const auto others = m_connection->select(Statement::LockOthersOfSerial, {id.value}, readNumber);
    if (!others)
        return others.error();
    if (std::find(others->begin(), others->end(), 1) == others->end())
        return {};
    return Error{ErrorKind::Refused,
                 QStringLiteral("%1 refuses the row: the serial of binding %2 is bound already. Nothing was written.")
                     .arg(m_connection->name())
                     .arg(id.value)};
}

Result<int> SqlStore::setBound(base::DeviceId id, bool isBound, qint64 nowUs) {
    const bool isToCheck = isBound && m_connection->shape().dialect == Dialect::MariaDb;
    const std::function<Result<void>()> check = [&] { return isToCheck ? checkSerialIsFree(id) : Result<void>(); };
    return edit(Statement::SetUnbound, {isBound ? QVariant() : timeValue(nowUs), id.value}, check);
}

} // namespace affinity::store
