#include "engine/push/channelnames.h"

#include <algorithm>

namespace affinity::push {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

constexpr qsizetype longestName = 99; ///< channels' MAX_NAME_LENGTH is 100, and a name is shorter
constexpr qsizetype longestTemplateShown = 100;

bool isNameCharacter(char character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
           (character >= '0' && character <= '9') || character == '-' || character == '_' || character == '.';
}

bool isName(QByteArrayView name) {
    return !name.isEmpty() && std::all_of(name.begin(), name.end(), isNameCharacter);
}

/// How many bytes come before what is the process' own business: up to and with "!".
qsizetype sharedSize(QByteArrayView channel) {
    const auto mark = std::find(channel.begin(), channel.end(), '!');
    return mark == channel.end() ? channel.size() : mark - channel.begin() + 1;
}

} // namespace

Result<QByteArray> groupName(const QString& groupTemplate, base::UserId userId) {
    const QString place = QStringLiteral("{user_id}");
    if (!userId.isValid())
        return Error{ErrorKind::InvalidInput, QStringLiteral("%1 is no user's id.").arg(userId.value)};
    if (!groupTemplate.contains(place))
        return Error{ErrorKind::InvalidInput,
                     QStringLiteral("The push group \"%1\" lacks {user_id}: every user would be told of everybody's "
                                    "devices. Write for example affinity_user_{user_id}.")
                         .arg(groupTemplate.left(longestTemplateShown))};
    const QByteArray name = QString(groupTemplate).replace(place, QString::number(userId.value)).toUtf8();
    if (name.size() > longestName || !isName(name))
        return Error{ErrorKind::InvalidInput,
                     QStringLiteral("The push group \"%1\" makes a name that Django's channels refuse: use ASCII "
                                    "letters, digits, \"-\", \"_\" and \".\", fewer than 100 in all.")
                         .arg(groupTemplate.left(longestTemplateShown))};
    return name;
}

QByteArray groupKey(const QByteArray& prefix, const QByteArray& group) {
    return prefix + ":group:" + group;
}

bool isChannelName(QByteArrayView channel) {
    if (channel.size() > longestName)
        return false;
    const qsizetype shared = sharedSize(channel);
    const bool hasMark = shared > 0 && channel[shared - 1] == '!';
    const QByteArrayView own = channel.sliced(shared);
    return isName(channel.first(hasMark ? shared - 1 : shared)) && (own.isEmpty() || isName(own));
}

QByteArray queueKey(const QByteArray& prefix, QByteArrayView channel) {
    return prefix + channel.first(sharedSize(channel)).toByteArray();
}

} // namespace affinity::push
