// What Django's cache reads as an integer: decimal text, or a pickle of a whole number.
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace affinity::store {

/// The most a day's sum may be, either side of 0. More is nobody's sum; 15 digits are exact in Redis' Lua numbers too.
inline constexpr qint64 mostDaySum = 999'999'999'999'999;

/// The whole number in a cache value as django-redis and Django's RedisCache read it: the text of Python's int()
/// (blanks around it, a sign, leading zeros, single underscores between digits), or a pickle of protocol 0 to 5 that
/// holds an int and nothing else. None for anything else (a bool, a float, text, "", a number beyond mostDaySum).
std::optional<qint64> storedInteger(const QByteArray& bytes);

/// The first bytes for an error text, at most `limit`: printable ASCII as it is, the rest as \xNN.
QString escapedBytes(const QByteArray& bytes, qsizetype limit = 32);

} // namespace affinity::store
