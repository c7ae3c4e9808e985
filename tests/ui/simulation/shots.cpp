// simulation_shots FOLDER: pictures of every view of the simulation screen, in both themes and at two sizes.
#include "tests/ui/simulation/bench.h"
#include "ui/shared/buttons.h"
#include "ui/shared/segmentedcontrol.h"
#include "ui/shared/style.h"
#include "ui/shell/mainwindow.h"
#include "ui/simulation/draftdialog.h"
#include "ui/simulation/draftoffer.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QPainter>
#include <QTest>

#include <cstdio>

using namespace affinity;
using namespace affinity::test;
using ui::Member;
using ui::SimulationView;

namespace {

/// Drafts as programs leave them that end while they are edited.
class LeftDrafts {
public:
    LeftDrafts() {
        leave(demoFile(), 12);
        leave(QStringLiteral(":/scenarios/demo.json"), 45);
    }
    QString folder() const { return m_folder.path(); }

private:
    void leave(const QString& fileName, int cap) {
        ui::Draft draft;
        ui::DraftKeeper keeper(m_folder.path());
        keeper.follow(draft);
        QFile file(demoFile());
        if (!file.open(QIODevice::ReadOnly))
            qFatal("resources/scenarios/demo.json is missing");
        draft.open(*sim::scenarioFromText(file.readAll(), demoFile()), fileName);
        draft.setNumber({Member::DailyCap, 0, 0, {}}, cap);
        draft.setNumber({Member::Cooldown, 1, 0, {}}, 45);
        draft.setNumber({Member::LevelFrom, 3, 0, {}}, 640);
        draft.setNumber({Member::HourWeight, 1, 21, {}}, 3.5);
        draft.edit(QStringLiteral("Rows"), [](sim::Scenario& after) {
            after.ruleSet.setting.isDecayEnabled = !after.ruleSet.setting.isDecayEnabled;
            after.personas.pop_back();
            after.calendar.push_back({after.startDate.addDays(7), after.startDate.addDays(13), {}, {}, {}});
        });
    }
    QTemporaryDir m_folder;
};

class Shots {
public:
    Shots(const QString& folder, ui::ThemeChoice theme, QSize size)
        : m_settings(folder + QStringLiteral("/settings.json")), m_window(m_settings, m_bench.jobs) {
        m_prefix = folder + QLatin1Char('/');
        m_suffix = QStringLiteral("-%1-%2x%3.png")
                       .arg(theme == ui::ThemeChoice::Light ? QStringLiteral("light") : QStringLiteral("dark"))
                       .arg(size.width())
                       .arg(size.height());
        m_window.setScreens({{QStringLiteral("simulation"),
                              QStringLiteral("Simulation"),
                              ui::Icon::Simulation,
                              m_bench.screen.release(),
                              false,
                              {}}});
        m_window.setConnectionState(m_bench.workspace().connectionState());
        m_window.setThemeChoice(theme);
        m_window.resize(size);
        m_window.show();
        m_screen = m_window.findChild<ui::SimulationScreen*>();
        m_screen->openScenario(demoFile());
        wait([this] { return m_screen->draft().isOpen(); });
    }

    void shoot() {
        wait([this] { return m_screen->waitingDrafts() == 2; });
        save("a-drafts-found");
        m_window.findChild<ui::DraftOffer*>()->openDialog();
        save("b-drafts");
        m_window.findChild<ui::DraftDialog*>()->backButton()->click();
        save("c-draft");
        m_window.findChild<ui::DraftDialog*>()->cancelButton()->click();
        m_screen->keeper().discardLeftover(m_screen->keeper().leftovers().front().name);
        save("0-empty");
        m_screen->run();
        wait([this] { return m_screen->outcome() && !m_screen->isRunning(); });
        save("1-alone");
        ui::Draft& draft = m_screen->draft();
        draft.setNumber({Member::DailyCap, 0, 0, {}}, 45);
        draft.setNumber({Member::Cooldown, 0, 0, {}}, 40);
        draft.setNumber({Member::MinChange, 6, 0, {}}, -12);
        draft.setNumber({Member::LevelFrom, 5, 0, {}}, 2250);
        draft.endGesture();
        m_screen->run();
        wait([this] { return m_screen->outcome()->comparison && !m_screen->isRunning(); });
        view(SimulationView::Values, "2-values");
        view(SimulationView::Rules, "3-rules");
        view(SimulationView::Rewards, "4-rewards");
        view(SimulationView::Gains, "5-gains");
        m_screen->showDevice(m_screen->outcome()->comparison->gainers.front().device);
        QTest::qWait(600);
        save("6-storyline");
        m_screen->showView(SimulationView::Scenario);
        const char* const sections[] = {"rules", "levels", "setting", "personas", "calendar", "run"};
        for (int i = 0; i < 6; ++i) {
            m_screen->findChild<ui::SegmentedControl*>(QStringLiteral("sections"))->setCurrent(i);
            save(QByteArray("7-") + char('a' + i) + '-' + sections[i]);
        }
        m_screen->findChild<ui::SegmentedControl*>(QStringLiteral("sections"))->setCurrent(0);
        draft.setText({Member::DailyCap, 0, 0, {}}, QStringLiteral("0"));
        draft.setText({Member::Share, 1, 0, {}}, QStringLiteral("40"));
        save("8-findings");
        draft.undo();
        draft.undo();
        m_screen->leave([] {});
        QTest::qWait(200);
        save("9-discard");
        if (QWidget* dialog = QApplication::activeModalWidget())
            dialog->close();
        draft.open(draft.baseline(), draft.fileName());
    }

private:
    template<typename Condition> void wait(Condition condition) {
        if (!QTest::qWaitFor(condition, 60'000))
            qFatal("It does not come.");
    }

    void view(SimulationView shown, const char* name) {
        m_screen->showView(shown);
        save(name);
    }

    void save(const QByteArray& name) {
        QTest::qWait(250);
        QPixmap picture = m_window.grab();
        if (QWidget* dialog = QApplication::activeModalWidget()) {
            QPainter painter(&picture);
            painter.drawPixmap(dialog->mapToGlobal(QPoint()) - m_window.mapToGlobal(QPoint()), dialog->grab());
        }
        const QString fileName = m_prefix + QString::fromLatin1(name) + m_suffix;
        if (picture.save(fileName))
            std::printf("%s\n", qPrintable(fileName));
    }

    LeftDrafts m_drafts;
    Bench m_bench{m_drafts.folder()};
    ui::Settings m_settings;
    ui::MainWindow m_window;
    ui::SimulationScreen* m_screen = nullptr;
    QString m_prefix, m_suffix;
};

} // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    ui::installStyle(application);
    const QString folder = QDir(QString::fromLocal8Bit(argc > 1 ? argv[1] : ".")).absolutePath();
    for (const QSize size : {QSize(1440, 900), QSize(1280, 720)}) {
        for (const auto theme : {ui::ThemeChoice::Light, ui::ThemeChoice::Dark})
            Shots(folder, theme, size).shoot();
    }
    return 0;
}
