// A second, straight-line reading of the rules, written from the description and not from decide(): what decide must
// say.
#pragma once

#include "engine/rules/decide.h"

namespace affinity::test {

/// One event with everything it depends on, small enough to be listed exhaustively.
struct OracleCase {
    bool hasEventId = false;
    bool isEventSeen = false;
    bool hasRule = true;
    bool isCooldownRunning = false;
    bool isBound = true;
    bool isDecay = false;
    bool isNotifyEnabled = true;
    int drawn = 0;
    int singleCap = 1;
    int dailyCap = 1;
    int cooldownSeconds = 0;
    int globalCap = 1;
    int ceiling = 1;
    int value = 0;
    int storedLevel = 0;
    int ruleSum = 0;
    int globalSum = 0;
    std::vector<rules::Level> levels;
};

/// The decision that the description of the steps 0 to 9 gives.
rules::Decision oracleDecision(const OracleCase& given);

/// The same case as decide() takes it; `rule` and `setting` are filled and outlive the facts.
rules::Facts factsOf(const OracleCase& given, rules::Rule& rule, rules::Setting& setting);
rules::Request requestOf(const OracleCase& given);

/// Draws one number and counts how often it was asked.
class CountingDraw final : public rules::Draw {
public:
    explicit CountingDraw(int number) : m_number(number) {}
    int uniform(int, int) override {
        ++m_draws;
        return m_number;
    }
    int draws() const { return m_draws; }

private:
    int m_number;
    int m_draws = 0;
};

} // namespace affinity::test
