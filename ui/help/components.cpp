#include "ui/help/components.h"

#include "engine/engine.h"

#include <QFile>

#include <openssl/opensslv.h>

namespace affinity::ui {

std::vector<Component> components() {
    const QString qt = QString::fromLatin1(qVersion());
    const QString qtLicence = QStringLiteral("LGPL-3.0-only");
    const QString qtAddress = QStringLiteral("https://www.qt.io");
    const QString json = QStringLiteral("%1.%2.%3")
                             .arg(NLOHMANN_JSON_VERSION_MAJOR)
                             .arg(NLOHMANN_JSON_VERSION_MINOR)
                             .arg(NLOHMANN_JSON_VERSION_PATCH);
    return {
        {QStringLiteral("Qt"), qt, qtLicence, qtAddress},
        {QStringLiteral("Qt Charts"), qt, QStringLiteral("GPL-3.0-only"), qtAddress},
        {QStringLiteral("Qt SVG"), qt, qtLicence, qtAddress},
        {QStringLiteral("JSON for Modern C++"), json, QStringLiteral("MIT"),
         QStringLiteral("https://json.nlohmann.me")},
        {QStringLiteral("OpenSSL"), QStringLiteral(OPENSSL_VERSION_STR), QStringLiteral("Apache-2.0"),
         QStringLiteral("https://www.openssl.org")},
        {QStringLiteral("hiredis"),
         {},
         QStringLiteral("BSD-3-Clause"),
         QStringLiteral("https://github.com/redis/hiredis"),
         true},
        {QStringLiteral("PostgreSQL"),
         {},
         QStringLiteral("PostgreSQL"),
         QStringLiteral("https://www.postgresql.org"),
         true},
        {QStringLiteral("MariaDB Connector/C"),
         {},
         QStringLiteral("LGPL-2.1-or-later"),
         QStringLiteral("https://mariadb.com/kb/en/mariadb-connector-c/"),
         true},
        {QStringLiteral("SQLite"), {}, QStringLiteral("blessing"), QStringLiteral("https://www.sqlite.org"), true},
        {QStringLiteral("Roboto"),
         {},
         QStringLiteral("Apache-2.0"),
         QStringLiteral("https://fonts.google.com/specimen/Roboto"),
         true},
        {QStringLiteral("JetBrains Mono"),
         {},
         QStringLiteral("OFL-1.1"),
         QStringLiteral("https://www.jetbrains.com/lp/mono"),
         true},
        {QStringLiteral("tz database"),
         {},
         QStringLiteral("public domain"),
         QStringLiteral("https://www.iana.org/time-zones"),
         true},
    };
}

QString licenceText() {
    QFile file(QStringLiteral(":/help/LICENSE"));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace affinity::ui
