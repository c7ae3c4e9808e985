#include "tests/unit/service/export_test.h"

#include "engine/service/export.h"
#include "engine/service/exportrows.h"
#include "tests/unit/service/world.h"

#include <QBuffer>
#include <QDir>
#include <QFile>

namespace affinity::test {

using base::DeviceId;
using base::Json;
using service::ExportRequest;
using Table = ExportRequest::Table;
using Format = ExportRequest::Format;

namespace {

QByteArray exported(store::Store& store, const ExportRequest& request) {
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    const auto rows = service::exportTo(buffer, store, request);
    if (!rows)
        qFatal("%s", qPrintable(rows.error().what));
    return buffer.data();
}

/// A reader of RFC 4180 of its own: lines of cells.
QList<QStringList> cellsOf(const QByteArray& csv) {
    const QString text = QString::fromUtf8(csv);
    QList<QStringList> lines{{}};
    QString cell;
    bool isQuoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar character = text[i];
        if (isQuoted) {
            if (character == u'"' && i + 1 < text.size() && text[i + 1] == u'"')
                cell += text[i++];
            else if (character == u'"')
                isQuoted = false;
            else
                cell += character;
        } else if (character == u'"') {
            isQuoted = true;
        } else if (character == u',' || character == u'\r') {
            lines.back() << cell;
            cell.clear();
        } else if (character == u'\n') {
            lines << QStringList();
        } else {
            cell += character;
        }
    }
    lines.removeLast(); // after the last line's end
    return lines;
}

/// One column without its header.
QStringList column(const QByteArray& csv, const QString& name) {
    const auto lines = cellsOf(csv);
    const qsizetype index = lines.front().indexOf(name);
    QStringList cells;
    for (qsizetype i = 1; i < lines.size(); ++i)
        cells << lines[i].value(index);
    return cells;
}

QStringList texts(const std::vector<int>& numbers) {
    QStringList list;
    for (const int number : numbers)
        list << QString::number(number);
    return list;
}

const QString idColumn = QStringLiteral("id");

/// Ten rows of binding 1, a day apart, up to noonUs.
ContractStore::Filling withTenDays() {
    return [](store::MemoryDatabase& database) {
        fill(database);
        for (int i = 0; i < 10; ++i) {
            rules::LogRow row = chatRow();
            row.createdAtUs = noonUs - (9 - i) * dayUs;
            QVERIFY(database.add(row).isOk());
        }
    };
}

} // namespace

void ExportTest::initTestCase_data() {
    addServiceBackends();
}

void ExportTest::devicesAreTheFilteredView() {
    World world;
    ExportRequest request;
    request.devices.sort = store::DeviceSort::Value;
    request.devices.isDescending = true;
    request.devices.valueAtLeast = 10;
    request.devices.limit = 1; // a page's, not the export's
    const QByteArray csv = exported(world.store, request);
    QCOMPARE(column(csv, idColumn), texts({3, 4, 2, 1}));
    QCOMPARE(csv.left(csv.indexOf('\n') + 1),
             QByteArray("id,device_serial,nickname,user_id,username,user_nickname,favorability,affinity_level,"
                        "last_active_at,bound_at,unbound_at\r\n"));
    QVERIFY(csv.contains(QStringLiteral("3,SN-3,小白,2,bob,BOB,500,3,2026-03-01T19:59:30+08:00,"
                                        "2026-03-01T19:43:20+08:00,\r\n")
                             .toUtf8()));
    request.devices = {.withUnbound = true};
    QCOMPARE(column(exported(world.store, request), QStringLiteral("unbound_at")).filter(QStringLiteral("2026")).size(),
             1);
}

void ExportTest::allPagesComeInOrder() {
    World world(currentBackend(), [](store::MemoryDatabase& database) {
        fill(database);
        for (int i = 0; i < 2500; ++i) {
            rules::Binding binding;
            binding.userId = alice;
            binding.serial = QStringLiteral("X%1").arg(i);
            binding.favorability = i % 7;
            binding.boundAtUs = noonUs;
            QVERIFY(database.add(binding).isOk());
        }
        for (int i = 0; i < 6000; ++i)
            QVERIFY(database.add(chatRow()).isOk());
    });
    ExportRequest request;
    request.devices.sort = store::DeviceSort::Value;
    const QStringList values = column(exported(world.store, request), QStringLiteral("favorability"));
    QCOMPARE(values.size(), 2505);
    QVERIFY(std::is_sorted(values.begin(), values.end(),
                           [](const QString& a, const QString& b) { return a.toInt() < b.toInt(); }));
    request.table = Table::Log;
    for (const bool isOldestFirst : {true, false}) {
        request.log.isOldestFirst = isOldestFirst;
        const QStringList ids = column(exported(world.store, request), idColumn);
        QCOMPARE(ids.size(), 6000);
        QCOMPARE(ids.front().toInt(), isOldestFirst ? 1 : 6000);
        QVERIFY(QSet<QString>(ids.begin(), ids.end()).size() == 6000);
    }
}

