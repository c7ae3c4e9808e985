#include "tests/faults/faultserver.h"

#include "engine/base/clock.h"
#include "engine/store/mariadbconnection.h"
#include "engine/store/open.h"
#include "engine/store/postgresconnection.h"
#include "tests/support/mariadbserver.h"
#include "tests/support/postgresserver.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>
#include <QPasswordDigestor>
#include <QTest>

#include <atomic>

namespace affinity::test {

using base::Result;
using store::Dialect;

namespace {

constexpr qint64 firstDeviceId = 1000; ///< above Django's demo rows

std::unique_ptr<DatabaseServer> startedServer(Dialect dialect) {
    std::unique_ptr<DatabaseServer> server;
    if (dialect == Dialect::PostgreSql)
        server = std::make_unique<PostgresServer>();
    else
        server = std::make_unique<MariaDbServer>();
    if (!server->start())
        qFatal("%s", server->output().constData());
    return server;
}

/// The same password with one round instead of 4096: it is thousands of sign-ins whose messages are of interest, not
/// their arithmetic. Source of the form: RFC 5803.
void makeSignInsCheap(DatabaseServer& server) {
    const QByteArray salt("sixteen bytes of");
    const auto sha256 = QCryptographicHash::Sha256;
    const QByteArray salted = QPasswordDigestor::deriveKeyPbkdf2(sha256, server.password().toLatin1(), salt, 1, 32);
    const auto key = [&](const char* purpose) { return QMessageAuthenticationCode::hash(purpose, salted, sha256); };
    const QByteArray verifier = "SCRAM-SHA-256$1:" + salt.toBase64() + '$' +
                                QCryptographicHash::hash(key("Client Key"), sha256).toBase64() + ':' +
                                key("Server Key").toBase64();
    const QByteArray answer =
        server.query({}, QStringLiteral("ALTER ROLE affinity PASSWORD '%1';").arg(QString::fromLatin1(verifier)));
    if (!answer.isEmpty())
        qFatal("%s", answer.constData());
}

} // namespace

store::ServerOptions patientOptions() {
    store::ServerOptions options;
    options.callMs = longestMs;
    options.statementMs = longestMs;
    options.lockMs = longestMs;
    options.idleMs = longestMs;
    options.connectMs = longestMs;
    return options;
}

void addServers() {
    QTest::addColumn<int>("dialect");
    QTest::newRow("postgresql") << static_cast<int>(Dialect::PostgreSql);
    QTest::newRow("mariadb") << static_cast<int>(Dialect::MariaDb);
}

Result<std::unique_ptr<store::SqlConnection>> connectTo(const store::ServerTarget& target,
                                                        const store::ServerOptions& options) {
    const auto made = [](auto opened) {
        return opened ? Result<std::unique_ptr<store::SqlConnection>>(std::move(opened).value())
                      : Result<std::unique_ptr<store::SqlConnection>>(opened.error());
    };
    if (target.dialect == Dialect::MariaDb)
        return made(store::MariaDbConnection::open(target, options));
    return made(store::PostgresConnection::open(target, options));
}

FaultServer::FaultServer(Dialect dialect) : m_dialect(dialect), m_server(startedServer(dialect)) {
    if (dialect == Dialect::PostgreSql)
        makeSignInsCheap(*m_server);
    const QString url = m_server->makeDatabase(QStringLiteral("django"));
    const QByteArray password = m_server->password().toUtf8();
    const base::SystemClock clock;
    const Result<void> prepared = store::prepare(url, {.password = password}, clock);
    if (!prepared)
        qFatal("%s", qPrintable(prepared.error().what));
    m_target = required(store::serverTargetFromUrl(url, password));
}

store::ServerTarget FaultServer::target(quint16 port) const {
    store::ServerTarget target = m_target;
    if (port != 0)
        target.port = port;
    return target;
}

Wire FaultServer::wire() const {
    return m_dialect == Dialect::PostgreSql ? Wire::PostgreSql : Wire::MariaDb;
}

QString textOf(const DeviceTruth& truth) {
    return QStringLiteral("value %1, level %2, %3 log rows of %4 points (last id %5), counters %6 × and %7 points, "
                          "%8 grants, %9 notes")
        .arg(truth.value)
        .arg(truth.level)
        .arg(truth.logRows)
        .arg(truth.logSum)
        .arg(truth.lastLogId)
        .arg(truth.triggers)
        .arg(truth.accumulated)
        .arg(truth.grants)
        .arg(truth.notes);
}

base::DeviceId makeDevice(store::SqlConnection& connection) {
    static std::atomic<qint64> nextId{firstDeviceId};
    const qint64 id = nextId++;
    const DeviceTruth start;
    required(connection.runText(
        QStringLiteral("INSERT INTO device_interaction_userdevice (id, device_serial, nickname, favorability, "
                       "affinity_level, bound_at, user_id) VALUES (?, ?, 'x', ?, ?, '2026-01-01 00:00:00', 1)"),
        {id, QStringLiteral("fault-%1").arg(id), start.value, start.level}));
    return base::DeviceId{id};
}

DeviceTruth truthOf(store::SqlConnection& connection, base::DeviceId device) {
    const auto rows = required(connection.selectText(
        QStringLiteral(
            "SELECT d.favorability, d.affinity_level, "
            "(SELECT count(*) FROM userapp_affinitylog l WHERE l.device_id = d.id), "
            "(SELECT coalesce(sum(l.change_value), 0) FROM userapp_affinitylog l WHERE l.device_id = d.id), "
            "(SELECT coalesce(max(l.id), 0) FROM userapp_affinitylog l WHERE l.device_id = d.id), "
            "(SELECT coalesce(sum(c.trigger_count), 0) FROM userapp_useraffinitydailycounter c WHERE c.device_id = "
            "d.id), "
            "(SELECT coalesce(sum(c.accumulated_change), 0) FROM userapp_useraffinitydailycounter c WHERE c.device_id "
            "= d.id), "
            "(SELECT count(*) FROM userapp_userlevelrewardgrant g WHERE g.device_id = d.id), "
            "(SELECT count(*) FROM affinity_console_log_note n JOIN userapp_affinitylog l ON l.id = n.log_id WHERE "
            "l.device_id = d.id) "
            "FROM device_interaction_userdevice d WHERE d.id = ?"),
        {device.value}, [](const store::SqlRow& row) {
            const auto number = [&](int column) { return row.value(column).toLongLong(); };
            return DeviceTruth{number(0), number(1), number(2), number(3), number(4),
                               number(5), number(6), number(7), number(8)};
        }));
    if (rows.size() != 1)
        qFatal("Device %lld is gone.", static_cast<long long>(device.value));
    return rows.front();
}

} // namespace affinity::test
