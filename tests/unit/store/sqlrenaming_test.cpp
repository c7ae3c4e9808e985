#include "tests/unit/store/sqlrenaming_test.h"

#include "engine/store/devicestatement.h"
#include "engine/store/logstatement.h"
#include "engine/store/migrations.h"
#include "engine/store/productionschema.h"
#include "engine/store/sqltokens.h"

#include <QTest>

#include <rapidcheck.h>

#include <set>

namespace affinity::test {

using store::Dialect;
using store::Renaming;
using store::SchemaShape;
using store::SqlToken;
using store::Statement;

namespace {

struct Written {
    QString name; ///< what a failure calls it
    QString text; ///< in Django's names
    Dialect dialect = Dialect::Sqlite;
};

/// Every shape that a schema with Django's names can have.
std::vector<SchemaShape> allShapes() {
    std::vector<SchemaShape> shapes;
    for (const Dialect dialect : {Dialect::Sqlite, Dialect::PostgreSql, Dialect::MariaDb}) {
        for (const bool isPrepared : {false, true}) {
            for (const bool hasDecay : {false, true}) {
                for (const bool hasGroups : {false, true}) {
                    SchemaShape shape;
                    shape.dialect = dialect;
                    shape.isPrepared = isPrepared;
                    shape.hasDecay = hasDecay;
                    shape.hasDesignerGroups = hasGroups;
                    shapes.push_back(shape);
                }
            }
        }
    }
    return shapes;
}

/// With each filter alone, and all of them.
std::vector<store::DeviceQuery> deviceQueries() {
    std::vector<store::DeviceQuery> queries(6);
    queries[1].userId = base::UserId{1};
    queries[2].text = QStringLiteral("mo");
    queries[3].valueAtLeast = 1;
    queries[3].valueAtMost = 2;
    queries[4].activeSinceUs = 1;
    queries[4].level = 1;
    queries[5].inactiveSinceUs = 1;
    queries[5].levelAtLeast = 1;
    queries[5].text = QStringLiteral("mo");
    return queries;
}

void addDeviceTexts(std::vector<Written>& texts, Dialect dialect) {
    using store::DeviceSort;
    for (store::DeviceQuery query : deviceQueries()) {
        for (const DeviceSort sort :
             {DeviceSort::Id, DeviceSort::Serial, DeviceSort::User, DeviceSort::Value, DeviceSort::LastActive}) {
            query.sort = sort;
            for (const bool isNamed : {false, true}) {
                const std::vector<qint64> named = isNamed ? std::vector<qint64>{1} : std::vector<qint64>{};
                const store::DeviceCursor cursor{QStringLiteral("1"), false, base::DeviceId{1}};
                for (const auto& from : {std::optional<store::DeviceCursor>(), std::optional(cursor)}) {
                    for (const store::BoundStatement& made :
                         store::deviceStatements(query, named, from, isNamed, 10, dialect))
                        texts.push_back({QStringLiteral("devices"), made.text, dialect});
                }
            }
        }
    }
}

/// Each text once.
std::vector<Written> withoutTwins(const std::vector<Written>& texts) {
    std::vector<Written> made;
    std::set<std::pair<QString, Dialect>> seen;
    for (const Written& written : texts) {
        if (seen.insert({written.text, written.dialect}).second)
            made.push_back(written);
    }
    return made;
}

std::vector<Written> allTexts() {
    std::vector<Written> texts;
    for (const SchemaShape& shape : allShapes()) {
        for (int number = 0; number < static_cast<int>(Statement::Count); ++number)
            texts.push_back({QStringLiteral("statement %1").arg(number),
                             store::text(static_cast<Statement>(number), shape), shape.dialect});
        store::LogQuery query;
        query.deviceId = base::DeviceId{1};
        query.userId = base::UserId{1};
        query.eventId = QStringLiteral("e");
        query.beforeId = base::LogId{9};
        query.fromUs = 1;
        query.toUs = 2;
        texts.push_back({QStringLiteral("log"), store::logStatement(query, shape).text, shape.dialect});
        texts.push_back({QStringLiteral("whole log"), store::logStatement({}, shape).text, shape.dialect});
    }
    for (const Dialect dialect : {Dialect::Sqlite, Dialect::PostgreSql, Dialect::MariaDb}) {
        addDeviceTexts(texts, dialect);
        for (const store::Migration& migration : store::migrations(dialect)) {
            for (const QString& statement : migration.statements)
                texts.push_back({migration.name, statement, dialect});
        }
    }
    return withoutTwins(texts);
}

/// Another name for everything, none of which is a word of a statement.
Renaming renamingWith(const std::function<QString()>& nextName) {
    Renaming renaming;
    for (const store::ProductionTable& table : store::productionTables()) {
        store::TableRenaming& made = renaming[table.name];
        made.name = nextName();
        for (const store::ProductionColumn& column : table.columns)
            made.columns[column.name] = nextName();
    }
    return renaming;
}

Renaming numberedRenaming() {
    return renamingWith([number = 0]() mutable { return QStringLiteral("x%1").arg(++number); });
}

Renaming reversed(const Renaming& renaming) {
    Renaming made;
    for (auto table = renaming.begin(); table != renaming.end(); ++table) {
        store::TableRenaming& back = made[table->name];
        back.name = table.key();
        for (auto column = table->columns.begin(); column != table->columns.end(); ++column)
            back.columns[*column] = column.key();
    }
    return made;
}

QString withoutNameQuotes(const QString& sql, Dialect dialect) {
    QString made;
    for (const SqlToken& token : store::sqlTokens(sql, dialect))
        made += token.kind == SqlToken::Kind::QuotedName ? token.text.mid(1, token.text.size() - 2) : token.text;
    return made;
}

QString renamedTo(const QString& sql, Dialect dialect = Dialect::PostgreSql) {
    Renaming renaming = numberedRenaming();
    renaming[QStringLiteral("userapp_affinitylog")] = {QStringLiteral("bill.Log"),
                                                       {{QStringLiteral("id"), QStringLiteral("pk")},
                                                        {QStringLiteral("level"), QStringLiteral("level")},
                                                        {QStringLiteral("device_id"), QStringLiteral("dev")},
                                                        {QStringLiteral("name"), QStringLiteral("select")}}};
    renaming[QStringLiteral("auth_group")] = {
        QStringLiteral("auth_group"),
        {{QStringLiteral("id"), QStringLiteral("gid")}, {QStringLiteral("name"), QStringLiteral("title")}}};
    return store::renamed(sql, renaming, dialect).text;
}

} // namespace

void SqlRenamingTest::tokensAreTheWholeText() {
    for (const Written& written : allTexts()) {
        QString whole;
        for (const SqlToken& token : store::sqlTokens(written.text, written.dialect))
            whole += token.text;
        QCOMPARE(whole, written.text);
    }
    for (const char* broken : {"'open", "\"open", "/* open", "-- end", "'it''s'", "a$b $1 $$", "1e5.0x", "\\", "'\\"}) {
        const QString text = QString::fromLatin1(broken);
        for (const Dialect dialect : {Dialect::Sqlite, Dialect::PostgreSql, Dialect::MariaDb}) {
            QString whole;
            for (const SqlToken& token : store::sqlTokens(text, dialect))
                whole += token.text;
            QCOMPARE(whole, text);
        }
    }
}

void SqlRenamingTest::namesAreReplacedWhereTheyMeanTheTable_data() {
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, const char* sql, const char* expected) {
        QTest::newRow(name) << QString::fromLatin1(sql) << QString::fromLatin1(expected);
    };
    row("alias", "SELECT l.id, l.other FROM userapp_affinitylog l", R"(SELECT l."pk", l.other FROM "bill"."Log" l)");
    row("alias with AS", "SELECT l.id FROM userapp_affinitylog AS l", R"(SELECT l."pk" FROM "bill"."Log" AS l)");
    row("bare", "SELECT id FROM userapp_affinitylog WHERE device_id = ?",
        R"(SELECT "pk" FROM "bill"."Log" WHERE "dev" = ?)");
    row("same name", "SELECT id, level FROM userapp_affinitylog", R"(SELECT "pk", level FROM "bill"."Log")");
    row("table before column", "SELECT userapp_affinitylog.id FROM userapp_affinitylog",
        R"(SELECT "bill"."Log"."pk" FROM "bill"."Log")");
    row("text", "SELECT 'id', 'it''s id' FROM userapp_affinitylog", R"(SELECT 'id', 'it''s id' FROM "bill"."Log")");
    row("comment", "SELECT id -- id\n/* id */ FROM userapp_affinitylog",
        "SELECT \"pk\" -- id\n/* id */ FROM \"bill\".\"Log\"");
    row("quoted", R"(SELECT "id" FROM "userapp_affinitylog")", R"(SELECT "pk" FROM "bill"."Log")");
    row("output name", "SELECT id AS name FROM userapp_affinitylog", R"(SELECT "pk" AS name FROM "bill"."Log")");
    row("function", "SELECT name(id) FROM userapp_affinitylog", R"(SELECT name("pk") FROM "bill"."Log")");
    row("insert", "INSERT INTO userapp_affinitylog (id, name) VALUES (?, ?) RETURNING id",
        R"(INSERT INTO "bill"."Log" ("pk", "select") VALUES (?, ?) RETURNING "pk")");
    row("conflict",
        "INSERT INTO userapp_affinitylog (id) VALUES (?) ON CONFLICT (id) DO UPDATE SET name = excluded.name",
        R"(INSERT INTO "bill"."Log" ("pk") VALUES (?) ON CONFLICT ("pk") DO UPDATE SET "select" = excluded."select")");
    row("insert of a select", "INSERT INTO userapp_affinitylog (id, name) SELECT id, name FROM auth_group",
        R"(INSERT INTO "bill"."Log" ("pk", "select") SELECT "gid", "title" FROM auth_group)");
    row("update", "UPDATE userapp_affinitylog SET name = coalesce(?, name) WHERE id = ?",
        R"(UPDATE "bill"."Log" SET "select" = coalesce(?, "select") WHERE "pk" = ?)");
    row("union", "SELECT id FROM userapp_affinitylog UNION SELECT id FROM auth_group",
        R"(SELECT "pk" FROM "bill"."Log" UNION SELECT "gid" FROM auth_group)");
    row("inner select", "SELECT name FROM auth_group WHERE id IN (SELECT device_id FROM userapp_affinitylog)",
        R"(SELECT "title" FROM auth_group WHERE "gid" IN (SELECT "dev" FROM "bill"."Log"))");
    row("outer alias",
        "SELECT g.id FROM auth_group g WHERE EXISTS (SELECT 1 FROM userapp_affinitylog l "
        "WHERE l.id = g.id)",
        R"(SELECT g."gid" FROM auth_group g WHERE EXISTS (SELECT 1 FROM "bill"."Log" l WHERE l."pk" = g."gid"))");
    row("derived", "SELECT v.id FROM (SELECT id AS id FROM auth_group) v",
        R"(SELECT v.id FROM (SELECT "gid" AS id FROM auth_group) v)");
    row("console's table", "SELECT id, name FROM affinity_console_x WHERE id IN (SELECT id FROM auth_group)",
        R"(SELECT id, name FROM affinity_console_x WHERE id IN (SELECT "gid" FROM auth_group))");
    row("foreign key", "CREATE TABLE affinity_console_x (id int, name int REFERENCES auth_group (id))",
        R"(CREATE TABLE affinity_console_x (id int, name int REFERENCES auth_group ("gid")))");
    row("grant", "GRANT SELECT, UPDATE (name, level) ON userapp_affinitylog TO support",
        R"(GRANT SELECT, UPDATE ("select", level) ON "bill"."Log" TO support)");
    row("several", "SELECT id FROM auth_group; SELECT id FROM userapp_affinitylog; SELECT id",
        R"(SELECT "gid" FROM auth_group; SELECT "pk" FROM "bill"."Log"; SELECT id)");
    row("other table", "SELECT id, name FROM somewhere", "SELECT id, name FROM somewhere");
    row("no table", "BEGIN ISOLATION LEVEL READ COMMITTED", "BEGIN ISOLATION LEVEL READ COMMITTED");
    row("list of tables", "TRUNCATE userapp_affinitylog, auth_group", R"(TRUNCATE "bill"."Log", auth_group)");
}

