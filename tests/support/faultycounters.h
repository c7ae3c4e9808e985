// FaultyCounters: counters in memory whose reads or confirms can be made to fail or to be lost, and that count their
// calls.
#pragma once

#include "engine/store/memorycounters.h"

namespace affinity::test {

class FaultyCounters final : public store::Counters {
public:
    explicit FaultyCounters(const base::Clock& clock) : m_clock(clock), m_counters(std::in_place, clock) {}

    void failReads(bool isFailing) { m_isReadFailing = isFailing; }
    void failConfirms(bool isFailing) { m_isConfirmFailing = isFailing; }
    /// What a failing call says.
    void setFault(base::ErrorKind kind) { m_faultKind = kind; }
    /// A confirm that fails was carried out all the same: only its answer is lost.
    void loseAnswers(bool isLosing) { m_isAnswerLost = isLosing; }
    /// As after a restart without its data: all keys are gone, and reads say so until a rebuild ends.
    void lose() {
        m_counters.emplace(m_clock);
        m_trust = store::CounterTrust::Lost;
        ++m_losses;
    }
    int reads() const { return m_reads; }
    int confirms() const { return m_confirms; }
    int raises() const { return m_raises; }
    const std::vector<qint64>& confirmedAgesUs() const { return m_agesUs; }

    base::Result<store::CounterFacts> read(const store::CounterQuery& query) override {
        ++m_reads;
        if (m_isReadFailing)
            return fault();
        auto facts = m_counters->read(query);
        if (facts)
            facts->trust = m_trust;
        return facts;
    }
    base::Result<void> confirm(const store::CounterConfirm& confirm) override {
        ++m_confirms;
        if (m_isConfirmFailing && !m_isAnswerLost)
            return fault();
        const auto confirmed = m_counters->confirm(confirm);
        if (m_isConfirmFailing)
            return fault();
        m_agesUs.push_back(confirm.ageUs);
        return confirmed;
    }
    base::Result<std::vector<store::CounterEntry>> entries() override { return m_counters->entries(); }
    base::Result<store::CounterRebuild> beginRebuild() override {
        if (m_isReadFailing)
            return fault();
        return store::CounterRebuild{QString::number(m_losses)};
    }
    base::Result<void> raiseTo(const store::CounterRaise& raise) override {
        ++m_raises;
        if (onRaise)
            onRaise(raise);
        return m_isReadFailing ? base::Result<void>(fault()) : m_counters->raiseTo(raise);
    }
    base::Result<bool> endRebuild(const store::CounterRebuild& rebuild) override {
        if (rebuild.id != QString::number(m_losses))
            return false;
        m_trust = store::CounterTrust::Whole;
        return true;
    }
    base::Result<std::vector<store::CounterState>> deviceCounters(base::DeviceId id, const QStringList& ruleKeys,
                                                                  QDate date) override {
        if (m_isReadFailing)
            return fault();
        auto states = m_counters->deviceCounters(id, ruleKeys, date);
        if (states && onStates)
            onStates(*states);
        return states;
    }

    /// Run before a device's counters are raised: what happens meanwhile.
    std::function<void(const store::CounterRaise&)> onRaise;
    /// Changes what deviceCounters() answers: what some other program wrote.
    std::function<void(std::vector<store::CounterState>&)> onStates;

private:
    base::Error fault() const { return {m_faultKind, QStringLiteral("planned: no counters")}; }

    const base::Clock& m_clock;
    std::optional<store::MemoryCounters> m_counters;
    store::CounterTrust m_trust = store::CounterTrust::Whole;
    base::ErrorKind m_faultKind = base::ErrorKind::CannotConnect;
    bool m_isReadFailing = false;
    bool m_isConfirmFailing = false;
    bool m_isAnswerLost = false;
    int m_reads = 0;
    int m_confirms = 0;
    int m_raises = 0;
    int m_losses = 0;
    std::vector<qint64> m_agesUs;
};

} // namespace affinity::test
