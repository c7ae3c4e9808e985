#include "engine/access/signin.h"

#include "engine/access/djangopassword.h"

#include <QLoggingCategory>

namespace affinity::access {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

Q_LOGGING_CATEGORY(accessLog, "affinity.service", QtInfoMsg)

QString wordOf(Role role) {
    switch (role) {
    case Role::Viewer:
        return QStringLiteral("viewer");
    case Role::Support:
        return QStringLiteral("support");
    case Role::Designer:
        break;
    }
    return QStringLiteral("designer");
}

Error refused(const QString& what) {
    return {ErrorKind::Refused, what};
}

/// Spends the time a real check takes, so that an unknown name cannot be told from a wrong password by the clock.
void checkNobody(const Secret& password) {
    constexpr int usualRounds = 260'000;
    static const QString nobody =
        makeDjangoPassword(Secret(QByteArrayLiteral("nobody has this password")), "nobodys-salt", usualRounds);
    (void)checkDjangoPassword(password, nobody);
}

} // namespace

Role roleOf(const rules::Operator& person) {
    if (person.isSuperuser || (person.isStaff && person.isDesigner))
        return Role::Designer;
    return person.isStaff ? Role::Support : Role::Viewer;
}

namespace {

Result<Session> check(store::Store& store, const QString& username, const Secret& password) {
    const QString wrong = QStringLiteral("The user name or the password is wrong.");
    const auto record = store.operatorByName(username);
    if (!record)
        return record.error();
    if (!*record) {
        checkNobody(password);
        return refused(wrong);
    }
    switch (checkDjangoPassword(password, (*record)->passwordHash)) {
    case PasswordVerdict::Right:
        break;
    case PasswordVerdict::Wrong:
        return refused(wrong);
    case PasswordVerdict::Unusable:
        return refused(QStringLiteral("The account \"%1\" has no password. Set one in Django's admin.").arg(username));
    case PasswordVerdict::Unsupported:
        return refused(
            QStringLiteral("The password of \"%1\" is stored in a form this program does not check. Sign in on "
                           "the web once, or have it set again.")
                .arg(username));
    }
    const rules::Operator& person = (*record)->person;
    if (!person.isActive)
        return refused(QStringLiteral("The account \"%1\" is switched off.").arg(username));
    return Session{person, roleOf(person)};
}

} // namespace

Result<Session> signIn(store::Store& store, const QString& username, const Secret& password) {
    auto session = check(store, username, password);
    if (session)
        qCInfo(accessLog) << "Operator" << username << "signed in as" << qUtf8Printable(wordOf(session->role));
    else
        qCInfo(accessLog) << "Sign-in of" << username << "failed:" << qUtf8Printable(session.error().what);
    return session;
}

} // namespace affinity::access