void ExportTest::logIsTheFilteredView() {
    World world(currentBackend(), withTenDays());
    ExportRequest request;
    request.table = Table::Log;
    request.log.fromUs = noonUs - 3 * dayUs;
    request.log.toUs = noonUs;
    QCOMPARE(column(exported(world.store, request), idColumn), texts({9, 8, 7}));
    request.log.deviceId = kiki;
    QCOMPARE(column(exported(world.store, request), idColumn), QStringList());
    request.device = momo; // the request's own device is the narrower word
    QCOMPARE(column(exported(world.store, request), idColumn), texts({9, 8, 7}));
}

void ExportTest::logRowsHaveTheirNotes() {
    World world;
    HAS_OUTCOME(world.apply(chat, 2, QStringLiteral("e-1")), Applied);
    ExportRequest request;
    request.table = Table::Log;
    const QByteArray csv = exported(world.store, request);
    QCOMPARE(column(csv, QStringLiteral("event_id")), QStringList{QStringLiteral("e-1")});
    QCOMPARE(column(csv, QStringLiteral("metadata")), QStringList{QStringLiteral("{}")});
    const bool hasNotes = world.store.info().isPrepared;
    QCOMPARE(column(csv, QStringLiteral("drawn_change")), QStringList{hasNotes ? QStringLiteral("2") : QString()});
    QCOMPARE(column(csv, QStringLiteral("operator_admin_id")), QStringList{QString()});
}

void ExportTest::hostileTextStaysText_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("inCsv");
    const auto add = [](const char* name, const QString& text, const QString& inCsv) {
        QTest::newRow(name) << text << inCsv;
    };
    const auto guarded = [&](const char* name, const QString& text) { add(name, text, QLatin1Char('\'') + text); };
    const auto plain = [&](const char* name, const QString& text) { add(name, text, text); };
    guarded("formula", QStringLiteral("=HYPERLINK(\"http://evil\",\"click\")"));
    guarded("plus", QStringLiteral("+1+cmd|' /C calc'!A0"));
    guarded("minus", QStringLiteral("-2+3"));
    guarded("at", QStringLiteral("@SUM(A1)"));
    guarded("tab", QStringLiteral("\t=1"));
    guarded("carriage return", QStringLiteral("\r=1"));
    guarded("full-width", QStringLiteral("\uFF1D1+1"));
    guarded("formula with everything", QStringLiteral("=\"a\",\r\n\"b\""));
    plain("comma", QStringLiteral("a,b"));
    plain("quotes", QStringLiteral("say \"hi\""));
    plain("lines", QStringLiteral("one\r\ntwo\nthree\rfour"));
    plain("spaces around", QStringLiteral(" x "));
    plain("apostrophe", QStringLiteral("'=1"));
    plain("beyond the basic plane", QStringLiteral("小白 \U0001F43B \u202Eevil"));
    plain("semicolon", QStringLiteral("a;b"));
}

void ExportTest::hostileTextStaysText() {
    QFETCH(QString, text);
    QFETCH(QString, inCsv);
    World world(currentBackend(), [&text](store::MemoryDatabase& database) {
        fill(database);
        QVERIFY(database.add(rules::User{{}, text, text, true, noonUs}).isOk());
        rules::Binding binding;
        binding.userId.value = 4;
        binding.serial = text;
        binding.nickname = text;
        binding.favorability = 777;
        binding.boundAtUs = noonUs;
        QVERIFY(database.add(binding).isOk());
        rules::LogRow row = chatRow();
        row.reason = text;
        row.eventId = text;
        row.changeValue = -2;
        row.afterValue = 8;
        row.metadata = {{"note", text.toStdString()}};
        QVERIFY(database.add(row).isOk());
    });
    ExportRequest request;
    request.devices.valueAtLeast = 777;
    const QByteArray devices = exported(world.store, request);
    for (const char* name : {"device_serial", "nickname", "username", "user_nickname"})
        QCOMPARE(column(devices, QLatin1String(name)), QStringList{inCsv});
    request.table = Table::Log;
    const QByteArray log = exported(world.store, request);
    QCOMPARE(cellsOf(log).size(), 2);
    QCOMPARE(column(log, QStringLiteral("reason")), QStringList{inCsv});
    QCOMPARE(column(log, QStringLiteral("event_id")), QStringList{inCsv});
    QCOMPARE(column(log, QStringLiteral("change_value")), QStringList{QStringLiteral("-2")}); // numbers stay numbers
    const Json metadata = Json::parse(column(log, QStringLiteral("metadata")).front().toStdString());
    QCOMPARE(QString::fromStdString(metadata["note"]), text);
}

