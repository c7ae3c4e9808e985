// UserOffer: the line under a search that names a user: who it is, and the way to the page.
#pragma once

#include "engine/engine.h"

#include <QWidget>

#include <optional>
#include <vector>

namespace affinity::ui {

/// Takes no room while there is nobody to offer. GUI thread.
class UserOffer : public QWidget {
    Q_OBJECT
public:
    explicit UserOffer(QWidget* parent = nullptr);
    /// At most two: a text can be the id of one and the username of another.
    void setUsers(const std::vector<rules::User>& users);
    std::optional<base::UserId> first() const;

Q_SIGNALS:
    void chosen(affinity::base::UserId id);

private:
    void addLine(const rules::User& user, bool isFirst);
    std::vector<rules::User> m_users;
    QWidget* m_lines = nullptr;
};

} // namespace affinity::ui