void SqlRenamingTest::namesAreReplacedWhereTheyMeanTheTable() {
    QFETCH(QString, sql);
    QFETCH(QString, expected);
    QCOMPARE(renamedTo(sql), expected);
}

void SqlRenamingTest::namesAreQuotedAsEachDialectQuotes() {
    const QString sql = QStringLiteral("SELECT l.id FROM userapp_affinitylog l WHERE l.x = \"id\"");
    QCOMPARE(renamedTo(sql, Dialect::MariaDb),
             QStringLiteral("SELECT l.`pk` FROM `bill`.`Log` l WHERE l.x = \"id\"")); // a text there
    QCOMPARE(renamedTo(sql, Dialect::Sqlite), QStringLiteral("SELECT l.`pk` FROM `bill`.`Log` l WHERE l.x = `pk`"));
}

void SqlRenamingTest::columnOfSeveralTablesIsDoubtful_data() {
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QStringList>("doubtful");
    const auto row = [](const char* name, const char* sql, const QStringList& doubtful) {
        QTest::newRow(name) << QString::fromLatin1(sql) << doubtful;
    };
    const QStringList id{QStringLiteral("id")};
    row("two tables", "SELECT id FROM auth_group g JOIN auth_user u ON g.id = u.id", id);
    row("of one of two", "SELECT group_id FROM auth_user_groups m JOIN auth_user u ON m.user_id = u.id", {});
    row("beside the console's", "SELECT id FROM auth_group g JOIN affinity_console_x x ON x.y = g.id", id);
    row("beside a derived one", "SELECT id FROM (SELECT 1 AS y) v", id);
    row("beside a function", "SELECT id FROM json_each(?) e JOIN auth_group g ON g.id = e.value", id);
    row("qualified", "SELECT g.id FROM auth_group g JOIN auth_user u ON g.id = u.id", {});
}