void ExportTest::jsonHoldsTextsAsTheyAre() {
    const QString text = QStringLiteral("=\"小白\",\r\n@");
    World world(currentBackend(), [&text](store::MemoryDatabase& database) {
        fill(database);
        for (int i = 0; i < 2; ++i) {
            rules::LogRow row = chatRow();
            row.reason = text;
            row.metadata = {{"deep", {1, 2, nullptr}}};
            QVERIFY(database.add(row).isOk());
        }
    });
    ExportRequest request;
    request.table = Table::Log;
    request.format = Format::Json;
    request.log.isOldestFirst = true;
    const QByteArray file = exported(world.store, request);
    const Json rows = Json::parse(file.toStdString());
    QCOMPARE(rows.size(), size_t{2});
    QCOMPARE(file.count('\n'), 4); // a row a line
    QCOMPARE(QString::fromStdString(rows[1]["reason"]), text);
    QVERIFY((rows[1]["metadata"] == Json{{"deep", {1, 2, nullptr}}}));
    QVERIFY(rows[0]["id"] == 1 && rows[0]["change_value"] == 2);
    QVERIFY(rows[0]["event_id"].is_null() && rows[0]["operator_admin_id"].is_null());
    QVERIFY(rows[0]["created_at"] == "2026-03-01T20:00:00+08:00");
}

