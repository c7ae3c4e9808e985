#include "tests/support/testmain.h"
#include "tests/ui/devices/bindingmodel_test.h"
#include "tests/ui/devices/course_test.h"
#include "tests/ui/devices/detailtables_test.h"
#include "tests/ui/devices/devicefilter_test.h"
#include "tests/ui/devices/devicemodel_test.h"
#include "tests/ui/devices/devicesscreen_test.h"
#include "tests/ui/devices/devicetext_test.h"
#include "tests/ui/devices/exporter_test.h"
#include "tests/ui/devices/savedfilterbar_test.h"
#include "tests/ui/devices/savedfilters_test.h"
#include "tests/ui/devices/timelinemodel_test.h"
#include "tests/ui/devices/userpage_test.h"
#include "tests/ui/devices/whytext_test.h"
#include "ui/shared/style.h"

#include <QApplication>

int main(int argumentCount, char** arguments) {
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argumentCount, arguments);
    affinity::ui::installStyle(application);
    affinity::ui::applyTheme(application, affinity::ui::Theme::Light);
    using namespace affinity::test;
    return runAll(argumentCount, arguments,
                  {testClass<DeviceFilterTest>(), testClass<DeviceModelTest>(), testClass<TimelineModelTest>(),
                   testClass<DetailTablesTest>(), testClass<DeviceTextTest>(), testClass<WhyTextTest>(),
                   testClass<BindingModelTest>(), testClass<SavedFiltersTest>(), testClass<DevicesScreenTest>(),
                   testClass<UserPageTest>(), testClass<SavedFilterBarTest>(), testClass<ExporterTest>(),
                   testClass<CourseTest>()});
}
