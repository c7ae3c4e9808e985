// Draws of live events: uniform integers from the operating system's random source.
#pragma once

#include "engine/rules/decide.h"

namespace affinity::service {

/// Seeded by the operating system; not reproducible, and not meant to be. One thread.
class SystemDraw final : public rules::Draw {
public:
    int uniform(int minimum, int maximum) override;
};

/// Always the same number, whatever the range: replay, explain and tests know what was drawn.
class FixedDraw final : public rules::Draw {
public:
    explicit FixedDraw(int number) : m_number(number) {}
    int uniform(int, int) override { return m_number; }

private:
    int m_number;
};

/// Draws once and keeps the number for a second decision about the same event, so that a check before the lock and the
/// decision under it do not draw twice (which would favour some numbers). Another range draws anew.
class DrawOnce final : public rules::Draw {
public:
    explicit DrawOnce(rules::Draw& source) : m_source(source) {}
    int uniform(int minimum, int maximum) override;

private:
    rules::Draw& m_source;
    bool m_hasDrawn = false;
    int m_minimum = 0;
    int m_maximum = 0;
    int m_number = 0;
};

} // namespace affinity::service
