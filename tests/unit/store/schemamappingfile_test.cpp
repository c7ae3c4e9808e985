#include "tests/unit/store/schemamappingfile_test.h"

#include "engine/base/json.h"
#include "engine/store/productionschema.h"
#include "engine/store/schemamapping.h"

#include <QFile>
#include <QTest>

namespace affinity::test {

using store::SchemaMapping;

namespace {

const QString log = QStringLiteral("userapp_affinitylog");

base::Result<SchemaMapping> readMapping(const QByteArray& members) {
    return store::schemaMappingFromText(R"({"format": "affinity-schema-mapping", "version": 1)" + members + "}",
                                        QStringLiteral("names.json"));
}

} // namespace

void SchemaMappingFileTest::namesAreRead() {
    const auto mapping = readMapping(R"(,
        "tables": {"userapp_affinitylog": "billing.Affinity$Log", "auth_user": "staff"},
        "columns": {"userapp_affinitylog": {"created_at": "order", "id": "_pk"}})");
    QVERIFY2(mapping.isOk(), qPrintable(mapping ? QString() : mapping.error().what));
    QVERIFY(!store::isEmpty(*mapping));
    QCOMPARE(store::physicalTable(*mapping, log), QStringLiteral("billing.Affinity$Log"));
    QCOMPARE(store::physicalTable(*mapping, QStringLiteral("auth_user")), QStringLiteral("staff"));
    QCOMPARE(store::physicalColumn(*mapping, log, QStringLiteral("created_at")), QStringLiteral("order"));
    QCOMPARE(store::physicalColumn(*mapping, log, QStringLiteral("id")), QStringLiteral("_pk"));
    QCOMPARE(store::schemaOf(store::physicalTable(*mapping, log)), QStringLiteral("billing"));
    QCOMPARE(store::schemaOf(QStringLiteral("staff")), QString());
}

void SchemaMappingFileTest::namesThatAreDjangosOwnAreNoMapping() {
    const auto mapping = readMapping(R"(, "tables": {"auth_user": "auth_user"},
        "columns": {"auth_user": {"id": "id"}, "auth_group": {}})");
    QVERIFY(mapping.isOk());
    QVERIFY(store::isEmpty(*mapping));
    QCOMPARE(*mapping, SchemaMapping{});
}

void SchemaMappingFileTest::whatIsNotListedHasDjangosName() {
    const auto mapping = readMapping(R"(, "columns": {"userapp_affinitylog": {"id": "pk"}})");
    QVERIFY(mapping.isOk());
    QCOMPARE(store::physicalTable(*mapping, log), log);
    QCOMPARE(store::physicalColumn(*mapping, log, QStringLiteral("reason")), QStringLiteral("reason"));
    QCOMPARE(store::physicalColumn(*mapping, QStringLiteral("auth_user"), QStringLiteral("id")), QStringLiteral("id"));
}

void SchemaMappingFileTest::columnsMayChangePlaces() {
    const auto mapping = readMapping(
        R"(, "columns": {"userapp_affinitylog": {"before_value": "after_value", "after_value": "before_value"}})");
    QVERIFY(mapping.isOk());
    QCOMPARE(store::physicalColumn(*mapping, log, QStringLiteral("before_value")), QStringLiteral("after_value"));
}

void SchemaMappingFileTest::mistakeIsNamedWithItsLine_data() {
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, const QByteArray& members, const char* expected) {
        QTest::newRow(name) << members << QString::fromLatin1(expected);
    };
    const auto tables = [](const QByteArray& content) { return ",\n\"tables\": {\n" + content + "}"; };
    const auto columns = [](const QByteArray& content) {
        return ",\n\"columns\": {\"userapp_affinitylog\": {\n" + content + "}}";
    };
    row("unknown table", tables(R"("userapp_affinitylogs": "x")"), "line 3, tables.userapp_affinitylogs: is no table");
    row("unknown column", columns(R"("created": "x")"), "created: is no column of userapp_affinitylog");
    row("column of another table", columns(R"("granted_at": "x")"), "line 3, columns.userapp_affinitylog.granted_at");
    row("columns of an unknown table", ",\n\"columns\": {\"x\": {}}", "line 2, columns.x: is no table");
    row("unknown member", R"(, "table": {})", "table");
    row("table of the console", tables(R"("affinity_console_log_note": "x")"), "is no table that the console reads");
    row("named as the console's", tables(R"("auth_user": "Affinity_Console_log_note")"), "console's own tables");
    row("in a schema as the console's", tables(R"("auth_user": "x.affinity_console_log_note")"), "own tables");
    row("injection", tables(R"("auth_user": "x; DROP TABLE y")"), "is no name of a table");
    row("quote", columns(R"("id": "a\"b")"), "is no name of a column");
    row("digit in front", columns(R"("id": "1a")"), "is no name of a column");
    row("accent", columns("\"id\": \"caf\xc3\xa9\""), "is no name of a column");
    row("dot in a column", columns(R"("id": "a.b")"), "is no name of a column");
    row("two dots", tables(R"("auth_user": "a.b.c")"), "is no name of a table");
    row("dot at the end", tables(R"("auth_user": "a.")"), "is no name of a table");
    row("empty", columns(R"("id": "")"), "line 3, columns.userapp_affinitylog.id");
    row("too long", columns(R"("id": ")" + QByteArray(64, 'a') + R"(")"), "line 3, columns.userapp_affinitylog.id");
    row("too long a table", tables(R"("auth_user": ")" + QByteArray(64, 'a') + R"(")"), "is no name of a table");
    row("number", columns(R"("id": 5)"), "line 3");
    row("tables as a list", ",\n\"tables\": []", "line 2");
    row("two tables of one name", tables("\"auth_user\": \"x\",\n\"auth_group\": \"x\""), "is the name of auth_user");
    row("table named as another", tables(R"("auth_user": "auth_group")"), "\"auth_group\" is the name of auth_group");
    row("two columns of one name", columns("\"id\": \"x\",\n\"reason\": \"x\""), "\"x\" is the name of id, too");
    row("column named as another", columns(R"("before_value": "after_value")"), "is the name of after_value, too");
    row("given twice", columns("\"id\": \"x\",\n\"id\": \"y\""), "line 4");
}

void SchemaMappingFileTest::mistakeIsNamedWithItsLine() {
    QFETCH(QByteArray, members);
    QFETCH(QString, expected);
    const auto mapping = readMapping(members);
    QVERIFY(!mapping);
    QVERIFY(mapping.error().kind == base::ErrorKind::InvalidInput);
    QVERIFY2(mapping.error().what.startsWith(QLatin1String("names.json, line ")), qPrintable(mapping.error().what));
    QVERIFY2(mapping.error().what.contains(expected), qPrintable(mapping.error().what));
}

void SchemaMappingFileTest::missingFileIsNamed() {
    const auto mapping = store::loadSchemaMapping(QStringLiteral("no/such/file.json"));
    QVERIFY(!mapping);
    QVERIFY(mapping.error().kind == base::ErrorKind::InvalidInput);
    QVERIFY(mapping.error().what.contains(QLatin1String("no/such/file.json")));
}

void SchemaMappingFileTest::publishedSchemaListsTheTables() {
    QFile file(QStringLiteral(AFFINITY_SCHEMAS "/affinity-schema-mapping.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const base::Json schema = base::Json::parse(file.readAll().toStdString());
    for (const char* member : {"tables", "columns"}) {
        QStringList listed;
        for (const auto& [name, value] : schema["properties"][member]["properties"].items())
            listed << QString::fromStdString(name);
        QStringList expected;
        for (const store::ProductionTable& table : store::productionTables())
            expected << table.name;
        QCOMPARE(listed, expected);
    }
}

} // namespace affinity::test
