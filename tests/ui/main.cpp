// Runs the tests of ui/shared, ui/charts and ui/shell.
#include "tests/ui/testlist.h"

#include "ui/shared/style.h"

#include <QApplication>
#include <QLocale>
#include <QtTest>

int main(int argc, char** argv) {
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    affinity::ui::installStyle(application);
    affinity::ui::applyTheme(application, affinity::ui::Theme::Light);
    using namespace affinity::ui::tests;
    int failures = 0;
    for (const auto& make :
         {formattingTest, decimateTest, themeTest, delegateTest, tableExportTest, widgetsTest, chartsTest,
          chartsInputTest, settingsTest, chartsKindsTest, shellTest, commandsTest, paletteTest}) {
        const std::unique_ptr<QObject> test = make();
        failures += QTest::qExec(test.get(), argc, argv);
    }
    return failures == 0 ? 0 : 1;
}
