// Draws every shared widget and chart into PNG files, in both themes and two window sizes, for people to look at.
#include "tests/ui/gallerypages.h"

#include "ui/charts/chartframe.h"
#include "ui/shared/style.h"
#include "ui/shared/toast.h"
#include "ui/shell/mainwindow.h"

#include <QApplication>
#include <QDir>
#include <QMouseEvent>
#include <QPushButton>
#include <QTemporaryDir>

#include <cstdio>

namespace affinity::ui::gallery {
namespace {

void settle() {
    for (int i = 0; i < 6; ++i)
        QCoreApplication::processEvents();
}

/// Puts the pointer onto a chart so that its hover box is drawn.
void hoverOver(QWidget& window, const QString& name, double share) {
    auto* chart = window.findChild<ChartFrame*>(name);
    if (chart == nullptr)
        return;
    const QRectF plot = chart->plotRect();
    const QPointF at(plot.x() + plot.width() * share, plot.center().y());
    QMouseEvent move(QEvent::MouseMove, at, chart->viewport()->mapToGlobal(at), Qt::NoButton, Qt::NoButton,
                     Qt::NoModifier);
    QCoreApplication::sendEvent(chart->viewport(), &move);
}

/// Shows the focus ring around the visible button with these words.
void focusByKeyboard(QWidget& window, const QString& words) {
    for (auto* button : window.findChildren<QPushButton*>())
        if (button->text() == words && button->isVisible())
            button->setFocus(Qt::TabFocusReason);
}

void save(QWidget& widget, const QDir& into, const QString& name) {
    settle();
    const QString path = into.filePath(name + QStringLiteral(".png"));
    if (!widget.grab().save(path))
        std::fprintf(stderr, "cannot write %s\n", qPrintable(path));
}

ConnectionState production() {
    ConnectionState state;
    state.environment = Environment::Production;
    state.storeName = QStringLiteral("affinity-prod-sh");
    state.link = LinkState::Connected;
    state.latencyText = QStringLiteral("SQL 2 ms · Redis 0.4 ms");
    state.lock = LockState::ReadOnly;
    state.operatorName = QStringLiteral("lin.yue");
    state.zone = QTimeZone("Asia/Shanghai");
    return state;
}

void drawAll(MainWindow& window, const QDir& into, const QString& suffix) {
    for (const char* id : {"devices", "simulation", "overview", "live", "settings", "adjustments"}) {
        window.showScreen(QLatin1String(id));
        settle();
        hoverOver(window, QStringLiteral("fan"), 0.66);
        hoverOver(window, QStringLiteral("valueHeat"), 0.3);
        if (QLatin1String(id) == QLatin1String("settings"))
            focusByKeyboard(window, QStringLiteral("New batch…"));
        if (QLatin1String(id) == QLatin1String("adjustments"))
            window.toasts().showToast(QStringLiteral("3 rows were exported."), QStringLiteral("Show"));
        save(window, into, QLatin1String(id) + QLatin1Char('-') + suffix);
    }
}

} // namespace
} // namespace affinity::ui::gallery

int main(int argc, char** argv) {
    using namespace affinity::ui;
    QApplication application(argc, argv);
    installStyle(application);
    const QDir into(argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral("gallery"));
    into.mkpath(QStringLiteral("."));
    QTemporaryDir scratch;
    Settings settings(scratch.filePath(QStringLiteral("settings.json")));
    JobList jobs;
    MainWindow window(settings, jobs);
    window.setScreens(
        {{QStringLiteral("overview"), QStringLiteral("Overview"), Icon::Overview, gallery::controlsPage(), false, {}},
         {QStringLiteral("devices"), QStringLiteral("Devices"), Icon::Devices, gallery::tablesPage(), false, {}},
         {QStringLiteral("simulation"),
          QStringLiteral("Simulation"),
          Icon::Simulation,
          gallery::chartsPage(),
          false,
          {}},
         {QStringLiteral("live"), QStringLiteral("Live"), Icon::Live, gallery::moreChartsPage(), false, {}},
         {QStringLiteral("adjustments"),
          QStringLiteral("Adjustments"),
          Icon::Adjustments,
          gallery::emptyPage(),
          false,
          {}},
         {QStringLiteral("settings"), QStringLiteral("Settings"), Icon::Settings, gallery::formPage(), true, {}}});
    window.setConnectionState(gallery::production());
    window.setCount(QStringLiteral("adjustments"), 3);
    const JobList::JobId job = jobs.start(QStringLiteral("Refining: 20,000 of 1,000,000 devices"), [] {});
    jobs.report(job, 0.64);
    window.show();
    for (const Theme theme : {Theme::Light, Theme::Dark}) {
        const QString name = theme == Theme::Light ? QStringLiteral("light") : QStringLiteral("dark");
        window.setThemeChoice(theme == Theme::Light ? ThemeChoice::Light : ThemeChoice::Dark);
        window.resize(1440, 900);
        gallery::drawAll(window, into, name);
        window.resize(1280, 720);
        gallery::drawAll(window, into, name + QStringLiteral("-1280x720"));
        ConnectionState unlocked = gallery::production();
        unlocked.lock = LockState::Unlocked;
        unlocked.unlockedSeconds = 702;
        const std::unique_ptr<QDialog> dialog(gallery::adjustDialog(unlocked));
        dialog->show();
        gallery::save(*dialog, into, QStringLiteral("dialog-") + name);
    }
    return 0;
}
