#include "ui/devices/devicesscreen.h"

#include "ui/devices/devicedetailview.h"
#include "ui/devices/devicelist.h"
#include "ui/shared/buttons.h"
#include "ui/shared/panel.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QShortcut>
#include <QVBoxLayout>

namespace affinity::ui {

namespace {
constexpr int lowWindow = 800; // px of window height under which the detail is compact
}

DevicesScreen::DevicesScreen(Workspace& workspace, QWidget* parent)
    : QWidget(parent), m_list(new DeviceList(workspace)), m_detail(new DeviceDetailView(workspace)) {
    setObjectName(QStringLiteral("devicesScreen"));
    setAccessibleName(tr("Devices"));
    auto* head = new PageHead(tr("Devices"));
    auto* again = new IconButton(Icon::Refresh, tr("Refresh (F5)"));
    again->setObjectName(QStringLiteral("refreshDevices"));
    head->addAction(again);
    auto* columns = new QHBoxLayout;
    columns->setSpacing(measure::panelGap);
    columns->addWidget(m_list);
    columns->addWidget(m_detail, 1);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(measure::pageEdge, 0, measure::pageEdge, measure::pageEdge);
    rows->setSpacing(0);
    rows->addWidget(head);
    rows->addLayout(columns, 1);

    connect(again, &QToolButton::clicked, this, &DevicesScreen::refresh);
    connect(m_list, &DeviceList::deviceChosen, m_detail, &DeviceDetailView::showDevice);
    connect(m_detail, &DeviceDetailView::deviceRead, this,
            [this](const store::DeviceRow& row) { m_list->model().patch(row); });
    connect(m_detail, &DeviceDetailView::userRequested, this, &DevicesScreen::showUser);
    connect(m_detail, &DeviceDetailView::adjustRequested, this, &DevicesScreen::adjustRequested);
    connect(m_detail, &DeviceDetailView::reverseRequested, this, &DevicesScreen::reverseRequested);
    connect(&workspace.engine(), &Engine::applied, this, &DevicesScreen::onApplied);
    auto* find = new QShortcut(QKeySequence::Find, this);
    find->setContext(Qt::WidgetWithChildrenShortcut);
    connect(find, &QShortcut::activated, m_list, &DeviceList::focusSearch);
}

void DevicesScreen::showDevice(base::DeviceId id) {
    m_list->select(id);
    m_detail->showDevice(id);
}

void DevicesScreen::refresh() {
    m_list->refresh();
    m_detail->refresh();
}

void DevicesScreen::onApplied(const service::ApplyResult& result, base::DeviceId device) {
    if (result.outcome != rules::Outcome::Applied)
        return;
    m_list->model().patchValue(device, result.afterValue, result.newLevel);
    if (device == m_detail->device())
        m_detail->refresh();
}

void DevicesScreen::showUser(base::UserId id) {
    DeviceFilter filter;
    filter.userId = id;
    filter.withUnbound = true;
    m_list->setFilter(filter);
}

void DevicesScreen::fitWindow() {
    m_list->setNarrow(window()->width() < measure::railCollapsesBelow);
    m_detail->setCompact(window()->height() < lowWindow);
}

void DevicesScreen::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fitWindow();
}

/// Not a shortcut: the window has F5 for its current screen, and two of one key would both fall silent.
void DevicesScreen::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_F5)
        refresh();
    else
        QWidget::keyPressEvent(event);
}

void DevicesScreen::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    fitWindow();
}

} // namespace affinity::ui
