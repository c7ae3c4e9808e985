#include "tests/ui/overview/screens_test.h"

#include "app/demostore.h"
#include "engine/base/clock.h"
#include "tests/support/commandhost.h"
#include "ui/levels/levelsscreen.h"
#include "ui/overview/healthpanel.h"
#include "ui/overview/overviewscreen.h"
#include "ui/overview/overviewvalues.h"
#include "ui/shared/banner.h"
#include "ui/shared/kpitile.h"

#include <QApplication>
#include <QLabel>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

namespace affinity::test {

namespace {

constexpr int patienceMs = 30'000;

/// An engine on a small demo store. `isOpened` false: nothing is open, so every question is refused.
class Bench {
public:
    explicit Bench(bool isOpened = true) {
        const QString fileName = m_folder.filePath(QStringLiteral("demo.sqlite"));
        app::DemoOptions options;
        options.devices = 40;
        options.days = 20;
        options.nowUs = base::SystemClock().nowUs();
        if (const auto made = app::createDemoStore(fileName, options); !made)
            qFatal("%s", qPrintable(made.error().what));
        engine = std::make_unique<Engine>(Connection{QStringLiteral("sqlite:") + fileName});
        Opened opened;
        if (isOpened) {
            Answer<Opened> answer = engine->open();
            if (!QTest::qWaitFor([&answer] { return answer.isFinished(); }, patienceMs) || !answer.result())
                qFatal("The store does not open.");
            opened = *answer.result();
        }
        workspace = std::make_unique<ui::Workspace>(*engine, jobs, opened);
    }

    template<typename T> T answerOf(Answer<T> answer) {
        if (!QTest::qWaitFor([&answer] { return answer.isFinished(); }, patienceMs) || !answer.result())
            qFatal("No answer.");
        return *answer.result();
    }

    ui::JobList jobs;
    std::unique_ptr<Engine> engine;
    std::unique_ptr<ui::Workspace> workspace;

private:
    QTemporaryDir m_folder;
};

} // namespace

void ScreensTest::theOverviewShowsTheEnginesFigures() {
    Bench bench;
    ui::OverviewScreen screen(*bench.workspace);
    screen.resize(1264, 832);
    screen.show();
    QTRY_VERIFY_WITH_TIMEOUT(screen.overview().has_value(), patienceMs);
    service::OverviewQuery query;
    query.days = ui::daysToAsk(screen.range());
    service::Overview asked = bench.answerOf(bench.engine->overview(query));
    asked.nowUs = screen.overview()->nowUs;
    QVERIFY(*screen.overview() == asked);
    QVERIFY(asked.boundDevices > 0 && asked.days.back().activity.events > 0);
    const std::vector<ui::Kpi> kpis = ui::kpisOf(asked, screen.range());
    for (size_t i = 0; i < kpis.size(); ++i)
        QCOMPARE(screen.findChild<ui::KpiTile*>(QStringLiteral("overviewTile%1").arg(i))->kpi(), kpis[i]);
    auto* rules = screen.findChild<QTableView*>(QStringLiteral("topRules"));
    QCOMPARE(static_cast<size_t>(rules->model()->rowCount()), ui::ruleRows(asked).size());
}

void ScreensTest::theDayBeforeIsOneKeyAway() {
    Bench bench;
    ui::OverviewScreen screen(*bench.workspace);
    screen.show();
    QApplication::setActiveWindow(&screen);
    QTRY_VERIFY_WITH_TIMEOUT(screen.overview().has_value(), patienceMs);
    CommandHost commands(screen, screen.commands());
    const QDate shown = screen.overview()->shownDate;
    QTest::keyClick(&screen, Qt::Key_Left, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(screen.overview()->shownDate, shown.addDays(-1), patienceMs);
    QTest::keyClick(&screen, Qt::Key_Right, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(screen.overview()->shownDate, shown, patienceMs);
}

void ScreensTest::everyTileOpensAScreen() {
    Bench bench;
    ui::OverviewScreen screen(*bench.workspace);
    QSignalSpy screens(&screen, &ui::OverviewScreen::screenRequested);
    QSignalSpy active(&screen, &ui::OverviewScreen::activeDevicesRequested);
    for (int i = 0; i < 5; ++i) {
        screen.findChild<ui::KpiTile*>(QStringLiteral("overviewTile%1").arg(i))->click();
        QCOMPARE(screens.count() + active.count(), i + 1);
    }
}

void ScreensTest::aLevelsRowOpensItsDevices() {
    Bench bench;
    ui::LevelsScreen screen(*bench.workspace);
    screen.show();
    QTRY_VERIFY_WITH_TIMEOUT(screen.report().has_value(), patienceMs);
    const service::LevelReport& report = *screen.report();
    qint64 devices = 0;
    for (const service::LevelFigures& figures : report.levels)
        devices += figures.devices;
    QCOMPARE(devices, report.boundDevices);
    auto* table = screen.findChild<QTableView*>(QStringLiteral("levelTable"));
    QCOMPARE(static_cast<size_t>(table->model()->rowCount()), report.levels.size());
    QList<std::pair<int, std::optional<int>>> asked;
    connect(&screen, &ui::LevelsScreen::devicesRequested, this,
            [&asked](int from, std::optional<int> to) { asked << std::pair(from, to); });
    Q_EMIT table->activated(table->model()->index(1, 0));
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.front().first, report.levels[1].level.minValue);
    QCOMPARE(asked.front().second, std::optional(report.levels[2].level.minValue - 1));
}

void ScreensTest::aStoreThatDoesNotAnswerIsSaidSo() {
    Bench bench(false);
    ui::OverviewScreen screen(*bench.workspace);
    screen.show();
    QTRY_VERIFY_WITH_TIMEOUT(screen.findChild<ui::Banner*>() != nullptr, patienceMs);
    QVERIFY(!screen.overview().has_value());
}

void ScreensTest::whatTheStoreLacksIsUnderHealth() {
    const auto textsOf = [](const ui::HealthPanel& panel) {
        QStringList texts;
        for (const QLabel* label : panel.findChildren<QLabel*>())
            texts << label->text();
        return texts;
    };
    Engine engine(Connection{QStringLiteral("postgresql://nobody@localhost/none")}); // never opened
    ui::JobList jobs;
    Opened opened;
    opened.info.kind = QStringLiteral("postgresql");
    ui::Workspace whole(engine, jobs, opened);
    QVERIFY(!textsOf(ui::HealthPanel(whole)).contains(QStringLiteral("Decay")));
    opened.info.missingFeatures = {{store::Feature::Decay, QStringLiteral("setting.fade")},
                                   {store::Feature::DeviceNicknames, QStringLiteral("devices.nick")}};
    ui::Workspace lacking(engine, jobs, opened);
    const QStringList texts = textsOf(ui::HealthPanel(lacking));
    for (const char* text :
         {"Decay", "the store has no setting.fade", "Nicknames of devices", "the store has no devices.nick"})
        QVERIFY2(texts.contains(QString::fromLatin1(text)), qPrintable(texts.join(QLatin1Char('|'))));
}

} // namespace affinity::test
