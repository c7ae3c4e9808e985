#include "tests/ui/devices/exporter_test.h"

#include "ui/devices/devicelist.h"
#include "ui/devices/exporter.h"

#include <QApplication>
#include <QFile>
#include <QFileDialog>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

namespace affinity::test {

namespace {

QByteArrayList linesOf(const QString& fileName) {
    QFile file(fileName);
    return file.open(QIODevice::ReadOnly) ? file.readAll().split('\n') : QByteArrayList();
}

QString lastWords(const QSignalSpy& said) {
    return said.isEmpty() ? QString() : said.last().first().toString();
}

} // namespace

void ExporterTest::initTestCase() {
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    m_prototype.make(1);
}

void ExporterTest::listKeyAsksForAFileAndWritesTheFilteredView() {
    ScreenFixture fixture;
    QVERIFY(fixture.open(m_prototype));
    ui::DeviceFilter filter;
    filter.levelAtLeast = 6;
    fixture->list().setFilter(filter);
    QTRY_COMPARE_WITH_TIMEOUT(fixture->list().model().state(), ui::DeviceModel::State::Ready, screenWaitMs);
    const int shown = fixture->list().model().rowCount();
    QVERIFY(shown > 10 && shown < 100);
    fixture.child<QTableView>("deviceTable")->setFocus();
    fixture.press(Qt::Key_E, Qt::ControlModifier);
    auto* dialog = fixture.child<QFileDialog>("exportDialog");
    QVERIFY(dialog && dialog->isVisible());
    QSignalSpy said(fixture.workspace.get(), &ui::Workspace::announced);
    QSignalSpy ended(&fixture->exporter(), &ui::Exporter::finished);
    const QString file = fixture.folder.filePath(QStringLiteral("out.csv"));
    Q_EMIT dialog->fileSelected(file);
    QCOMPARE(fixture.jobs.count(), 1);
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, screenWaitMs);
    QCOMPARE(fixture.jobs.count(), 0);
    QVERIFY2(lastWords(said).startsWith(QStringLiteral("%1 rows are in ").arg(shown)), qPrintable(lastWords(said)));
    QCOMPARE(linesOf(file).size(), shown + 2); // header, rows, end
    dialog->close();
}

void ExporterTest::timelineOfAUserIsExported() {
    ScreenFixture fixture;
    QVERIFY(fixture.open(m_prototype));
    service::ExportRequest request;
    request.table = service::ExportRequest::Table::Log;
    request.format = service::ExportRequest::Format::Json;
    request.log.userId = base::UserId{1};
    request.fileName = fixture.folder.filePath(QStringLiteral("out.json"));
    QSignalSpy ended(&fixture->exporter(), &ui::Exporter::finished);
    fixture->exporter().start(request, QStringLiteral("Exporting the timeline"));
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, screenWaitMs);
    QByteArray whole;
    for (const QByteArray& line : linesOf(request.fileName))
        whole += line;
    QVERIFY(whole.contains(QByteArray::number(unboundDevice.value)));
    QVERIFY(whole.contains("daily_checkin"));
}

void ExporterTest::cancelledExportLeavesNoFile() {
    ScreenFixture fixture;
    QVERIFY(fixture.open(m_prototype));
    service::ExportRequest request;
    request.fileName = fixture.folder.filePath(QStringLiteral("out.csv"));
    QSignalSpy said(fixture.workspace.get(), &ui::Workspace::announced);
    QSignalSpy ended(&fixture->exporter(), &ui::Exporter::finished);
    // The lane for long work is busy signing in, so that the export is cancelled before its first row.
    auto signingIn = fixture.engine->signIn(QStringLiteral("nobody"), access::Secret(QByteArrayLiteral("x")));
    fixture->exporter().start(request, QStringLiteral("Exporting devices"));
    fixture.jobs.cancel(fixture.jobs.index(0).data(ui::JobList::IdRole).toLongLong());
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, screenWaitMs);
    signingIn.waitForFinished();
    QCOMPARE(lastWords(said), QStringLiteral("The export was cancelled. No file was written."));
    QVERIFY(!QFile::exists(request.fileName));
}

void ExporterTest::failureIsABannerNotAToast() {
    ScreenFixture fixture;
    QVERIFY(fixture.open(m_prototype));
    service::ExportRequest request;
    request.fileName = fixture.folder.filePath(QStringLiteral("no such folder/out.csv"));
    QSignalSpy said(fixture.workspace.get(), &ui::Workspace::announced);
    QSignalSpy ended(&fixture->exporter(), &ui::Exporter::finished);
    fixture->exporter().start(request, QStringLiteral("Exporting devices"));
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, screenWaitMs);
    const auto* banner = fixture.child<QWidget>("exportBanner");
    QVERIFY(banner && banner->isVisible());
    QCOMPARE(banner->accessibleName(), QStringLiteral("The export failed. No file was written."));
    QVERIFY(said.isEmpty());
}

} // namespace affinity::test
