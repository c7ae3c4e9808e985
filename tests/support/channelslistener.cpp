#include "tests/support/channelslistener.h"

#include <QUuid>

namespace affinity::test {

using base::Error;
using base::ErrorKind;
using base::Json;
using base::Result;
using redis::Command;
using redis::Effect;

namespace {

constexpr int answerMs = 10'000; ///< far more than a healthy server needs

QByteArray newHex() {
    return QUuid::createUuid().toString(QUuid::Id128).toLatin1();
}

} // namespace

ChannelsListener::ChannelsListener(const redis::Target& target, QByteArray prefix)
    : m_connection(target), m_prefix(std::move(prefix)), m_process("specific." + newHex() + '!') {
}

QByteArray ChannelsListener::join(const QByteArray& group) {
    const redis::Deadline deadline = redis::within(answerMs);
    const auto time = m_connection.command({"TIME"}, Effect::None, deadline);
    if (!time || time->items.size() != 2)
        return {};
    const QByteArray channel = m_process + newHex();
    const QByteArray key = m_prefix + ":group:" + group;
    const QByteArray now = time->items[0].text + '.' + time->items[1].text.rightJustified(6, '0');
    const std::vector<Command> commands{{"ZADD", key, now, channel}, {"EXPIRE", key, "86400"}};
    const auto replies = m_connection.pipeline(commands, Effect::Repeatable, deadline);
    return replies && !(*replies)[0].isError() && !(*replies)[1].isError() ? channel : QByteArray();
}

Result<std::optional<ChannelsFrame>> ChannelsListener::nextEvent(int timeoutMs) {
    const QByteArray seconds = QByteArray::number(std::max(timeoutMs, 1) / 1000.0, 'f', 3);
    const auto reply =
        m_connection.command({"BZPOPMIN", queueKey(), seconds}, Effect::Once, redis::within(timeoutMs + answerMs));
    if (!reply)
        return reply.error();
    if (reply->isNil())
        return std::optional<ChannelsFrame>();
    if (reply->items.size() != 3)
        return Error{ErrorKind::Damaged, QStringLiteral("BZPOPMIN gave no key, member and score.")};
    auto frame = channelsFrame(reply->items[1].text, reply->items[2].text.toDouble());
    if (!frame)
        return frame.error();
    return std::optional<ChannelsFrame>(std::move(*frame));
}

Result<ChannelsFrame> channelsFrame(const QByteArray& member, double score) {
    constexpr qsizetype randomBytes = 12;
    ChannelsFrame frame{{}, {}, member, score};
    if (member.size() > randomBytes)
        frame.event = Json::from_msgpack(member.begin() + randomBytes, member.end(), true, false);
    if (!frame.event.is_object() || !frame.event.contains("__asgi_channel__"))
        return Error{ErrorKind::Damaged, QStringLiteral("A message of the queue is no event of a channel.")};
    for (const Json& channel : frame.event["__asgi_channel__"])
        frame.channels.push_back(QByteArray::fromStdString(channel.get<std::string>()));
    frame.event.erase("__asgi_channel__");
    return frame;
}

} // namespace affinity::test