void SqlRenamingTest::columnOfSeveralTablesIsDoubtful() {
    QFETCH(QString, sql);
    QFETCH(QStringList, doubtful);
    QCOMPARE(store::renamed(sql, numberedRenaming(), Dialect::PostgreSql).doubtful, doubtful);
}

void SqlRenamingTest::missingNicknameReadsAsEmpty() {
    SchemaShape shape;
    shape.hasDeviceNicknames = false;
    QVERIFY(store::hasOtherNames(shape));
    QCOMPARE(store::inNamesOf(shape, QStringLiteral("SELECT d.nickname, u.nickname, d . nickname FROM "
                                                    "device_interaction_userdevice d JOIN userapp_paradiseuser u "
                                                    "ON u.id = d.user_id WHERE lower(d.nickname) LIKE ?")),
             QStringLiteral("SELECT '', u.nickname,   '' FROM device_interaction_userdevice d "
                            "JOIN userapp_paradiseuser u ON u.id = d.user_id WHERE lower('') LIKE ?"));
    shape.hasUserNicknames = false;
    QCOMPARE(store::inNamesOf(shape, QStringLiteral("SELECT nickname FROM userapp_paradiseuser")),
             QStringLiteral("SELECT '' FROM userapp_paradiseuser"));
}

void SqlRenamingTest::djangosNamesKeepEveryText() {
    const Renaming same = store::renamingOf({});
    for (const Written& written : allTexts())
        QCOMPARE(store::renamed(written.text, same, written.dialect).text, written.text);
    QVERIFY(!store::hasOtherNames({}));
}

