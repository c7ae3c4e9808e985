#include "ui/devices/devicesscreen.h"

#include "ui/devices/devicedetailview.h"
#include "ui/devices/devicelist.h"
#include "ui/devices/exporter.h"
#include "ui/devices/savedfilterbar.h"
#include "ui/devices/timelinetable.h"
#include "ui/devices/timelineview.h"
#include "ui/devices/userpage.h"
#include "ui/shared/banner.h"
#include "ui/shared/buttons.h"
#include "ui/shared/keysinforce.h"
#include "ui/shared/panel.h"
#include "ui/shared/splitter.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace affinity::ui {

namespace {
constexpr int lowWindow = 800;        // px of window height under which the detail is compact
constexpr int listWidth = 440;        // px, in wide windows, until the user changes it
constexpr size_t longestHistory = 50; // jumps
} // namespace

DevicesScreen::DevicesScreen(Workspace& workspace, const QString& savedFiltersFile, QWidget* parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_savedFilters(savedFiltersFile, builtInFilters(workspace.ruleSet())),
      m_banners(new BannerStack),
      m_list(new DeviceList(workspace, m_savedFilters)),
      m_pages(new QStackedWidget),
      m_detail(new DeviceDetailView(workspace)),
      m_userPage(new UserPage(workspace)) {
    setObjectName(QStringLiteral("devicesScreen"));
    setAccessibleName(tr("Devices"));
    auto* head = new PageHead(tr("Devices"));
    auto* again = new IconButton(Icon::Refresh, tr("Refresh"));
    again->setObjectName(QStringLiteral("refreshDevices"));
    auto* save = new Button(tr("Export devices…"), ButtonKind::Normal, Icon::Export);
    save->setObjectName(QStringLiteral("exportDevices"));
    save->setToolTip(tr("Writes all devices that fit search and filters, in their order, into a file"));
    setCommand(*save, QStringLiteral("devices.export"));
    setCommand(*again, QStringLiteral("window.refresh"));
    head->addAction(save);
    head->addAction(again);
    connect(save, &QPushButton::clicked, this, &DevicesScreen::exportDevices);
    connect(again, &QToolButton::clicked, this, &DevicesScreen::refresh);
    m_pages->addWidget(m_detail);
    m_pages->addWidget(m_userPage);
    m_columns = new Splitter(Qt::Horizontal, QStringLiteral("devicesSplitter"));
    m_columns->addWidget(m_list);
    m_columns->addWidget(m_pages);
    m_columns->setStretchFactor(1, 1);
    m_columns->setDefaultSizes({listWidth, 3 * listWidth});
    m_columns->setHandleName(tr("Width of the device list (arrow keys)"));
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(measure::pageEdge, 0, measure::pageEdge, measure::pageEdge);
    rows->setSpacing(0);
    rows->addWidget(head);
    m_banners->layout()->setContentsMargins(0, 0, 0, measure::panelGap);
    rows->addWidget(m_banners);
    rows->addWidget(m_columns, 1);
    connectParts();
    setExporter(std::make_unique<Exporter>(workspace));
    if (const SavedFilters::Problem& problem = m_savedFilters.problem(); !problem.isEmpty())
        showFault(QStringLiteral("savedFilters"), Tone::Warn, problem.what, problem.meaning);
}

void DevicesScreen::connectParts() {
    connect(m_list, &DeviceList::deviceChosen, this, [this](base::DeviceId id) {
        m_history.clear();
        go({id, {}});
    });
    connect(m_list, &DeviceList::userRequested, this, &DevicesScreen::openUser);
    connect(&m_list->savedFilters(), &SavedFilterBar::failed, this,
            [this](const QString& what, const QString& meaning) {
                showFault(QStringLiteral("savedFilters"), Tone::Warn, what, meaning);
            });
    connect(m_detail, &DeviceDetailView::deviceRead, this,
            [this](const store::DeviceRow& row) { m_list->model().patch(row); });
    connect(m_detail, &DeviceDetailView::userRequested, this, &DevicesScreen::openUser);
    connect(m_detail, &DeviceDetailView::backRequested, this, &DevicesScreen::goBack);
    connect(m_detail, &DeviceDetailView::adjustRequested, this, &DevicesScreen::adjustRequested);
    connect(m_detail, &DeviceDetailView::reverseRequested, this, &DevicesScreen::reverseRequested);
    connect(m_userPage, &UserPage::backRequested, this, &DevicesScreen::goBack);
    connect(m_userPage, &UserPage::deviceRequested, this, &DevicesScreen::openDevice);
    connect(m_userPage, &UserPage::listRequested, m_list, &DeviceList::showBindingsOf);
    connect(m_detail, &DeviceDetailView::exportRequested, this, &DevicesScreen::exportTimeline);
    connect(m_userPage, &UserPage::exportRequested, this, &DevicesScreen::exportTimeline);
    connect(&m_workspace.engine(), &Engine::applied, this, &DevicesScreen::onApplied);
}

DevicesScreen::~DevicesScreen() = default;

void DevicesScreen::setExporter(std::unique_ptr<Exporter> exporter) {
    m_exporter = std::move(exporter);
    connect(m_exporter.get(), &Exporter::failed, this, [this](const QString& what, const QString& meaning) {
        showFault(QStringLiteral("export"), Tone::Danger, what, meaning);
    });
}

DevicesState DevicesScreen::takeState() {
    DevicesState state{m_list->view(), place(), m_history, std::move(m_exporter)};
    state.exporter->disconnect(this);
    return state;
}

void DevicesScreen::setState(DevicesState state) {
    setExporter(std::move(state.exporter));
    m_list->setView(state.view);
    m_history = std::move(state.history);
    if (!state.place.user.isValid() && !state.place.device.isValid())
        return;
    if (state.place.device.isValid())
        m_list->select(state.place.device);
    go(state.place);
}

bool DevicesScreen::isUserShown() const {
    return m_pages->currentWidget() == m_userPage;
}

DevicesScreen::Place DevicesScreen::place() const {
    return isUserShown() ? Place{{}, m_userPage->user()} : Place{m_detail->device(), {}};
}

void DevicesScreen::go(const Place& target) {
    QString back;
    if (!m_history.empty()) {
        const Place& last = m_history.back();
        back = last.user.isValid() ? tr("user %1").arg(last.user.value) : tr("device %1").arg(last.device.value);
    }
    if (target.user.isValid()) {
        m_userPage->setBackText(back);
        m_userPage->showUser(target.user);
        m_pages->setCurrentWidget(m_userPage);
    } else {
        m_detail->setBackText(back);
        m_detail->showDevice(target.device);
        m_pages->setCurrentWidget(m_detail);
    }
}

void DevicesScreen::showDevice(base::DeviceId id) {
    m_history.clear();
    m_list->select(id);
    go({id, {}});
}

void DevicesScreen::openUser(base::UserId id) {
    const Place from = place();
    if (from.user != id && (from.user.isValid() || from.device.isValid()))
        m_history.push_back(from);
    if (m_history.size() > longestHistory)
        m_history.erase(m_history.begin());
    go({{}, id});
    m_userPage->focusBindings();
}

void DevicesScreen::openDevice(base::DeviceId id) {
    m_history.push_back(place());
    m_list->select(id);
    go({id, {}});
    m_detail->timeline().table().setFocus(Qt::OtherFocusReason);
}

void DevicesScreen::goBack() {
    if (m_history.empty())
        return;
    const Place target = m_history.back();
    m_history.pop_back();
    if (!target.user.isValid())
        m_list->select(target.device);
    go(target);
    if (target.user.isValid())
        m_userPage->focusBindings();
    else
        m_detail->timeline().table().setFocus(Qt::OtherFocusReason);
}

void DevicesScreen::refresh() {
    m_list->refresh();
    if (isUserShown())
        m_userPage->refresh();
    else
        m_detail->refresh();
}

void DevicesScreen::onApplied(const service::ApplyResult& result, base::DeviceId device) {
    if (result.outcome != rules::Outcome::Applied)
        return;
    m_list->model().patchValue(device, result.afterValue, result.newLevel);
    if (isUserShown())
        m_userPage->refresh();
    else if (device == m_detail->device())
        m_detail->refresh();
}

/// The question of the list as it stands, so that "7 days" counts back from the same moment.
void DevicesScreen::exportDevices() {
    m_exporter->askDevices(m_list->model().query(), this);
}

void DevicesScreen::exportTimeline(const store::LogQuery& query) {
    const QString name = query.userId
                             ? QStringLiteral("timeline-user-%1").arg(query.userId->value)
                             : QStringLiteral("timeline-%1").arg(query.deviceId.value_or(base::DeviceId{}).value);
    m_exporter->askTimeline(query, name, this);
}

void DevicesScreen::showFault(const QString& cause, Tone tone, const QString& what, const QString& meaning) {
    BannerText text;
    text.tone = tone;
    text.what = what;
    text.meaning = meaning;
    text.isDismissible = true;
    m_banners->show(cause, text)->setObjectName(cause + QStringLiteral("Banner"));
}

void DevicesScreen::fitWindow() {
    const bool isNarrow = window()->width() < measure::railCollapsesBelow;
    if (isNarrow != m_isNarrow) {
        m_isNarrow = isNarrow;
        m_list->setNarrow(isNarrow);
        m_columns->fit();
    }
    m_detail->setCompact(window()->height() < lowWindow);
}

void DevicesScreen::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fitWindow();
}

void DevicesScreen::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    fitWindow();
}

} // namespace affinity::ui
