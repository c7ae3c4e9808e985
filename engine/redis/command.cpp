#include "engine/redis/command.h"

#include <QCryptographicHash>

#include <hiredis/hiredis.h>

namespace affinity::redis {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

Command scriptCommand(const char* name, const QByteArray& script, const std::vector<QByteArray>& keys,
                      const std::vector<QByteArray>& arguments) {
    Command command{name, script, QByteArray::number(static_cast<qint64>(keys.size()))};
    command.insert(command.end(), keys.begin(), keys.end());
    command.insert(command.end(), arguments.begin(), arguments.end());
    return command;
}

/// At least what the command takes on the wire: 16 bytes around each argument hold its length.
qint64 sizeOnWire(const Command& command) {
    qint64 size = 16;
    for (const QByteArray& argument : command)
        size += argument.size() + 16;
    return size;
}

} // namespace

Script::Script(const QByteArray& text)
    : m_text(text), m_sha1(QCryptographicHash::hash(text, QCryptographicHash::Sha1).toHex()) {
}

Command evalShaCommand(const Script& script, const std::vector<QByteArray>& keys,
                       const std::vector<QByteArray>& arguments) {
    return scriptCommand("EVALSHA", script.sha1(), keys, arguments);
}

Command evalCommand(const Script& script, const std::vector<QByteArray>& keys,
                    const std::vector<QByteArray>& arguments) {
    return scriptCommand("EVAL", script.text(), keys, arguments);
}

Result<void> appendCommand(QByteArray& request, const Command& command) {
    if (command.empty() || command.front().isEmpty())
        return Error{ErrorKind::InvalidInput, QStringLiteral("A Redis command has no name.")};
    if (request.size() + sizeOnWire(command) > mostRequestBytes)
        return Error{ErrorKind::InvalidInput,
                     QStringLiteral("A request to Redis is larger than %1 MiB; send it in parts.")
                         .arg(mostRequestBytes / (1024 * 1024))};
    std::vector<const char*> texts;
    std::vector<size_t> lengths;
    texts.reserve(command.size());
    lengths.reserve(command.size());
    for (const QByteArray& argument : command) {
        texts.push_back(argument.constData());
        lengths.push_back(static_cast<size_t>(argument.size()));
    }
    char* formatted = nullptr;
    const int size = redisFormatCommandArgv(&formatted, static_cast<int>(texts.size()), texts.data(), lengths.data());
    if (size < 0)
        return Error{ErrorKind::Internal, QStringLiteral("A Redis command could not be formatted: out of memory.")};
    request.append(formatted, size);
    redisFreeCommand(formatted);
    return {};
}

} // namespace affinity::redis
