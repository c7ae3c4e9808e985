#include "app/operatorsession.h"

#include <array>
#include <cstdio>

#include <termios.h>
#include <unistd.h>

namespace affinity::app {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

/// From the environment, or typed without echo; never from the command line.
Result<access::Secret> operatorPassword(const QString& operatorName) {
    if (qEnvironmentVariableIsSet("AFFINITY_OPERATOR_PASSWORD"))
        return access::Secret(qgetenv("AFFINITY_OPERATOR_PASSWORD"));
    if (::isatty(STDIN_FILENO) != 1) {
        return Error{
            ErrorKind::Refused,
            QStringLiteral("The password of \"%1\" is needed: set AFFINITY_OPERATOR_PASSWORD, or run this in a "
                           "terminal.")
                .arg(operatorName)};
    }
    std::fprintf(stderr, "Password of %s: ", qUtf8Printable(operatorName));
    termios before{};
    ::tcgetattr(STDIN_FILENO, &before);
    termios silent = before;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    std::array<char, 1024> text{};
    const bool isRead = std::fgets(text.data(), text.size(), stdin) != nullptr;
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
    std::fputc('\n', stderr);
    QByteArray password = isRead ? QByteArray(text.data()) : QByteArray();
    text.fill('\0');
    if (password.endsWith('\n'))
        password.chop(1);
    return access::Secret(std::move(password));
}

} // namespace

Result<access::Session> signInOperator(const CommandLine& line, store::Store& store) {
    const QString name = line.value(QStringLiteral("operator"));
    const auto password = operatorPassword(name);
    if (!password)
        return password.error();
    return access::signIn(store, name, *password);
}

} // namespace affinity::app