void ExportTest::timesAreInTheSettingsZone() {
    QCOMPARE(service::isoInZone(noonUs + 500'000, QTimeZone("Asia/Kathmandu")),
             QStringLiteral("2026-03-01T17:45:00.500000+05:45"));
    QCOMPARE(service::isoInZone(noonUs, QTimeZone("America/New_York")), QStringLiteral("2026-03-01T07:00:00-05:00"));
    QCOMPARE(service::isoInZone(noonUs + 180 * dayUs, QTimeZone("America/New_York")),
             QStringLiteral("2026-08-28T08:00:00-04:00"));
    QCOMPARE(service::isoInZone(-1, QTimeZone("UTC")), QStringLiteral("1969-12-31T23:59:59.999999+00:00"));
    QCOMPARE(service::isoInZone(noonUs, QTimeZone("Asia/Kolkata")), QStringLiteral("2026-03-01T17:30:00+05:30"));
}

void ExportTest::grantsAndCountersOfADeviceAndOfAll() {
    World world;
    service::ApplyRequest request = world.event(chat);
    request.deviceId = kiki;
    HAS_OUTCOME(world.apply(request, 2), Applied); // to level 2
    HAS_OUTCOME(world.apply(gift, 10), Applied);
    ExportRequest wanted;
    wanted.table = Table::Grants;
    QCOMPARE(exported(world.store, wanted),
             QByteArray("id,device_id,level,rewards,granted_at\r\n"
                        "1,2,2,\"[{\"\"type\"\": \"\"coin\"\", \"\"amount\"\": 20}]\",2026-03-01T20:00:00+08:00\r\n"));
    wanted.device = momo;
    QCOMPARE(column(exported(world.store, wanted), idColumn), QStringList());
    wanted.table = Table::Counters;
    QCOMPARE(exported(world.store, wanted),
             QByteArray("id,device_id,rule_id,rule_key,date,accumulated_change,trigger_count\r\n"
                        "2,1,2,gift,2026-03-01,10,1\r\n"));
    wanted.device.reset();
    QCOMPARE(column(exported(world.store, wanted), QStringLiteral("device_id")), texts({1, 2}));
    wanted.to = QDate(2026, 2, 28);
    QCOMPARE(column(exported(world.store, wanted), idColumn), QStringList());
    wanted.table = Table::Grants;
    QCOMPARE(column(exported(world.store, wanted), idColumn), QStringList());
}

void ExportTest::datesAreLocalDays() {
    World world(currentBackend(), withTenDays());
    world.editSetting({.timeZone = "Pacific/Kiritimati"}); // UTC+14: noon is 02:00 of the next day
    ExportRequest request;
    request.table = Table::Log;
    request.log.isOldestFirst = true;
    request.from = QDate(2026, 2, 28);
    request.to = QDate(2026, 3, 1);
    const QByteArray csv = exported(world.store, request);
    QCOMPARE(column(csv, idColumn), texts({8, 9}));
    QCOMPARE(column(csv, QStringLiteral("created_at")).front(), QStringLiteral("2026-02-28T02:00:00+14:00"));
    request.log.fromUs = noonUs - dayUs; // the narrower limit counts
    QCOMPARE(column(exported(world.store, request), idColumn), texts({9}));
}

void ExportTest::emptyTablesAreValid() {
    World world;
    ExportRequest request;
    request.table = Table::Log;
    QCOMPARE(cellsOf(exported(world.store, request)).size(), 1);
    request.format = Format::Json;
    QVERIFY(Json::parse(exported(world.store, request).toStdString()) == Json::array());
}

void ExportTest::progressRisesToOne() {
    World world(currentBackend(), [](store::MemoryDatabase& database) {
        fill(database);
        for (int i = 0; i < 2500; ++i) {
            rules::LogRow row = chatRow();
            row.createdAtUs += i * secondUs;
            QVERIFY(database.add(row).isOk());
        }
    });
    for (const bool isOldestFirst : {true, false}) {
        ExportRequest request;
        request.table = Table::Log;
        request.log.isOldestFirst = isOldestFirst;
        QBuffer buffer;
        buffer.open(QIODevice::WriteOnly);
        std::vector<double> shares;
        TAKE(rows, service::exportTo(buffer, world.store, request,
                                     [&shares](qint64, double share) { shares.push_back(share); }));
        QCOMPARE(rows, 2500);
        QCOMPARE(shares.size(), size_t{3});
        QVERIFY(shares[0] > 0.3 && shares[0] < 0.5 && shares[1] > shares[0] && shares[2] == 1.0);
    }
}

void ExportTest::cancelLeavesTheOldFile() {
    World world(currentBackend(), withTenDays());
    const QTemporaryDir folder;
    ExportRequest request;
    request.table = Table::Log;
    request.fileName = folder.filePath(QStringLiteral("log.csv"));
    QFile earlier(request.fileName);
    QVERIFY(earlier.open(QIODevice::WriteOnly));
    earlier.write("old");
    earlier.close();
    const std::atomic<bool> isCancelled = true;
    FAILS_WITH(Cancelled, service::exportTable(world.store, request, {}, &isCancelled));
    world.store.fail(Call::Log, base::ErrorKind::Damaged);
    FAILS_WITH(Damaged, service::exportTable(world.store, request));
    world.store.heal();
    QVERIFY(earlier.open(QIODevice::ReadOnly));
    QCOMPARE(earlier.readAll(), QByteArrayLiteral("old"));
    earlier.close();
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 1);
    TAKE(rows, service::exportTable(world.store, request));
    QCOMPARE(rows, 10);
    QVERIFY(earlier.open(QIODevice::ReadOnly));
    QCOMPARE(earlier.readAll(), exported(world.store, request));
}

void ExportTest::wrongRequestsAreRefused() {
    World world;
    const QTemporaryDir folder;
    ExportRequest request;
    request.fileName = folder.filePath(QStringLiteral("file"));
    request.device = momo;
    FAILS_WITH(InvalidInput, service::exportTable(world.store, request)); // devices by device
    request.table = Table::Grants;
    request.device = DeviceId{99};
    FAILS_WITH(NotFound, service::exportTable(world.store, request));
    request.device.reset();
    request.from = QDate(2026, 3, 2);
    request.to = QDate(2026, 3, 1);
    FAILS_WITH(InvalidInput, service::exportTable(world.store, request));
    request.to = QDate();
    FAILS_WITH(InvalidInput, service::exportTable(world.store, request));
    request.to.reset();
    world.editSetting({.timeZone = "Mars/Olympus"});
    FAILS_WITH(InvalidInput, service::exportTable(world.store, request));
    world.editSetting({.timeZone = "UTC"});
    request.fileName = folder.filePath(QStringLiteral("no such folder/file"));
    FAILS_WITH(InvalidInput, service::exportTable(world.store, request));
    QVERIFY(QDir(folder.path()).isEmpty());
}

} // namespace affinity::test
