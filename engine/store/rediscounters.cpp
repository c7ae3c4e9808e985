#include "engine/store/rediscounters.h"

#include "engine/redis/replyerror.h"
#include "engine/store/counterscripts.h"
#include "engine/store/pickledinteger.h"

#include <QUuid>

#include <algorithm>

namespace affinity::store {

using base::Error;
using base::ErrorKind;
using base::Result;
using redis::Command;
using redis::Effect;
using redis::Reply;
using redis::ReplyKind;

namespace {

constexpr qint64 daySumMs = daySumSeconds * 1000;
constexpr qint64 rebuildMs = 3'600'000; ///< longer than any rebuild: 100,000 devices take half a minute
constexpr int scanCount = 1000;         ///< about so many names a step: a few hundred microseconds of the server's time

/// A key on the wire and in an error's text.
struct Key {
    QByteArray bytes;
    QString shown;
};

Key keyOf(const QString& name) {
    const QByteArray bytes = name.toUtf8();
    return {bytes, escapedBytes(bytes, 200)};
}

QByteArray number(qint64 value) {
    return QByteArray::number(value);
}

/// Milliseconds for PX; a life that is shorter than one is over.
QByteArray lifeMs(qint64 leftUs) {
    return number(std::max<qint64>(leftUs, 0) / 1000);
}

Error unexpected(const QString& command) {
    return {ErrorKind::Internal,
            QStringLiteral("Redis gave an answer to %1 that it does not give. Is this address a Redis server?")
                .arg(command)};
}

Error garbage(const QString& key, const QByteArray& bytes) {
    return {
        ErrorKind::Damaged,
        QStringLiteral("The counter %1 in Redis holds \"%2\", which is no whole number; a Django service fails on it "
                       "too. Find out what wrote it, then delete the key: the log still has the sum.")
            .arg(key, escapedBytes(bytes))};
}

Result<qint64> integerOf(const Reply& reply, const QString& command) {
    if (reply.isError())
        return redis::explained(reply, command);
    if (reply.kind != ReplyKind::Integer)
        return unexpected(command);
    return reply.integer;
}

/// A day's sum; absent is 0.
Result<qint64> sumOf(const Reply& reply, const Key& key) {
    if (reply.isNil())
        return qint64{0};
    const QString command = QStringLiteral("GET ") + key.shown;
    if (reply.isError())
        return redis::explained(reply, command);
    if (reply.kind != ReplyKind::Text)
        return unexpected(command);
    const auto sum = storedInteger(reply.text);
    if (!sum)
        return garbage(key.shown, reply.text);
    return *sum;
}

/// What a counter's GET and PTTL say of it.
Result<void> fillState(const Reply& value, const Reply& life, CounterState& state) {
    const auto leftMs = integerOf(life, QStringLiteral("PTTL ") + state.key);
    if (!leftMs)
        return leftMs.error();
    state.isSet = *leftMs != -2;
    if (!state.isSet)
        return {};
    if (*leftMs != -1)
        state.leftUs = *leftMs * 1000;
    if (value.kind == ReplyKind::Text) {
        state.value = escapedBytes(value.text);
        if (state.kind != CounterKind::Cooldown)
            state.number = storedInteger(value.text);
    } else if (redis::errorCode(value) == redis::ReplyErrorCode::WrongType) {
        state.value = QStringLiteral("(not a string)");
    } else if (value.isNil()) {
        state.isSet = false; // it expired between the two answers
    } else {
        return redis::explained(value, QStringLiteral("GET ") + state.key);
    }
    return {};
}

/// SCAN's pattern for every name that begins with `start`.
QByteArray patternOf(const QString& start) {
    QByteArray pattern;
    for (const char character : start.toUtf8()) {
        if (QByteArrayView("*?[]\\").contains(character))
            pattern += '\\';
        pattern += character;
    }
    return pattern + '*';
}

} // namespace

RedisCounters::RedisCounters(const redis::Target& target, RedisCountersOptions options,
                             redis::ConnectionOptions connectionOptions)
    : m_options(std::move(options)), m_keys(m_options.names), m_connection(target, std::move(connectionOptions)) {
}

Result<CounterFacts> RedisCounters::read(const CounterQuery& query) {
    const Key cooldown = keyOf(m_keys.cooldown(query.deviceId, query.ruleKey));
    const Key ruleDay = keyOf(m_keys.day(query.deviceId, query.ruleKey, query.date));
    const Key globalDay = keyOf(m_keys.globalDay(query.deviceId, query.date));
    const Key epoch = keyOf(m_keys.epoch());
    std::vector<Command> commands{
        {"EXISTS", epoch.bytes}, {"PTTL", cooldown.bytes}, {"GET", ruleDay.bytes}, {"GET", globalDay.bytes}};
    if (!query.eventId.isEmpty())
        commands.push_back({"EXISTS", m_keys.event(query.eventId).toUtf8()});
    const auto replies = m_connection.pipeline(commands, Effect::None, deadline());
    if (!replies)
        return replies.error();

    const auto hasEpoch = integerOf((*replies)[0], QStringLiteral("EXISTS ") + epoch.shown);
    if (!hasEpoch)
        return hasEpoch.error();
    const auto leftMs = integerOf((*replies)[1], QStringLiteral("PTTL ") + cooldown.shown);
    if (!leftMs)
        return leftMs.error();
    const auto ruleDaySum = sumOf((*replies)[2], ruleDay);
    if (!ruleDaySum)
        return ruleDaySum.error();
    const auto globalDaySum = sumOf((*replies)[3], globalDay);
    if (!globalDaySum)
        return globalDaySum.error();

    CounterFacts facts;
    facts.trust = *hasEpoch != 0 ? CounterTrust::Whole : CounterTrust::Lost;
    constexpr qint64 absent = -2; // PTTL's answers below 0
    constexpr qint64 endless = -1;
    facts.isCooldownRunning = *leftMs != absent;
    if (facts.isCooldownRunning && *leftMs != endless)
        facts.cooldownLeftUs = std::max<qint64>(*leftMs * 1000, 1); // less than a millisecond is still some
    facts.ruleDaySum = *ruleDaySum;
    facts.globalDaySum = *globalDaySum;
    if (!query.eventId.isEmpty()) {
        const auto isSeen = integerOf((*replies)[4], QStringLiteral("EXISTS of the event's key"));
        if (!isSeen)
            return isSeen.error();
        facts.isEventSeen = *isSeen != 0;
    }
    return facts;
}

/// Runs a script that changes sums. Where it stops at a number that is not plain, that one is made plain first.
Result<void> RedisCounters::evalOnSums(const redis::Script& script, const std::vector<QByteArray>& keys,
                                       const std::vector<QByteArray>& arguments) {
    const redis::Deadline until = deadline();
    for (size_t repairs = 0; repairs <= keys.size(); ++repairs) {
        const auto reply = m_connection.eval(script, keys, arguments, Effect::Repeatable, until);
        if (!reply)
            return reply.error();
        const std::vector<Reply>& answer = reply->items;
        if (answer.size() == 1)
            return {};
        if (answer.size() != 3 || answer[1].integer < 1 || answer[1].integer > static_cast<qint64>(keys.size()))
            return unexpected(QStringLiteral("EVALSHA"));
        const QByteArray& key = keys[static_cast<size_t>(answer[1].integer - 1)];
        const QString shown = escapedBytes(key, 200);
        if (answer[0].text == "error")
            return redis::explained({.kind = ReplyKind::Error, .text = answer[2].text}, QStringLiteral("GET ") + shown);
        const auto sum = storedInteger(answer[2].text);
        if (!sum)
            return garbage(shown, answer[2].text);
        const auto isPlain = m_connection.eval(
            plainNumberScript(), {key}, {answer[2].text, number(*sum), number(daySumMs)}, Effect::Repeatable, until);
        if (!isPlain)
            return isPlain.error();
    }
    return Error{ErrorKind::Busy, QStringLiteral("Another program keeps writing the counters of this device in a form "
                                                 "that cannot be added to. Nothing was counted; try again.")};
}

Result<void> RedisCounters::confirm(const CounterConfirm& confirm) {
    if (isTooLate(confirm))
        return {};
    const bool hasCooldown = confirm.cooldownSeconds > 0;
    const bool hasEvent = !confirm.eventId.isEmpty();
    return evalOnSums(
        confirmScript(),
        {m_keys.confirmed(confirm.logId).toUtf8(), m_keys.cooldown(confirm.deviceId, confirm.ruleKey).toUtf8(),
         m_keys.event(confirm.eventId).toUtf8(), m_keys.day(confirm.deviceId, confirm.ruleKey, confirm.date).toUtf8(),
         m_keys.globalDay(confirm.deviceId, confirm.date).toUtf8()},
        {number(daySumMs), lifeMs(hasCooldown ? cooldownLeftUs(confirm) : 0),
         lifeMs(hasEvent ? eventLeftUs(confirm) : 0), number(confirm.ruleDayAdd), number(confirm.globalDayAdd),
         number(daySumMs)});
}

Result<std::vector<CounterEntry>> RedisCounters::entries() {
    const redis::Deadline until = redis::within(m_options.listMs, m_options.cancelled);
    const QByteArray pattern = patternOf(m_keys.start());
    std::vector<CounterEntry> entries;
    QByteArray cursor = "0";
    do {
        const auto step =
            m_connection.command({"SCAN", cursor, "MATCH", pattern, "COUNT", number(scanCount)}, Effect::None, until);
        if (!step)
            return step.error();
        if (step->items.size() != 2)
            return unexpected(QStringLiteral("SCAN"));
        cursor = step->items[0].text;
        if (const auto added = addEntries(step->items[1].items, until, entries); !added)
            return added.error();
    } while (cursor != "0");
    std::sort(entries.begin(), entries.end(),
              [](const CounterEntry& one, const CounterEntry& other) { return one.key < other.key; });
    const auto isSameKey = [](const CounterEntry& one, const CounterEntry& other) { return one.key == other.key; };
    entries.erase(std::unique(entries.begin(), entries.end(), isSameKey), entries.end()); // SCAN may name one twice
    return entries;
}

Result<void> RedisCounters::addEntries(const std::vector<Reply>& keys, const redis::Deadline& until,
                                       std::vector<CounterEntry>& entries) {
    std::vector<QString> names;
    std::vector<Command> commands;
    for (const Reply& key : keys) {
        const QString name = QString::fromUtf8(key.text);
        if (!m_keys.isProductions(name))
            continue;
        names.push_back(name);
        commands.push_back({"GET", key.text});
        commands.push_back({"PTTL", key.text});
    }
    const auto replies = m_connection.pipeline(commands, Effect::None, until);
    if (!replies)
        return replies.error();
    for (size_t i = 0; i < names.size(); ++i) {
        const Reply& value = (*replies)[2 * i];
        const auto leftMs = integerOf((*replies)[2 * i + 1], QStringLiteral("PTTL ") + names[i]);
        if (!leftMs)
            return leftMs.error();
        if (*leftMs == -2)
            continue; // it has expired since SCAN named it
        const bool isText = value.kind == ReplyKind::Text;
        if (!isText && redis::errorCode(value) != redis::ReplyErrorCode::WrongType && !value.isNil())
            return redis::explained(value, QStringLiteral("GET ") + names[i]);
        entries.push_back({names[i],
                           isText ? escapedBytes(value.text, value.text.size()) : QStringLiteral("(not a string)"),
                           *leftMs < 0 ? -1 : (*leftMs + 500) / 1000});
    }
    return {};
}

Result<CounterRebuild> RedisCounters::beginRebuild() {
    const CounterRebuild rebuild{QUuid::createUuid().toString(QUuid::WithoutBraces)};
    const auto isSet =
        m_connection.command({"SET", m_keys.rebuild(rebuild.id).toUtf8(), rebuild.id.toUtf8(), "PX", number(rebuildMs)},
                             Effect::Repeatable, deadline());
    if (!isSet)
        return isSet.error();
    return rebuild;
}

RedisCounters::RaiseCall RedisCounters::raiseCall(const CounterRaise& raise) const {
    std::vector<QByteArray> keys;
    std::vector<QByteArray> numbers;
    const auto addSum = [&](const QString& key, qint64 sum) {
        if (sum > 0) { // absent is 0 already
            keys.push_back(key.toUtf8());
            numbers.push_back(number(std::min(sum, mostDaySum)));
        }
    };
    for (const RuleDaySum& sum : raise.ruleSums)
        addSum(m_keys.day(raise.deviceId, sum.ruleKey, raise.date), sum.sum);
    addSum(m_keys.globalDay(raise.deviceId, raise.date), raise.globalDaySum);
    const size_t sums = keys.size();
    for (const CounterLife& life : raise.cooldowns) {
        keys.push_back(m_keys.cooldown(raise.deviceId, life.name).toUtf8());
        numbers.push_back(lifeMs(life.leftUs));
    }
    for (const CounterLife& life : raise.events) {
        keys.push_back(m_keys.event(life.name).toUtf8());
        numbers.push_back(lifeMs(life.leftUs));
    }
    std::vector<QByteArray> arguments{number(daySumMs), number(static_cast<qint64>(sums)),
                                      number(static_cast<qint64>(keys.size() - sums))};
    arguments.insert(arguments.end(), numbers.begin(), numbers.end());
    for (const base::LogId id : raise.logIds)
        keys.push_back(m_keys.confirmed(id).toUtf8());
    return {std::move(keys), std::move(arguments)};
}

Result<void> RedisCounters::raiseTo(const CounterRaise& raise) {
    const RaiseCall call = raiseCall(raise);
    if (call.keys.empty())
        return {};
    return evalOnSums(raiseScript(), call.keys, call.arguments);
}

std::vector<Result<void>> RedisCounters::raiseAll(std::span<const CounterRaise> raises) {
    std::vector<Command> commands;
    std::vector<size_t> places;
    for (size_t i = 0; i < raises.size(); ++i) {
        const RaiseCall call = raiseCall(raises[i]);
        if (call.keys.empty())
            continue;
        commands.push_back(redis::evalShaCommand(raiseScript(), call.keys, call.arguments));
        places.push_back(i);
    }
    std::vector<Result<void>> answers(raises.size());
    const auto replies = m_connection.pipeline(commands, Effect::Repeatable, deadline());
    for (size_t i = 0; i < places.size(); ++i) {
        if (!replies)
            answers[places[i]] = replies.error();
        else if ((*replies)[i].items.size() != 1) // NOSCRIPT, or a number that is not plain: on its own
            answers[places[i]] = raiseTo(raises[places[i]]);
    }
    return answers;
}

Result<std::vector<CounterState>> RedisCounters::deviceCounters(base::DeviceId id, const QStringList& ruleKeys,
                                                                QDate date) {
    std::vector<CounterState> states;
    for (const QString& ruleKey : ruleKeys) {
        states.push_back({CounterKind::Cooldown, ruleKey, m_keys.cooldown(id, ruleKey), false, {}, {}, {}});
        states.push_back({CounterKind::RuleDay, ruleKey, m_keys.day(id, ruleKey, date), false, {}, {}, {}});
    }
    states.push_back({CounterKind::GlobalDay, {}, m_keys.globalDay(id, date), false, {}, {}, {}});
    std::vector<Command> commands;
    for (const CounterState& state : states) {
        commands.push_back({"GET", state.key.toUtf8()});
        commands.push_back({"PTTL", state.key.toUtf8()});
    }
    const auto replies = m_connection.pipeline(commands, Effect::None, deadline());
    if (!replies)
        return replies.error();
    for (size_t i = 0; i < states.size(); ++i) {
        if (const auto filled = fillState((*replies)[2 * i], (*replies)[2 * i + 1], states[i]); !filled)
            return filled.error();
    }
    return states;
}

Result<bool> RedisCounters::endRebuild(const CounterRebuild& rebuild) {
    const redis::Deadline until = deadline();
    const Command info{"INFO", "server"};
    const auto shown = m_connection.pipeline({&info, 1}, Effect::None, until);
    if (!shown)
        return shown.error();
    QByteArray runId = infoField(shown->front().text, "run_id").toUtf8();
    if (shown->front().isError() || runId.isEmpty())
        runId = "not shown"; // the user may not ask; a restart without loss then goes unnoticed
    const auto isSet =
        m_connection.eval(endRebuildScript(), {m_keys.rebuild(rebuild.id).toUtf8(), m_keys.epoch().toUtf8()},
                          {rebuild.id.toUtf8(), runId}, Effect::Repeatable, until);
    if (!isSet)
        return isSet.error();
    return isSet->integer == 1;
}

Result<CounterServer> RedisCounters::checkServer(const std::function<Result<qint64>()>& storeNowUs) {
    const redis::Deadline until = deadline();
    if (const auto opened = m_connection.open(until); !opened)
        return opened.error();
    const std::vector<Command> questions{
        {"INFO", "server"}, {"INFO", "memory"}, {"INFO", "replication"}, {"GET", m_keys.epoch().toUtf8()}};
    const auto replies = m_connection.pipeline(questions, Effect::None, until);
    if (!replies)
        return replies.error();
    QByteArray info;
    for (size_t i = 0; i < 3; ++i)
        if (!(*replies)[i].isError())
            info += (*replies)[i].text + '\n';
    const Reply& epoch = (*replies)[3];
    CounterServer server = counterServerFrom(info, epoch.isError() ? QByteArray() : epoch.text);
    for (size_t i = 0; i < questions.size(); ++i)
        if ((*replies)[i].isError())
            addNotShown(server, redis::explained((*replies)[i], QString::fromUtf8(questions[i].front())));

    if (const auto measured = measureSkew(server, storeNowUs, until); !measured)
        return measured.error();
    return server;
}

Result<void> RedisCounters::measureSkew(CounterServer& server, const std::function<Result<qint64>()>& storeNowUs,
                                        const redis::Deadline& until) {
    const auto beforeUs = storeNowUs();
    if (!beforeUs)
        return beforeUs.error();
    const Command time{"TIME"};
    const auto answer = m_connection.pipeline({&time, 1}, Effect::None, until);
    if (!answer)
        return answer.error();
    const auto afterUs = storeNowUs();
    if (!afterUs)
        return afterUs.error();
    const Reply& now = answer->front();
    if (now.isError())
        addNotShown(server, redis::explained(now, QStringLiteral("TIME")));
    else if (now.items.size() != 2)
        return unexpected(QStringLiteral("TIME"));
    else
        addSkew(server, now.items[0].text.toLongLong() * 1'000'000 + now.items[1].text.toLongLong(), *beforeUs,
                *afterUs);
    return {};
}

} // namespace affinity::store
