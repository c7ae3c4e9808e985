// Exports from the screen: the filtered view into a file, as a job that can be cancelled, with its end said.
#pragma once

#include "tests/ui/devices/screenfixture.h"

#include <QObject>

namespace affinity::test {

class ExporterTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void listKeyAsksForAFileAndWritesTheFilteredView();
    void timelineOfAUserIsExported();
    void cancelledExportLeavesNoFile();
    void failureIsABannerNotAToast();

private:
    ScreenPrototype m_prototype;
};

} // namespace affinity::test
