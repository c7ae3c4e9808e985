// FaultyCounters: counters in memory whose reads or confirms can be made to fail, and that count their calls.
#pragma once

#include "engine/store/memorycounters.h"

namespace affinity::test {

class FaultyCounters final : public store::Counters {
public:
    explicit FaultyCounters(const base::Clock& clock) : m_counters(clock) {}

    void failReads(bool isFailing) { m_isReadFailing = isFailing; }
    void failConfirms(bool isFailing) { m_isConfirmFailing = isFailing; }
    int reads() const { return m_reads; }
    int confirms() const { return m_confirms; }

    base::Result<store::CounterFacts> read(const store::CounterQuery& query) override {
        ++m_reads;
        if (m_isReadFailing)
            return fault();
        return m_counters.read(query);
    }
    base::Result<void> confirm(const store::CounterConfirm& confirm) override {
        ++m_confirms;
        return m_isConfirmFailing ? base::Result<void>(fault()) : m_counters.confirm(confirm);
    }
    base::Result<std::vector<store::CounterEntry>> entries() override { return m_counters.entries(); }

private:
    static base::Error fault() { return {base::ErrorKind::CannotConnect, QStringLiteral("planned: no counters")}; }

    store::MemoryCounters m_counters;
    bool m_isReadFailing = false;
    bool m_isConfirmFailing = false;
    int m_reads = 0;
    int m_confirms = 0;
};

} // namespace affinity::test
