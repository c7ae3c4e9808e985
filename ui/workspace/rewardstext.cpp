#include "ui/workspace/rewardstext.h"

#include "ui/shared/formatting.h"

#include <QCoreApplication>

namespace affinity::ui {

namespace {

struct Rewards {
    Q_DECLARE_TR_FUNCTIONS(affinity::ui::Rewards)
};

constexpr int longestUnknown = 80;

QString plainText(const base::Json& value) {
    return visibleText(value.is_string() ? QString::fromStdString(value.get<std::string>())
                                         : QString::fromStdString(value.dump()),
                       longestUnknown);
}

QString memberText(const base::Json& object, const char* member) {
    const auto found = object.find(member);
    return found == object.end() ? QString() : plainText(*found);
}

QString rewardText(const base::Json& reward) {
    if (!reward.is_object() || !reward.contains("type"))
        return plainText(reward);
    const QString type = memberText(reward, "type");
    const QString name = memberText(reward, reward.contains("name") ? "name" : "id");
    if (!name.isEmpty())
        return Rewards::tr("%1 “%2”", "type and name of a reward").arg(type, name);
    const auto amount = reward.find("amount");
    if (amount != reward.end() && amount->is_number_integer())
        return Rewards::tr("%1 %2", "amount and type of a reward").arg(numberText(amount->get<qint64>()), type);
    return type;
}

} // namespace

QString rewardsText(const base::Json& rewards) {
    if (!rewards.is_array())
        return rewards.is_null() ? Rewards::tr("none") : rewardText(rewards);
    QStringList parts;
    for (const base::Json& reward : rewards)
        parts << rewardText(reward);
    return parts.isEmpty() ? Rewards::tr("none") : listText(parts);
}

QString listText(const QStringList& parts) {
    if (parts.size() < 2)
        return parts.join(QString());
    return Rewards::tr("%1 and %2", "the last two of a list")
        .arg(parts.mid(0, parts.size() - 1).join(Rewards::tr(", ", "between the parts of a list")), parts.last());
}

} // namespace affinity::ui
