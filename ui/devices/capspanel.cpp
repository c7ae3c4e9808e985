#include "ui/devices/capspanel.h"

#include "ui/shared/capbar.h"
#include "ui/shared/formatting.h"
#include "ui/shared/textlabel.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <cstdlib>

namespace affinity::ui {

namespace {

constexpr size_t compactCaps = 3;
constexpr qint64 secondUs = 1'000'000;

/// A daily cap that a single event fills says "done", not "used up".
bool isFilledByOneEvent(const rules::Rule& rule) {
    return rule.minChange > 0 && std::min(rule.minChange, rule.singleCap) >= rule.dailyCap;
}

std::vector<CapUse> capsOf(const service::DeviceDetail& detail) {
    std::vector<CapUse> caps{{CapsPanel::tr("All rules, points gained"), detail.globalUsedToday,
                              detail.setting.globalDailyCap, false, false}};
    for (const service::RuleUse& use : detail.ruleUses)
        caps.push_back(
            {visibleText(use.rule.key), use.usedToday, use.rule.dailyCap, true, isFilledByOneEvent(use.rule)});
    return caps;
}

} // namespace

CapsPanel::CapsPanel(const QTimeZone& zone, QWidget* parent)
    : Panel(tr("Caps today"), {}, parent),
      m_zone(zone),
      m_bars(new CapBars),
      m_scroll(new QScrollArea),
      m_facts(new QWidget),
      m_factRows(new QVBoxLayout(m_facts)),
      m_tick(new QTimer(this)) {
    setObjectName(QStringLiteral("capsPanel"));
    setBodyMargins({measure::pageEdge, 2, 4, 8});
    auto* inside = new QWidget;
    auto* column = new QVBoxLayout(inside);
    column->setContentsMargins(0, 0, 12, 0); // room for the scroll bar
    column->setSpacing(0);
    column->addWidget(m_bars);
    column->addStretch(1);
    m_scroll->setObjectName(QStringLiteral("capList"));
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::TabFocus);
    m_scroll->setAccessibleName(tr("Caps today"));
    m_scroll->viewport()->setAutoFillBackground(false);
    inside->setAutoFillBackground(false);
    m_scroll->setWidget(inside);
    inside->setAutoFillBackground(false); // setWidget() switches it on
    m_factRows->setContentsMargins(0, 0, 12, 0);
    m_factRows->setSpacing(4);
    body()->addWidget(m_scroll, 1);
    body()->addWidget(m_facts);
    m_tick->setInterval(1000);
    connect(m_tick, &QTimer::timeout, this, &CapsPanel::countDown);
}

void CapsPanel::setDetail(const service::DeviceDetail& detail) {
    m_detail = detail;
    m_since.start();
    setCaption(tr("resets %1").arg(timeOfDayText(detail.dayEndsUs, m_zone).left(5)));
    refresh();
}

void CapsPanel::setCompact(bool isCompact) {
    if (m_isCompact == isCompact)
        return;
    m_isCompact = isCompact;
    refresh();
}

void CapsPanel::addFact(Icon icon, const QString& name, TextLabel* value) {
    auto* line = new QWidget;
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(new IconLabel(icon, TextTone::Muted, measure::iconSmall));
    auto* label = new TextLabel(name, TextStyle::Caption, TextTone::Secondary);
    label->setElided(true);
    row->addWidget(label, 1);
    row->addWidget(value);
    m_factRows->addWidget(line);
}

void CapsPanel::refresh() {
    std::vector<CapUse> caps = capsOf(m_detail);
    if (m_isCompact && caps.size() > compactCaps)
        caps.resize(compactCaps);
    m_bars->setCompact(m_isCompact);
    m_bars->setCaps(std::move(caps));
    while (QLayoutItem* item = m_factRows->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_cooldowns.clear();
    m_factRows->addWidget(new Hairline);
    m_factRows->addSpacing(m_isCompact ? 0 : 4);
    for (const service::RuleUse& use : m_detail.ruleUses) {
        if (use.cooldownLeftUs <= 0)
            continue;
        auto* left = new TextLabel({}, TextStyle::Strong);
        m_cooldowns.push_back({use.cooldownLeftUs, left});
        addFact(Icon::Clock, tr("%1 cooldown").arg(visibleText(use.rule.key)), left);
    }
    if (m_cooldowns.empty())
        addFact(Icon::Clock, tr("Cooldowns"), new TextLabel(tr("none running"), TextStyle::Strong));
    if (!m_isCompact) {
        const QString when =
            m_detail.nextDecay ? tr("%1, if idle").arg(dayText(*m_detail.nextDecay)) : tr("none ahead");
        addFact(Icon::ArrowDown, tr("Next decay"), new TextLabel(when, TextStyle::Strong));
    }
    m_tick->start();
    countDown();
}

void CapsPanel::countDown() {
    const qint64 passedUs = m_since.isValid() ? m_since.nsecsElapsed() / 1000 : 0;
    bool isExpired = m_detail.dayEndsUs > 0 && m_detail.atUs + passedUs >= m_detail.dayEndsUs;
    for (const Cooldown& cooldown : m_cooldowns) {
        const qint64 leftUs = cooldown.leftUs - passedUs;
        isExpired = isExpired || leftUs <= 0;
        cooldown.left->setText(
            tr("%1 left").arg(countdownText((std::max<qint64>(0, leftUs) + secondUs - 1) / secondUs)));
    }
    if (!isExpired)
        return;
    m_tick->stop();
    Q_EMIT expired();
}

} // namespace affinity::ui
