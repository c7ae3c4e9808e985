#include "ui/devices/deviceheader.h"

#include "ui/devices/devicetext.h"
#include "ui/shared/buttons.h"
#include "ui/shared/formatting.h"
#include "ui/shared/keysinforce.h"
#include "ui/shared/levelblock.h"
#include "ui/shared/tag.h"
#include "ui/shared/textlabel.h"
#include "ui/workspace/errortext.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace affinity::ui {

namespace {

LevelStanding standingOf(const service::DeviceDetail& detail) {
    const rules::LevelProgress& progress = detail.progress;
    LevelStanding standing;
    standing.value = detail.device.binding.favorability;
    standing.ceiling = detail.setting.maxAffinity;
    standing.current = {progress.level, progress.levelName, progress.levelMinValue};
    if (progress.nextLevel)
        standing.next = LevelRef{*progress.nextLevel, progress.nextLevelName, progress.nextMinValue};
    standing.highestLevel = detail.levels.empty() ? 6 : detail.levels.back().level;
    return standing;
}

TextLabel* idLabel(const char* objectName) {
    auto* label = new TextLabel({}, TextStyle::Caption, TextTone::Secondary);
    label->setObjectName(QLatin1String(objectName));
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

DeviceHeader::DeviceHeader(Workspace& workspace, QWidget* parent)
    : Panel(parent),
      m_workspace(workspace),
      m_back(new IconButton(Icon::ChevronLeft, tr("Back"))),
      m_name(new TextLabel({}, TextStyle::Title)),
      m_reconciled(new Tag(tr("Checking…"))),
      m_unbound(new Tag(tr("Unbound"), Tone::Warn, Icon::Unlink)),
      m_copy(new Button(tr("Copy snapshot"), ButtonKind::Normal, Icon::Copy)),
      m_adjust(new Button(tr("Adjust…"), ButtonKind::Normal, Icon::PlusMinus)),
      m_binding(idLabel("bindingId")),
      m_serial(idLabel("serial")),
      m_bound(idLabel("boundDate")),
      m_user(new Button({}, ButtonKind::Link)),
      m_obstacle(new TextLabel({}, TextStyle::Caption, TextTone::Muted)),
      m_findingLine(new QWidget),
      m_finding(new TextLabel({}, TextStyle::Caption, TextTone::Danger)),
      m_level(new LevelBlock) {
    setObjectName(QStringLiteral("deviceHeader"));
    setAccessibleName(tr("Device"));
    body()->addLayout(makeTitleLine());
    body()->addSpacing(2);
    body()->addLayout(makeIdLine());
    auto* finding = new QHBoxLayout(m_findingLine);
    finding->setContentsMargins(0, 4, 0, 0);
    finding->setSpacing(6);
    finding->addWidget(new IconLabel(Icon::Error, TextTone::Danger, measure::iconSmall));
    m_finding->setObjectName(QStringLiteral("finding"));
    m_finding->setElided(true);
    finding->addWidget(m_finding, 1);
    m_findingLine->hide();
    body()->addWidget(m_findingLine);
    body()->addSpacing(6);
    body()->addWidget(m_level);
    setCompact(false);
    connect(m_back, &QToolButton::clicked, this, &DeviceHeader::backRequested);
    connect(m_copy, &QPushButton::clicked, this, &DeviceHeader::copyRequested);
    connect(m_adjust, &QPushButton::clicked, this, &DeviceHeader::adjustRequested);
    connect(m_user, &QPushButton::clicked, this, [this] { Q_EMIT userRequested(m_detail.device.binding.userId); });
    connect(&workspace, &Workspace::sessionChanged, this, &DeviceHeader::refreshObstacle);
    refreshObstacle();
}

QLayout* DeviceHeader::makeTitleLine() {
    m_name->setObjectName(QStringLiteral("deviceName"));
    m_name->setElided(true);
    m_name->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    m_reconciled->setObjectName(QStringLiteral("reconciledTag"));
    m_copy->setObjectName(QStringLiteral("copySnapshot"));
    m_copy->setToolTip(tr("Copies this device as plain text"));
    setCommand(*m_copy, QStringLiteral("devices.copySnapshot"));
    m_adjust->setObjectName(QStringLiteral("adjust"));
    setCommand(*m_adjust, QStringLiteral("devices.adjust"));
    m_unbound->hide();
    m_back->setObjectName(QStringLiteral("deviceBack"));
    setCommand(*m_back, QStringLiteral("devices.back"));
    m_back->hide();
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_back);
    row->addWidget(m_name);
    row->addSpacing(4);
    row->addWidget(m_reconciled);
    row->addWidget(m_unbound);
    row->addStretch(1);
    row->addWidget(m_copy);
    row->addWidget(m_adjust);
    return row;
}

QLayout* DeviceHeader::makeIdLine() {
    m_user->setObjectName(QStringLiteral("userLink"));
    m_user->setToolTip(tr("Opens the page of this user"));
    setCommand(*m_user, QStringLiteral("devices.user"));
    m_user->setFont(ui::font(TextStyle::Caption));
    m_user->setFixedHeight(22);
    m_obstacle->setObjectName(QStringLiteral("adjustObstacle"));
    m_obstacle->setElided(true);
    m_obstacle->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto* row = new QHBoxLayout;
    row->setSpacing(20);
    row->addWidget(m_binding);
    row->addWidget(m_serial);
    row->addWidget(m_user);
    row->addWidget(m_bound);
    row->addWidget(m_obstacle, 1);
    return row;
}

void DeviceHeader::setCompact(bool isCompact) {
    setBodyMargins({measure::pageEdge, isCompact ? 8 : 12, measure::pageEdge, isCompact ? 4 : 8});
    m_level->setCompact(isCompact);
}

void DeviceHeader::setBackText(const QString& where) {
    m_back->setVisible(!where.isEmpty());
    m_back->setName(tr("Back to %1").arg(where));
}

void DeviceHeader::refreshObstacle() {
    const QString obstacle = m_workspace.writeObstacle();
    m_adjust->setBlocked(obstacle);
    m_adjust->setSymbol(obstacle.isEmpty() ? Icon::PlusMinus : Icon::Lock);
    if (obstacle.isEmpty())
        m_adjust->setToolTip(tr("Previews and makes an adjustment"));
    m_obstacle->setText(obstacle);
}

void DeviceHeader::setDetail(const service::DeviceDetail& detail) {
    m_detail = detail;
    const rules::Binding& binding = detail.device.binding;
    m_name->setText(nicknameText(binding));
    setAccessibleDescription(m_name->text());
    m_binding->setText(tr("Binding %1").arg(binding.id.value));
    m_serial->setText(tr("Serial %1").arg(dataText(binding.serial)));
    m_user->setText(tr("User %1").arg(binding.userId.value));
    m_user->setAccessibleName(tr("User %1, open the page").arg(binding.userId.value));
    m_bound->setText(tr("Bound %1").arg(dateText(binding.boundAtUs, m_workspace.zone())));
    m_unbound->setVisible(!binding.isActive());
    if (binding.unboundAtUs)
        m_unbound->setFact(tr("Unbound %1").arg(dateText(*binding.unboundAtUs, m_workspace.zone())), Tone::Warn,
                           Icon::Unlink);
    m_level->setStanding(standingOf(detail));
}

void DeviceHeader::setReconciled(const std::optional<base::Result<service::ReconcileReport>>& answer) {
    m_finding->clear();
    m_reconciled->setToolTip({});
    if (!answer) {
        m_reconciled->setFact(tr("Checking…"), Tone::Neutral);
    } else if (!*answer) {
        m_reconciled->setFact(tr("Not checked"), Tone::Warn, Icon::Warning);
        m_reconciled->setToolTip(visibleText(errorText(answer->error())));
    } else if ((*answer)->findings.empty()) {
        m_reconciled->setFact(tr("Reconciled"), Tone::Ok, Icon::Check);
        m_reconciled->setToolTip(
            tr("%1 log rows were folded: value, level, grants and counters agree.").arg(numberText((*answer)->rows)));
    } else {
        const std::vector<service::Finding>& findings = (*answer)->findings;
        const QString count = numberText(static_cast<qint64>(findings.size()));
        m_reconciled->setFact(findings.size() == 1 ? tr("1 finding") : tr("%1 findings").arg(count), Tone::Danger,
                              Icon::Error);
        m_finding->setText(visibleText(engineText(findings.front().what)));
    }
    m_findingLine->setHidden(m_finding->text().isEmpty());
}

} // namespace affinity::ui
