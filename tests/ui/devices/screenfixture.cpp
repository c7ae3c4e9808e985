#include "tests/ui/devices/screenfixture.h"

#include "engine/base/clock.h"
#include "engine/base/isotime.h"
#include "tests/ui/devices/demostore.h"
#include "ui/devices/devicedetailview.h"
#include "ui/devices/devicelist.h"
#include "ui/devices/timelineview.h"

#include <QApplication>
#include <QFile>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>

namespace affinity::test {

namespace {

constexpr qint64 dayUs = 86'400'000'000;

bool addUnboundDevice(const QString& fileName) {
    bool isGood = false;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("fixture"));
        database.setDatabaseName(fileName);
        isGood = database.open();
        const qint64 nowUs = base::SystemClock().nowUs();
        QSqlQuery query(database);
        query.prepare(QStringLiteral(
            "INSERT INTO device_interaction_userdevice (id, device_serial, nickname, favorability, affinity_level, "
            "last_active_at, bound_at, unbound_at, user_id) VALUES (?, 'MC-OLD', 'Old Mochi', 42, 0, NULL, ?, ?, 1)"));
        query.addBindValue(unboundDevice.value);
        query.addBindValue(base::databaseTextFromTime(nowUs - 20 * dayUs));
        query.addBindValue(base::databaseTextFromTime(nowUs - 5 * dayUs));
        isGood = isGood && query.exec();
        query.prepare(QStringLiteral(
            "INSERT INTO userapp_affinitylog (rule_key, change_value, before_value, after_value, source, event_id, "
            "reason, metadata, created_at, device_id, operator_admin_id, rule_id, user_id) "
            "SELECT rule_key, 2, 40, 42, 'device_event', NULL, '', '{}', ?, ?, NULL, id, 1 FROM userapp_affinityrule "
            "WHERE rule_key = 'chat_turn'"));
        query.addBindValue(base::databaseTextFromTime(nowUs - 10 * dayUs));
        query.addBindValue(unboundDevice.value);
        isGood = isGood && query.exec();
        database.close();
    }
    QSqlDatabase::removeDatabase(QStringLiteral("fixture"));
    return isGood;
}

} // namespace

void ScreenPrototype::make(int days) {
    QVERIFY(m_folder.isValid());
    m_fileName = m_folder.filePath(QStringLiteral("prototype.sqlite"));
    QVERIFY(makeDemoStore(m_fileName, days));
    QVERIFY(addUnboundDevice(m_fileName));
}

bool ScreenFixture::open(const ScreenPrototype& prototype, QSize size) {
    const QString copy = folder.filePath(QStringLiteral("store.sqlite"));
    if (!QFile::copy(prototype.fileName(), copy))
        return false;
    engine = std::make_unique<Engine>(Connection{QStringLiteral("sqlite:") + copy, Environment::Demo});
    auto opening = engine->open();
    if (!QTest::qWaitFor([&opening] { return opening.isFinished(); }, screenWaitMs) || !opening.result())
        return false;
    workspace = std::make_unique<ui::Workspace>(*engine, jobs, *opening.result());
    screen = std::make_unique<ui::DevicesScreen>(*workspace, filtersFile());
    commands = std::make_unique<CommandHost>(*screen, screen->commands(), [this] { screen->refresh(); });
    screen->resize(size);
    screen->show();
    QApplication::setActiveWindow(screen.get());
    return QTest::qWaitFor(
        [this] {
            return screen->detail().detail().has_value() &&
                   screen->detail().timeline().model().state() == ui::TimelineModel::State::Ready;
        },
        screenWaitMs);
}

void ScreenFixture::press(Qt::Key key, Qt::KeyboardModifiers modifiers) const {
    QWidget* target = QApplication::focusWidget() ? QApplication::focusWidget() : screen.get();
    QTest::keyClick(target, key, modifiers);
}

void ScreenFixture::type(const QString& text) const {
    QTest::keyClicks(QApplication::focusWidget() ? QApplication::focusWidget() : screen.get(), text);
}

} // namespace affinity::test
