#include "engine/push/channelmessage.h"

#include "engine/push/messagepack.h"

#include <QtEndian>

namespace affinity::push {

using base::Error;
using base::ErrorKind;
using base::Result;

Result<QByteArray> packedEvent(const LevelEvent& event) {
    auto packed = pythonMessagePack(toJson(event));
    if (packed && packed->size() > mostEventBytes)
        return Error{ErrorKind::InvalidInput,
                     QStringLiteral("The event is too large to be pushed: it has %1 bytes of at most %2. Shorten the "
                                    "rewards of its levels.")
                         .arg(packed->size())
                         .arg(mostEventBytes)};
    return packed;
}

QByteArray channelMessage(const QByteArray& packedEvent, const std::vector<QByteArray>& channels,
                          const RandomBits& random) {
    QByteArray message;
    for (int i = 0; i < 3; ++i) {
        const quint32 bits = qToLittleEndian(random());
        message.append(reinterpret_cast<const char*>(&bits), sizeof bits);
    }
    const qsizetype start = message.size();
    message += packedEvent;
    message[start] = static_cast<char>(message[start] + 1); // a map of fewer than 15 members: its count is in this byte
    appendPackedText(message, "__asgi_channel__");
    appendPackedListStart(message, channels.size());
    for (const QByteArray& channel : channels)
        appendPackedText(message, channel);
    return message;
}

} // namespace affinity::push
