// affinity_shots FOLDER [PART]: pictures of every screen, dialog and state of the real window, in both languages and
// themes and at two sizes; with PART ("dark-zh-1440") only the looks with it in their names.
#include "engine/base/log.h"
#include "tests/ui/story/tour.h"
#include "ui/shared/style.h"

#include <QApplication>
#include <QDir>
#include <QIcon>
#include <QPainter>

#include <cstdio>

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
        for (const auto theme : {ui::ThemeChoice::Light, ui::ThemeChoice::Dark}) {
            add(language, theme, wide);
            add(language, theme, narrow);
        }
    }
    return all;
}

/// Window and dialog as one picture, as a person sees them.
void save(QWidget& window, const QString& fileName) {
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

} // namespace

int main(int argc, char** argv) {
    base::installLog();
    QApplication application(argc, argv);
    QCoreApplication::setApplicationVersion(QStringLiteral(AFFINITY_VERSION));
    QApplication::setWindowIcon(QIcon(QStringLiteral(WINDOW_ICON)));
    ui::installStyle(application);
    const QString folder = QDir(QString::fromLocal8Bit(argc > 1 ? argv[1] : ".")).absolutePath() + QLatin1Char('/');
    const QString wanted = argc > 2 ? QString::fromLocal8Bit(argv[2]) : QString();
    for (const Look& look : looks(wanted)) {
        const auto dress = [&look](app::Console& console) {
            console.window().setLanguageChoice(look.language);
            console.window().setThemeChoice(look.theme);
            console.window().resize(look.size);
        };
        const auto nameOf = [&](const QString& state) { return folder + state + look.suffix + QStringLiteral(".png"); };
        DemoConsole demo(400);
        dress(demo.console());
        if (!demo.start()) {
            std::fprintf(stderr, "the demo store did not open\n");
            return 1;
        }
        demo.window().resize(look.size);
        const bool isWhole =
            takeTour(demo, [&](const QString& state, QWidget& window) { save(window, nameOf(state)); }) &&
            visitOtherStores(dress, [&](const QString& state, QWidget& window) {
                window.resize(look.size);
                save(window, nameOf(state));
            });
        if (!isWhole) {
            std::fprintf(stderr, "some state did not come; the pictures end before it\n");
            return 1;
        }
    }
    return 0;
}