void SqlRenamingTest::noStatementIsDoubtful() {
    for (const Written& written : allTexts()) {
        const store::RenamedSql made = store::renamed(written.text, numberedRenaming(), written.dialect);
        QVERIFY2(made.doubtful.isEmpty(),
                 qPrintable(QStringLiteral("%1: put the table before %2 in\n%3")
                                .arg(written.name, made.doubtful.join(QStringLiteral(", ")), written.text)));
    }
}

/// What may stay: an output's name, a derived table's columns, and columns of tables that are not Django's.
void SqlRenamingTest::noStatementKeepsDjangosNames() {
    const Renaming renaming = numberedRenaming();
    QSet<QString> djangos;
    for (auto table = renaming.begin(); table != renaming.end(); ++table)
        djangos << table.key();
    for (const char* name :
         {"device_id", "user_id", "rule_id", "rule_key", "change_value", "created_at", "favorability", "affinity_level",
          "granted_at", "rewards", "min_value", "event_id", "metadata"})
        djangos << QString::fromLatin1(name);
    for (const Written& written : allTexts()) {
        if (written.name == QLatin1String("001_production_tables"))
            continue; // it makes Django's tables
        if (std::none_of(renaming.keyBegin(), renaming.keyEnd(),
                         [&](const QString& table) { return written.text.contains(table); }))
            continue; // of the console's own tables alone, whose columns may be called like Django's
        const QString renamed = store::renamed(written.text, renaming, written.dialect).text;
        QStringView previous;
        for (const SqlToken& token : store::sqlTokens(renamed, written.dialect)) {
            const bool isOfDerived = written.text.contains(QLatin1String(") v ")) && previous == QLatin1String(".");
            const bool isDjangos = token.kind == SqlToken::Kind::Word && djangos.contains(token.text.toString());
            QVERIFY2(!isDjangos || previous == QLatin1String("AS") || isOfDerived,
                     qPrintable(written.name + QStringLiteral(": ") + written.text));
            if (token.kind != SqlToken::Kind::Space)
                previous = token.text;
        }
    }
}

void SqlRenamingTest::randomNamesLeadThereAndBack() {
    const std::vector<Written> texts = allTexts();
    QVERIFY(rc::check("renaming back gives the text", [&] {
        // Another length for each name; the start keeps them apart from aliases and words.
        int number = 0;
        const Renaming there = renamingWith([&] {
            const QString ending = QString(*rc::gen::inRange(0, 9), *rc::gen::element(u'_', u'$', u'Z', u'q'));
            return QStringLiteral("z%1%2").arg(++number).arg(ending);
        });
        const Renaming back = reversed(there);
        for (int i = 0; i < 30; ++i) {
            const Written written = *rc::gen::elementOf(texts);
            const QString renamed = store::renamed(written.text, there, written.dialect).text;
            const QString returned = store::renamed(renamed, back, written.dialect).text;
            RC_ASSERT(withoutNameQuotes(returned, written.dialect) == withoutNameQuotes(written.text, written.dialect));
        }
    }));
}

} // namespace affinity::test
