// affinity_shots FOLDER [PART]: pictures of every screen and dialog from the real window, in both languages and themes
// and at two sizes; with PART ("zh-1440") only those with it in their names.
#include "tests/ui/story/keyboard.h"
#include "ui/levels/levelsscreen.h"
#include "ui/overview/overviewscreen.h"
#include "ui/shared/style.h"
#include "ui/simulation/simulationscreen.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QPainter>
#include <QTest>

#include <cstdio>
#include <utility>

using namespace affinity;
using namespace affinity::test;

namespace {

struct Look {
    ui::LanguageChoice language;
    ui::ThemeChoice theme;
    QSize size;
    QString suffix;
};

/// Every look, or those whose suffix has `wanted` in it.
QList<Look> looks(const QString& wanted) {
    QList<Look> all;
    const auto add = [&](ui::LanguageChoice language, ui::ThemeChoice theme, QSize size) {
        const bool isChinese = language == ui::LanguageChoice::Chinese;
        const bool isLight = theme == ui::ThemeChoice::Light;
        const QString suffix = QStringLiteral("-%1-%2-%3x%4")
                                   .arg(isLight ? QStringLiteral("light") : QStringLiteral("dark"),
                                        isChinese ? QStringLiteral("zh") : QStringLiteral("en"))
                                   .arg(size.width())
                                   .arg(size.height());
        if (suffix.contains(wanted))
            all << Look{language, theme, size, suffix};
    };
    const QSize wide(1440, 900);
    const QSize narrow(1280, 720);
    for (const auto language : {ui::LanguageChoice::English, ui::LanguageChoice::Chinese}) {
        add(language, ui::ThemeChoice::Light, wide);
        add(language, ui::ThemeChoice::Dark, wide);
        add(language, ui::ThemeChoice::Light, narrow);
    }
    return all;
}

/// Window and dialog as one picture, as a person sees them.
void save(QWidget& window, const QString& fileName) {
    QTest::qWait(250); // animations and late answers
    QPixmap picture = window.grab();
    for (QWidget* above : {QApplication::activeModalWidget(), QApplication::activePopupWidget()}) {
        if (!above)
            continue;
        QPainter painter(&picture);
        painter.drawPixmap(above->mapToGlobal(QPoint()) - window.mapToGlobal(QPoint()), above->grab());
    }
    if (picture.save(fileName))
        std::printf("%s\n", qPrintable(fileName));
}

void shootDevices(DemoConsole& demo, const QString& name, const QString& suffix) {
    press(Qt::Key_2, Qt::ControlModifier);
    press(Qt::Key_F, Qt::ControlModifier);
    press(Qt::Key_A, Qt::ControlModifier);
    press(Qt::Key_Delete);
    press(Qt::Key_Return);
    waitFor([] { return visibleWidget(QStringLiteral("timelineTable")) != nullptr; });
    save(demo.window(), name + QStringLiteral("01-devices") + suffix);
    tabTo(QStringLiteral("timelineTable"));
    press(Qt::Key_Home, Qt::ControlModifier);
    press(Qt::Key_Space);
    waitFor([] { return visibleWidget(QStringLiteral("why")) != nullptr; });
    save(demo.window(), name + QStringLiteral("02-why") + suffix);
    press(Qt::Key_Space);
    press(Qt::Key_F, Qt::ControlModifier);
    type(QStringLiteral("no such device"));
    press(Qt::Key_Return);
    QTest::qWait(500);
    save(demo.window(), name + QStringLiteral("03-no-match") + suffix);
    press(Qt::Key_A, Qt::ControlModifier);
    press(Qt::Key_Delete);
    press(Qt::Key_Return);
    waitFor([] { return visibleWidget(QStringLiteral("timelineTable")) != nullptr; });
}

/// The page of the user whose device is shown, and the saved filters: menu, form and a filter in force.
void shootUserAndFilters(DemoConsole& demo, const QString& name, const QString& suffix) {
    press(Qt::Key_U, Qt::AltModifier);
    waitFor([] { return visibleWidget(QStringLiteral("userTimelineTable")) != nullptr; });
    save(demo.window(), name + QStringLiteral("09-user") + suffix);
    press(Qt::Key_Left, Qt::AltModifier);
    press(Qt::Key_F, Qt::ControlModifier);
    type(QStringLiteral("mo"));
    press(Qt::Key_Return);
    press(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    waitFor([] { return QApplication::activePopupWidget() != nullptr; });
    save(demo.window(), name + QStringLiteral("10-saved-filters") + suffix);
    if (QWidget* menu = QApplication::activePopupWidget()) {
        if (auto* saving = menu->findChild<QAction*>(QStringLiteral("saveCurrent")))
            saving->trigger();
        menu->close();
    }
    type(QStringLiteral("Called Mo"));
    save(demo.window(), name + QStringLiteral("11-save-filter") + suffix);
    press(Qt::Key_Return);
    save(demo.window(), name + QStringLiteral("12-filter-in-force") + suffix);
    press(Qt::Key_F, Qt::ControlModifier);
    press(Qt::Key_A, Qt::ControlModifier);
    press(Qt::Key_Delete);
    press(Qt::Key_Return);
    waitFor([] { return visibleWidget(QStringLiteral("timelineTable")) != nullptr; });
}

void shootFigures(DemoConsole& demo, const QString& name, const QString& suffix) {
    press(Qt::Key_1, Qt::ControlModifier);
    waitFor([&demo] { return demo.console().overviewScreen()->overview().has_value(); });
    save(demo.window(), name + QStringLiteral("00-overview") + suffix);
    press(Qt::Key_3, Qt::ControlModifier);
    waitFor([&demo] { return demo.console().levelsScreen()->report().has_value(); });
    save(demo.window(), name + QStringLiteral("00-levels") + suffix);
}

void shootAdjust(DemoConsole& demo, const QString& name, const QString& suffix) {
    press(Qt::Key_J, Qt::ControlModifier);
    if (!waitFor([] { return visibleWidget(QStringLiteral("amount")) != nullptr; }))
        return;
    save(demo.window(), name + QStringLiteral("04-adjust-change") + suffix);
    tabTo(QStringLiteral("amount"));
    type(QStringLiteral("340"));
    tabTo(QStringLiteral("reasonCode"));
    press(Qt::Key_Down);
    tabTo(QStringLiteral("reason"));
    type(QStringLiteral("Lost event, ticket 4711"));
    tabTo(QStringLiteral("deed"));
    press(Qt::Key_Space);
    waitFor([] { return textOf(QStringLiteral("deed")).contains(QLatin1String("340")); });
    save(demo.window(), name + QStringLiteral("05-adjust-preview") + suffix);
    tabTo(QStringLiteral("deed"));
    press(Qt::Key_Space);
    waitFor([] { return visibleWidget(QStringLiteral("copyReceipt")) != nullptr; });
    save(demo.window(), name + QStringLiteral("06-adjust-receipt") + suffix);
    press(Qt::Key_Escape);
    waitFor([] { return QApplication::activeModalWidget() == nullptr; });
    QApplication::setActiveWindow(&demo.window());
}

void shootSimulation(DemoConsole& demo, const QString& name, const QString& suffix) {
    press(Qt::Key_4, Qt::ControlModifier);
    waitFor([] { return visibleWidget(QStringLiteral("run")) != nullptr; });
    if (!visibleWidget(QStringLiteral("valueFan"))) {
        save(demo.window(), name + QStringLiteral("07-simulation-empty") + suffix);
        press(Qt::Key_R, Qt::ControlModifier);
        waitFor([] { return visibleWidget(QStringLiteral("valueFan")) != nullptr; });
    }
    save(demo.window(), name + QStringLiteral("08-simulation") + suffix);
    ui::SimulationScreen& simulation = *demo.console().simulationScreen();
    const std::pair<ui::SimulationView, const char*> views[] = {{ui::SimulationView::Rules, "rules"},
                                                                {ui::SimulationView::Rewards, "rewards"},
                                                                {ui::SimulationView::Gains, "gains"},
                                                                {ui::SimulationView::Storyline, "storyline"},
                                                                {ui::SimulationView::Scenario, "scenario"}};
    for (const auto& [view, word] : views) {
        simulation.showView(view);
        save(demo.window(), name + QStringLiteral("13-simulation-") + QString::fromLatin1(word) + suffix);
    }
}

} // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    ui::installStyle(application);
    const QString folder = QDir(QString::fromLocal8Bit(argc > 1 ? argv[1] : ".")).absolutePath() + QLatin1Char('/');
    const QString wanted = argc > 2 ? QString::fromLocal8Bit(argv[2]) : QString();
    for (const Look& look : looks(wanted)) {
        DemoConsole demo(400);
        demo.console().window().setLanguageChoice(look.language);
        demo.console().window().setThemeChoice(look.theme);
        demo.window().resize(look.size);
        if (!demo.start()) {
            std::fprintf(stderr, "the demo store did not open\n");
            return 1;
        }
        demo.window().resize(look.size);
        const QString suffix = look.suffix + QStringLiteral(".png");
        shootFigures(demo, folder, suffix);
        shootDevices(demo, folder, suffix);
        shootUserAndFilters(demo, folder, suffix);
        shootAdjust(demo, folder, suffix);
        shootSimulation(demo, folder, suffix);
    }
    return 0;
}
