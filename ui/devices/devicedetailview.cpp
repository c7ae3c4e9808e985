#include "ui/devices/devicedetailview.h"

#include "ui/devices/capspanel.h"
#include "ui/devices/detailtables.h"
#include "ui/devices/deviceheader.h"
#include "ui/devices/devicetext.h"
#include "ui/devices/loadingpage.h"
#include "ui/devices/missingpanel.h"
#include "ui/devices/timelineview.h"
#include "ui/devices/valuepanel.h"
#include "ui/shared/buttons.h"
#include "ui/shared/emptystate.h"
#include "ui/shared/formatting.h"
#include "ui/shared/keysinforce.h"
#include "ui/shared/panel.h"
#include "ui/shared/segmentedcontrol.h"
#include "ui/shared/tablesetup.h"
#include "ui/workspace/errortext.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QTableView>
#include <QTimer>
#include <QVBoxLayout>

namespace affinity::ui {

namespace {

constexpr int middleHeight = 268;
constexpr int middleHeightCompact = 164;
constexpr int capsWidth = 288;
constexpr int capsWidthCompact = 272;

enum Tab { TimelineTab, GrantsTab, CountersTab, MissingTab };

} // namespace

DeviceDetailView::DeviceDetailView(Workspace& workspace, QWidget* parent)
    : QStackedWidget(parent),
      m_workspace(workspace),
      m_slow(new QTimer(this)),
      m_header(new DeviceHeader(workspace)),
      m_values(new ValuePanel(workspace)),
      m_caps(new CapsPanel(workspace.zone())),
      m_middle(new QWidget),
      m_tabs(new SegmentedControl({tr("Timeline"), tr("Grants"), tr("Daily counters")}, tr("Device records"))),
      m_pages(new QStackedWidget),
      m_timeline(new TimelineView(workspace)),
      m_grants(new GrantModel(workspace.zone(), this)),
      m_counters(new CounterModel(workspace.ruleSet().rules, this)),
      m_missing(new MissingPanel(workspace)) {
    setObjectName(QStringLiteral("deviceDetail"));
    addWidget(inPanel(
        new EmptyState(Icon::Devices, tr("No device is chosen"),
                       tr("Choose one in the list, or search by binding, serial, user, event id or nickname."))));
    addWidget(loadingPage(tr("Loading the device")));
    addWidget(makeContent());
    m_slow->setSingleShot(true);
    m_slow->setInterval(loadingShownAfterMs);
    connect(m_slow, &QTimer::timeout, this, [this] { setCurrentIndex(LoadingPage); });
    connect(m_header, &DeviceHeader::copyRequested, this, &DeviceDetailView::copySnapshot);
    connect(m_header, &DeviceHeader::userRequested, this, &DeviceDetailView::userRequested);
    connect(m_header, &DeviceHeader::backRequested, this, &DeviceDetailView::backRequested);
    connect(m_header, &DeviceHeader::adjustRequested, this, [this] {
        if (m_detail)
            Q_EMIT adjustRequested(*m_detail);
    });
    connect(m_timeline, &TimelineView::reverseRequested, this, [this](const rules::LogRow& row) {
        if (m_detail && row.deviceId == m_detail->device.binding.id)
            Q_EMIT reverseRequested(*m_detail, row);
    });
    connect(m_timeline, &TimelineView::exportRequested, this, &DeviceDetailView::exportRequested);
    connect(m_caps, &CapsPanel::expired, this, &DeviceDetailView::refresh);
}

QWidget* DeviceDetailView::makeContent() {
    auto* content = new QWidget;
    auto* rows = new QVBoxLayout(content);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(measure::panelGap);
    auto* middle = new QHBoxLayout(m_middle);
    middle->setContentsMargins(0, 0, 0, 0);
    middle->setSpacing(measure::panelGap);
    middle->addWidget(m_values, 1);
    middle->addWidget(m_caps);
    m_middle->setFixedHeight(middleHeight);
    m_caps->setFixedWidth(capsWidth);
    rows->addWidget(m_header);
    rows->addWidget(m_middle);
    rows->addWidget(makeLowerPanel(), 1);
    return content;
}

QWidget* DeviceDetailView::makeLowerPanel() {
    auto* panel = new ui::Panel;
    panel->setFlushBody();
    panel->setAccessibleName(tr("Device records"));
    auto* head = new QHBoxLayout;
    head->setContentsMargins(measure::pageEdge - 1, 8, 8, 6);
    head->setSpacing(6);
    m_tabs->setObjectName(QStringLiteral("recordTabs"));
    auto* missing = new Button(tr("Why did nothing come?"), ButtonKind::Quiet, Icon::Help);
    missing->setObjectName(QStringLiteral("askMissing"));
    missing->setToolTip(tr("Explains what an event would have met at a time you choose."));
    head->addWidget(m_tabs);
    head->addStretch(1);
    head->addWidget(missing);
    head->addWidget(m_timeline->makeExportButton());
    panel->body()->addLayout(head);
    m_pages->addWidget(m_timeline);
    m_pages->addWidget(makeTable(*m_grants, "grantTable"));
    m_pages->addWidget(makeTable(*m_counters, "counterTable"));
    m_pages->addWidget(m_missing);
    panel->body()->addWidget(m_pages, 1);
    connect(m_tabs, &SegmentedControl::currentChanged, this, &DeviceDetailView::showTab);
    setCommand(*missing, QStringLiteral("devices.missing"));
    connect(missing, &QPushButton::clicked, this, &DeviceDetailView::toggleMissing);
    connect(m_missing, &MissingPanel::closed, this, [this] {
        showTab(m_tabs->current());
        m_pages->currentWidget()->setFocus();
    });
    return panel;
}

void DeviceDetailView::toggleMissing() {
    const bool isShown = m_pages->currentIndex() == MissingTab;
    showTab(isShown ? m_tabs->current() : static_cast<int>(MissingTab));
    if (!isShown)
        m_missing->setFocus();
}

void DeviceDetailView::showRecords(int tab) {
    m_tabs->setCurrent(tab);
    showTab(tab);
    m_pages->currentWidget()->setFocus(Qt::OtherFocusReason);
}

QTableView* DeviceDetailView::makeTable(QAbstractItemModel& model, const char* objectName) {
    auto* table = new QTableView;
    table->setObjectName(QLatin1String(objectName));
    table->setModel(&model);
    if (&model == m_grants)
        setUpTable(*table, {{180}, {240, true}, {180}}, RowHeight::Normal, tr("Grants"));
    else
        setUpTable(*table, {{136}, {200, true}, {96}, {96}}, RowHeight::Normal, tr("Daily counters"));
    table->horizontalHeader()->setSectionsClickable(false);
    return table;
}

void DeviceDetailView::showTab(int tab) {
    m_pages->setCurrentIndex(tab);
}

void DeviceDetailView::setCompact(bool isCompact) {
    m_header->setCompact(isCompact);
    m_values->setCompact(isCompact);
    m_caps->setCompact(isCompact);
    m_caps->setFixedWidth(isCompact ? capsWidthCompact : capsWidth);
    m_middle->setFixedHeight(isCompact ? middleHeightCompact : middleHeight);
}

void DeviceDetailView::setBackText(const QString& where) {
    m_header->setBackText(where);
}

void DeviceDetailView::showDevice(base::DeviceId id) {
    m_device = id;
    refresh();
}

void DeviceDetailView::refresh() {
    if (!m_device.isValid())
        return;
    const bool isShown = currentIndex() == ContentPage && m_detail && m_detail->device.binding.id == m_device;
    if (!isShown)
        m_slow->start();
    m_request.ask(this, m_workspace.engine().device(m_device),
                  [this](const base::Result<service::DeviceDetail>& answer) { receive(answer); });
}

void DeviceDetailView::receive(const base::Result<service::DeviceDetail>& answer) {
    m_slow->stop();
    if (!answer) {
        showError(answer.error());
        return;
    }
    m_workspace.noteStoreTime(answer->atUs);
    const bool isOther = !m_detail || m_detail->device.binding.id != answer->device.binding.id;
    m_detail = *answer;
    if (isOther) {
        m_report.reset();
        m_header->setReconciled(std::nullopt);
    }
    fill();
    setCurrentIndex(ContentPage);
    reconcile();
    Q_EMIT deviceRead(m_detail->device);
}

void DeviceDetailView::fill() {
    m_header->setDetail(*m_detail);
    m_values->setDetail(*m_detail);
    m_caps->setDetail(*m_detail);
    m_grants->setDetail(*m_detail);
    m_counters->setDetail(*m_detail);
    m_tabs->setCount(GrantsTab, static_cast<int>(m_detail->grants.size()));
    m_timeline->show(m_detail->device.binding.id, m_detail->atUs);
    m_missing->setDevice(m_detail->device.binding.id, m_detail->atUs);
}

void DeviceDetailView::reconcile() {
    m_reconcileRequest.ask(this, m_workspace.engine().reconcile(m_device),
                           [this](const base::Result<service::ReconcileReport>& answer) {
                               m_report = answer ? std::optional(*answer) : std::nullopt;
                               m_header->setReconciled(answer);
                           });
}

void DeviceDetailView::showError(const base::Error& error) {
    if (m_error) {
        removeWidget(m_error);
        m_error->deleteLater(); // its own button may be what asked
    }
    m_detail.reset();
    m_error = inPanel(new EmptyState(
        Icon::Error, tr("The device cannot be read"), visibleText(errorText(error)),
        {{Icon::Refresh, tr("Try again"), {}, {}, [this] { refresh(); }, QStringLiteral("window.refresh")}}));
    m_error->setObjectName(QStringLiteral("detailError"));
    addWidget(m_error);
    setCurrentWidget(m_error);
}

void DeviceDetailView::copySnapshot() {
    if (!m_detail)
        return;
    QGuiApplication::clipboard()->setText(snapshotText(*m_detail, m_report, m_workspace.zone()));
    m_workspace.announce(tr("The snapshot of %1 is on the clipboard.").arg(nicknameText(m_detail->device.binding)));
}

} // namespace affinity::ui
