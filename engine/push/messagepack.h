// MessagePack written byte for byte as Python's msgpack writes it.
#pragma once

#include "engine/base/json.h"
#include "engine/base/result.h"

#include <QByteArrayView>

namespace affinity::push {

/// How deep lists and objects may lie in one another. Python's msgpack stops at 511.
inline constexpr int mostMessageDepth = 100;

/// The value's bytes: members in their order, each number in the shortest form that Python chooses, fractions always
/// in 64 bits (nlohmann's own writer takes 32 where they are enough). Text that is not UTF-8 gets U+FFFD. Errors:
/// InvalidInput for lists and objects deeper than mostMessageDepth, and for what JSON text cannot hold.
base::Result<QByteArray> pythonMessagePack(const base::Json& value);

/// Adds a text of valid UTF-8.
void appendPackedText(QByteArray& bytes, QByteArrayView utf8);
/// Adds what stands before the items of a list.
void appendPackedListStart(QByteArray& bytes, size_t count);

} // namespace affinity::push
