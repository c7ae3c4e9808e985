// prepare --roles: the roles of a database server, shown or made.
#include "app/headless.h"
#include "app/output.h"
#include "app/serveraddress.h"
#include "engine/service/roleterms.h"
#include "engine/store/servertarget.h"

namespace affinity::app {

namespace {

/// What is left to the administrator: who gets which role.
QString nextStep(const QString& url) {
    const auto target = store::serverTargetFromUrl(url, {});
    const bool isMariaDb = target && target->dialect == store::Dialect::MariaDb;
    return isMariaDb
               ? QStringLiteral("Now give each person's account one of affinity_viewer, affinity_support and "
                                "affinity_designer: GRANT affinity_support TO alice; SET DEFAULT ROLE affinity_support "
                                "FOR alice. The account has the name of the one in Django's admin.")
               : QStringLiteral("Now give each person's login one of affinity_viewer, affinity_support and "
                                "affinity_designer: GRANT affinity_support TO alice. The login has the name of the "
                                "account in Django's admin. Then run this again: it sets the login's time limits.");
}

} // namespace

ExitCode runPrepareRoles(const CommandLine& line) {
    if (line.has(QStringLiteral("schema-map")))
        return failed({base::ErrorKind::InvalidInput,
                       QStringLiteral("Roles are made for Django's own names of tables: leave --schema-map away.")});
    const QString url = line.value(QStringLiteral("store"));
    const store::OpenOptions options{.password = storePassword(line).reveal()};
    const store::RoleTerms terms = service::roleTerms();
    if (line.has(QStringLiteral("sql"))) {
        const auto sql = store::roleSql(url, options, terms);
        if (!sql)
            return failed(sql.error());
        for (const QString& statement : *sql)
            printText(statement + QStringLiteral(";\n\n"));
        return ExitCode::Done;
    }
    if (line.has(QStringLiteral("read-only")))
        return failed(
            {base::ErrorKind::ReadOnly, QStringLiteral("prepare --roles writes, and --read-only forbids it.")});
    if (const auto done = store::prepareRoles(url, options, terms); !done)
        return failed(done.error());
    printError(QStringLiteral("The roles are made. %1").arg(nextStep(url)));
    return ExitCode::Done;
}

} // namespace affinity::app
