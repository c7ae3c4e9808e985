#include "engine/push/messagepack.h"

#include <QtEndian>

#include <bit>

namespace affinity::push {

using base::Error;
using base::ErrorKind;
using base::Json;
using base::Result;

namespace {

// The format's first bytes: github.com/msgpack/msgpack, spec.md.
constexpr quint8 nilMark = 0xc0, falseMark = 0xc2, trueMark = 0xc3, float64Mark = 0xcb;
constexpr quint8 unsigned8Mark = 0xcc, unsigned16Mark = 0xcd, unsigned32Mark = 0xce, unsigned64Mark = 0xcf;
constexpr quint8 signed8Mark = 0xd0, signed16Mark = 0xd1, signed32Mark = 0xd2, signed64Mark = 0xd3;
constexpr quint8 text8Mark = 0xd9, text16Mark = 0xda, text32Mark = 0xdb;
constexpr quint8 list16Mark = 0xdc, list32Mark = 0xdd, map16Mark = 0xde, map32Mark = 0xdf;
constexpr quint8 shortTextMark = 0xa0, shortListMark = 0x90, shortMapMark = 0x80; // their low bits are the length

template<typename Number> void appendMarked(QByteArray& bytes, quint8 mark, Number number) {
    const Number bigEndian = qToBigEndian(number);
    bytes.append(static_cast<char>(mark));
    bytes.append(reinterpret_cast<const char*>(&bigEndian), sizeof bigEndian);
}

void appendMark(QByteArray& bytes, quint8 mark) {
    bytes.append(static_cast<char>(mark));
}

void appendUnsigned(QByteArray& bytes, quint64 number) {
    if (number < 0x80)
        appendMark(bytes, static_cast<quint8>(number));
    else if (number <= 0xff)
        appendMarked(bytes, unsigned8Mark, static_cast<quint8>(number));
    else if (number <= 0xffff)
        appendMarked(bytes, unsigned16Mark, static_cast<quint16>(number));
    else if (number <= 0xffff'ffff)
        appendMarked(bytes, unsigned32Mark, static_cast<quint32>(number));
    else
        appendMarked(bytes, unsigned64Mark, number);
}

void appendSigned(QByteArray& bytes, qint64 number) {
    if (number >= 0)
        appendUnsigned(bytes, static_cast<quint64>(number));
    else if (number >= -32)
        appendMark(bytes, static_cast<quint8>(number));
    else if (number >= std::numeric_limits<qint8>::min())
        appendMarked(bytes, signed8Mark, static_cast<qint8>(number));
    else if (number >= std::numeric_limits<qint16>::min())
        appendMarked(bytes, signed16Mark, static_cast<qint16>(number));
    else if (number >= std::numeric_limits<qint32>::min())
        appendMarked(bytes, signed32Mark, static_cast<qint32>(number));
    else
        appendMarked(bytes, signed64Mark, number);
}

void appendMapStart(QByteArray& bytes, size_t count) {
    if (count < 16)
        appendMark(bytes, static_cast<quint8>(shortMapMark | count));
    else if (count <= 0xffff)
        appendMarked(bytes, map16Mark, static_cast<quint16>(count));
    else
        appendMarked(bytes, map32Mark, static_cast<quint32>(count));
}

/// QString's conversion puts U+FFFD where bytes are no UTF-8.
void appendAnyText(QByteArray& bytes, const std::string& text) {
    appendPackedText(bytes, QString::fromStdString(text).toUtf8());
}

Result<void> append(QByteArray& bytes, const Json& value, int depthLeft) {
    if (value.is_structured() && depthLeft == 0)
        return Error{ErrorKind::InvalidInput,
                     QStringLiteral("The event's lists and objects lie more than %1 deep in one another.")
                         .arg(mostMessageDepth)};
    switch (value.type()) {
    case Json::value_t::null:
        appendMark(bytes, nilMark);
        return {};
    case Json::value_t::boolean:
        appendMark(bytes, value.get<bool>() ? trueMark : falseMark);
        return {};
    case Json::value_t::number_integer:
        appendSigned(bytes, value.get<qint64>());
        return {};
    case Json::value_t::number_unsigned:
        appendUnsigned(bytes, value.get<quint64>());
        return {};
    case Json::value_t::number_float:
        appendMarked(bytes, float64Mark, std::bit_cast<quint64>(value.get<double>()));
        return {};
    case Json::value_t::string:
        appendAnyText(bytes, value.get_ref<const std::string&>());
        return {};
    case Json::value_t::array:
        appendPackedListStart(bytes, value.size());
        for (const Json& item : value)
            if (auto added = append(bytes, item, depthLeft - 1); !added)
                return added;
        return {};
    case Json::value_t::object:
        appendMapStart(bytes, value.size());
        for (const auto& [name, member] : value.items()) {
            appendAnyText(bytes, name);
            if (auto added = append(bytes, member, depthLeft - 1); !added)
                return added;
        }
        return {};
    case Json::value_t::binary:
    case Json::value_t::discarded:
        break;
    }
    return Error{ErrorKind::InvalidInput, QStringLiteral("The event holds a value that JSON does not have.")};
}

} // namespace

void appendPackedText(QByteArray& bytes, QByteArrayView utf8) {
    const auto size = static_cast<size_t>(utf8.size());
    if (size < 32)
        appendMark(bytes, static_cast<quint8>(shortTextMark | size));
    else if (size <= 0xff)
        appendMarked(bytes, text8Mark, static_cast<quint8>(size));
    else if (size <= 0xffff)
        appendMarked(bytes, text16Mark, static_cast<quint16>(size));
    else
        appendMarked(bytes, text32Mark, static_cast<quint32>(size));
    bytes.append(utf8);
}

void appendPackedListStart(QByteArray& bytes, size_t count) {
    if (count < 16)
        appendMark(bytes, static_cast<quint8>(shortListMark | count));
    else if (count <= 0xffff)
        appendMarked(bytes, list16Mark, static_cast<quint16>(count));
    else
        appendMarked(bytes, list32Mark, static_cast<quint32>(count));
}

Result<QByteArray> pythonMessagePack(const Json& value) {
    QByteArray bytes;
    if (const auto added = append(bytes, value, mostMessageDepth); !added)
        return added.error();
    return bytes;
}

} // namespace affinity::push
