// Sign-in: names the operator. The boundary is the database's role, not this.
#pragma once

#include "engine/access/secret.h"
#include "engine/store/store.h"

namespace affinity::access {

enum class Role {
    Viewer,  ///< looks only
    Support, ///< adjusts within limits
    Designer ///< support, rules and approvals
};

/// Somebody who signed in.
struct Session {
    rules::Operator person;
    Role role = Role::Viewer;

    friend bool operator==(const Session&, const Session&) = default;
};

/// Staff: support; superusers and members of the group affinity_designers: designer; others: viewer.
Role roleOf(const rules::Operator& person);

/// Checks name and password against the store's staff. Blocks for the length of the password hash.
/// Refused (one text for an unknown name and a wrong password, and equally slow), for an inactive account, and for
/// accounts whose password this program cannot check. Store errors as they come.
base::Result<Session> signIn(store::Store& store, const QString& username, const Secret& password);

} // namespace affinity::access
