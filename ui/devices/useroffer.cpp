#include "ui/devices/useroffer.h"

#include "ui/shared/buttons.h"
#include "ui/shared/formatting.h"
#include "ui/shared/keysinforce.h"
#include "ui/shared/textlabel.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace affinity::ui {

UserOffer::UserOffer(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("userOffer"));
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    hide();
}

void UserOffer::setUsers(const std::vector<rules::User>& users) {
    if (users == m_users)
        return;
    m_users = users;
    if (m_lines)
        m_lines->deleteLater(); // a button in it may be what asked
    m_lines = nullptr;
    if (!users.empty()) {
        m_lines = new QWidget;
        auto* rows = new QVBoxLayout(m_lines);
        rows->setContentsMargins(0, 0, 0, 0);
        rows->setSpacing(2);
        for (const rules::User& user : users)
            addLine(user, &user == &users.front());
        layout()->addWidget(m_lines);
    }
    setVisible(!users.empty());
}

void UserOffer::addLine(const rules::User& user, bool isFirst) {
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    row->addWidget(new IconLabel(Icon::User, TextTone::Muted, measure::iconSmall));
    auto* who = new TextLabel(tr("User %1, %2").arg(QString::number(user.id.value), visibleText(user.username)),
                              TextStyle::Caption, TextTone::Secondary);
    who->setElided(true);
    row->addWidget(who, 1);
    auto* open = new Button(tr("Open user"), ButtonKind::Link);
    open->setObjectName(QStringLiteral("openUser"));
    open->setFont(ui::font(TextStyle::Caption));
    open->setFixedHeight(22);
    open->setAccessibleName(tr("Open user %1").arg(user.id.value));
    if (isFirst)
        open->setToolTip(tr("Opens the page of this user"));
    setCommand(*open, QStringLiteral("devices.user"));
    row->addWidget(open);
    connect(open, &QPushButton::clicked, this, [this, id = user.id] { Q_EMIT chosen(id); });
    static_cast<QVBoxLayout*>(m_lines->layout())->addLayout(row);
}

std::optional<base::UserId> UserOffer::first() const {
    return m_users.empty() ? std::nullopt : std::optional(m_users.front().id);
}

} // namespace affinity::ui
