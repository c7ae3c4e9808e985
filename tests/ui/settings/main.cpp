// Runs the tests of the Settings screen.
#include "tests/ui/settings/recentitems_test.h"
#include "tests/ui/settings/settingsscreen_test.h"
#include "ui/shared/style.h"

#include <QApplication>
#include <QTest>

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    affinity::ui::installStyle(application);
    affinity::ui::applyTheme(application, affinity::ui::Theme::Light);
    affinity::test::RecentItemsTest recent;
    affinity::test::SettingsScreenTest screen;
    return QTest::qExec(&recent, argc, argv) + QTest::qExec(&screen, argc, argv);
}
