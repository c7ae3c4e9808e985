// World: a filled store of one kind with a service on it, a clock that stands, and draws and faults by choice.
#pragma once

#include "engine/service/adjustments.h"
#include "tests/contract/contractstore.h"
#include "tests/support/faultycounters.h"
#include "tests/support/faultystore.h"

namespace affinity::test {

/// Draws the number it was told, else the largest.
class ChosenDraw final : public rules::Draw {
public:
    std::optional<int> number;
    int uniform(int, int maximum) override { return number.value_or(maximum); }
};

/// Adds the kinds of stores the service is tested on: memory, an embedded SQLite file, a bare Django one.
void addServiceBackends();

/// Ids as contractstore's fill() makes them.
inline constexpr base::UserId alice{1};
inline constexpr base::UserId bob{2};
inline constexpr base::UserId carol{3};
inline constexpr base::DeviceId momo{1};              ///< alice's, value 10, level 1
inline constexpr base::DeviceId kiki{2};              ///< alice's, value 48, level 1
inline constexpr base::DeviceId white{3};             ///< bob's, value 500, level 3
inline constexpr base::DeviceId kixki{4};             ///< bob's, value 200, level 3
inline constexpr base::DeviceId old{5};               ///< carol's, unbound
inline constexpr base::DeviceId fifty{6};             ///< carol's, value 3, never active
inline const QString chat = QStringLiteral("chat");   ///< 2 points, cooldown 60 s, 40 a day
inline const QString gift = QStringLiteral("gift");   ///< 10 points, no cooldown, 40 a day
inline const QString decay = QStringLiteral("decay"); ///< −5 points

class World {
public:
    explicit World(Backend backend = currentBackend(), const ContractStore::Filling& filling = fill);

    /// An event of alice's first device unless said otherwise, whose draw is `change`.
    service::ApplyRequest event(const QString& ruleKey, const QString& eventId = {}) const;
    service::ApplyResult apply(const QString& ruleKey, std::optional<int> change = {}, const QString& eventId = {});
    service::ApplyResult apply(const service::ApplyRequest& request, std::optional<int> change = {});
    /// The same event on a second service whose counters know nothing: another process.
    service::ApplyResult applyElsewhere(const service::ApplyRequest& request, std::optional<int> change = {});

    service::AdjustRequest adjustment(base::DeviceId device, qint64 delta) const;

    void setNow(qint64 timeUs) { rows.clock().setNowUs(timeUs); }
    void pass(qint64 us) { rows.clock().setNowUs(rows.clock().nowUs() + us); }
    qint64 now() { return rows.clock().nowUs(); }

    rules::Binding binding(base::DeviceId id = momo);
    int value(base::DeviceId id = momo) { return binding(id).favorability; }
    /// All log rows, oldest first.
    std::vector<store::LogEntry> log();
    /// Tables and counters as text: equal before and after a call that must change nothing.
    QByteArray state();
    void editSetting(const store::SettingEdit& edit);
    void editRule(const QString& key, const store::RuleEdit& edit);

    /// Options whose pauses take no time: the pace's clock is the store's and what was waited.
    service::ServiceOptions options();
    /// How long the services of this world have waited.
    qint64 waitedUs() const { return *m_waitedUs; }
    /// Runs each time that a service waits: what changes meanwhile.
    std::function<void()> whileWaiting;

private:
    std::shared_ptr<qint64> m_waitedUs = std::make_shared<qint64>(0);

public:
    ContractStore rows;
    std::unique_ptr<store::Store> inner;
    FaultyStore store;
    FaultyCounters counters;
    ChosenDraw draw;
    service::AffinityService service;
    /// A second handle for what another console does meanwhile.
    std::unique_ptr<store::Store> elsewhere;
};

/// Somebody signed in, by the ids of fill().
access::Session designer();
access::Session support();
access::Session viewer();

/// Fails the test unless the result has that outcome; shows its error.
#define HAS_OUTCOME(result, outcomeName)                                                                               \
    do {                                                                                                               \
        const affinity::service::ApplyResult checkedResult = (result);                                                 \
        QVERIFY2(checkedResult.outcome == affinity::rules::Outcome::outcomeName,                                       \
                 affinity::base::pythonJson(affinity::service::toJsonWithTrace(checkedResult)).constData());           \
    } while (false)

} // namespace affinity::test
