#include "tests/support/testmain.h"
#include "tests/ui/simulation/draft_test.h"
#include "tests/ui/simulation/draftfile_test.h"
#include "tests/ui/simulation/editor_test.h"
#include "tests/ui/simulation/keeper_test.h"
#include "tests/ui/simulation/screen_test.h"
#include "tests/ui/simulation/summary_test.h"
#include "ui/shared/style.h"

#include <QApplication>

using namespace affinity::test;

int main(int argumentCount, char** arguments) {
    if (const auto status = runEditingChild(argumentCount, arguments))
        return *status;
    QApplication application(argumentCount, arguments);
    affinity::ui::installStyle(application);
    affinity::ui::applyTheme(application, affinity::ui::Theme::Light);
    return runAll(argumentCount, arguments,
                  {testClass<DraftTest>(), testClass<SummaryTest>(), testClass<ScreenTest>(), testClass<EditorTest>(),
                   testClass<DraftFileTest>(), testClass<KeeperTest>()});
}
