#include "ui/shell/statusbar.h"

#include "ui/shared/buttons.h"
#include "ui/shared/formatting.h"
#include "ui/shared/progress.h"
#include "ui/shared/textlabel.h"
#include "ui/shell/jobs.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>

namespace affinity::ui {
namespace {

TextLabel* caption() {
    return new TextLabel({}, TextStyle::Caption, TextTone::Secondary);
}

} // namespace

StatusBar::StatusBar(JobList& jobs, QWidget* parent)
    : QWidget(parent),
      m_jobs(jobs),
      m_linkIcon(new IconLabel(Icon::Clock, TextTone::Muted, measure::iconSmall)),
      m_link(caption()),
      m_latency(caption()),
      m_lockIcon(new IconLabel(Icon::Lock, TextTone::Muted, measure::iconSmall)),
      m_lock(caption()),
      m_operator(new Button({}, ButtonKind::Quiet, Icon::User)),
      m_jobTitle(caption()),
      m_jobLine(new ProgressLine),
      m_jobCancel(new Button({}, ButtonKind::Link)),
      m_moreJobs(new Button({}, ButtonKind::Link)),
      m_theme(new IconButton(Icon::Sun, {})),
      m_language(new Button({}, ButtonKind::Quiet)),
      m_perspective(new Button({}, ButtonKind::Quiet, Icon::Eye)),
      m_zone(caption()) {
    setObjectName(QStringLiteral("statusBar"));
    setFixedHeight(measure::statusBar);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(measure::pageEdge, 1, measure::pageEdge, 0);
    row->setSpacing(6);
    const auto add = [row](QWidget* icon, QWidget* words) {
        if (icon != nullptr)
            row->addWidget(icon);
        row->addWidget(words);
        words->setContentsMargins(0, 0, 14, 0); // the gap goes when the words are hidden
    };
    add(m_linkIcon, m_link);
    add(nullptr, m_latency);
    add(m_lockIcon, m_lock);
    m_operator->setObjectName(QStringLiteral("operator"));
    m_operator->setFixedHeight(22);
    connect(m_operator, &QPushButton::clicked, this, &StatusBar::operatorPressed);
    row->addWidget(m_operator);
    row->addStretch(1);
    m_jobTitle->setElided(true);
    m_jobTitle->setAlignment(Qt::AlignRight);
    m_jobLine->setFixedWidth(120);
    m_jobTitle->setObjectName(QStringLiteral("jobTitle"));
    m_jobCancel->setObjectName(QStringLiteral("cancelJob"));
    m_theme->setObjectName(QStringLiteral("themeButton"));
    m_jobCancel->setFixedHeight(22);
    m_moreJobs->setFixedHeight(22);
    m_theme->setFixedSize(24, 24);
    m_language->setObjectName(QStringLiteral("languageButton"));
    m_language->setFixedHeight(22);
    m_perspective->setObjectName(QStringLiteral("perspectiveButton"));
    m_perspective->setFixedHeight(22);
    row->addWidget(m_jobTitle, 4);
    row->addSpacing(6);
    row->addWidget(m_jobLine);
    row->addWidget(m_jobCancel);
    row->addWidget(m_moreJobs);
    row->addSpacing(6);
    row->addWidget(m_perspective);
    row->addWidget(m_theme);
    row->addWidget(m_language);
    row->addWidget(m_zone);
    connect(&jobs, &JobList::changed, this, &StatusBar::refreshJobs);
    connect(m_jobCancel, &QPushButton::clicked, this, [this] {
        if (m_jobs.count() > 0)
            m_jobs.cancel(m_jobs.index(0).data(JobList::IdRole).toLongLong());
    });
    connect(m_moreJobs, &QPushButton::clicked, this, &StatusBar::openJobMenu);
    retranslate();
}

void StatusBar::retranslate() {
    m_jobCancel->setText(tr("Cancel"));
    m_jobLine->setAccessibleName(ProgressLine::tr("Progress"));
    m_operator->setToolTip(tr("Sign in as somebody else"));
    setState(m_state);
    refreshJobs();
}

void StatusBar::setState(const ConnectionState& state) {
    m_state = state;
    const bool isLost = state.link == LinkState::Lost;
    const bool isConnected = state.link == LinkState::Connected;
    m_linkIcon->setIcon(isLost        ? Icon::Unlink
                        : isConnected ? Icon::CheckCircle
                                      : Icon::Clock,
                        isLost        ? TextTone::Danger
                        : isConnected ? TextTone::Ok
                                      : TextTone::Muted);
    m_link->setText(linkText(state));
    m_link->setTone(isLost ? TextTone::Danger : TextTone::Secondary);
    m_latency->setText(state.latencyText);
    m_latency->setVisible(!state.latencyText.isEmpty() && !m_isNarrow);
    const bool isUnlocked = state.lock == LockState::Unlocked;
    m_lockIcon->setIcon(lockIcon(state), isUnlocked ? TextTone::Warn : TextTone::Muted);
    m_lock->setText(lockText(state));
    m_lock->setTone(isUnlocked ? TextTone::Warn : TextTone::Secondary);
    m_operator->setText(visibleText(state.operatorName, 40).replace(QLatin1Char('&'), QStringLiteral("&&")));
    m_operator->setVisible(!state.operatorName.isEmpty());
    m_zone->setText(tr("Times in %1").arg(zoneText(state.zone, QDateTime::currentMSecsSinceEpoch() * 1000)));
}

void StatusBar::setNarrow(bool isNarrow) {
    m_isNarrow = isNarrow;
    setState(m_state);
}

void StatusBar::refreshJobs() {
    const int running = m_jobs.count();
    const bool isBusy = running > 0;
    const QModelIndex first = m_jobs.index(0);
    const bool isCancelling = isBusy && first.data(JobList::IsCancellingRole).toBool();
    m_jobTitle->setVisible(isBusy);
    m_jobLine->setVisible(isBusy);
    m_jobCancel->setVisible(isBusy && first.data(JobList::IsCancellableRole).toBool());
    m_moreJobs->setVisible(running > 1);
    if (!isBusy)
        return;
    const QString title = first.data(JobList::TitleRole).toString();
    m_jobTitle->setText(isCancelling ? tr("Cancelling: %1").arg(title) : title);
    const QVariant share = first.data(JobList::ShareRole);
    m_jobLine->setShare(share.isValid() ? std::optional<double>(share.toDouble()) : std::nullopt);
    m_jobCancel->setEnabled(!isCancelling);
    m_jobCancel->setAccessibleName(tr("Cancel %1").arg(title));
    m_moreJobs->setText(tr("%n more", nullptr, running - 1));
}

void StatusBar::openJobMenu() {
    QMenu menu(this);
    for (int row = 0; row < m_jobs.count(); ++row) {
        const QModelIndex job = m_jobs.index(row);
        const QString title = job.data(JobList::TitleRole).toString().replace(QLatin1Char('&'), QStringLiteral("&&"));
        QAction* action = menu.addAction(tr("Cancel: %1").arg(title));
        action->setEnabled(job.data(JobList::IsCancellableRole).toBool() &&
                           !job.data(JobList::IsCancellingRole).toBool());
        const JobList::JobId id = job.data(JobList::IdRole).toLongLong();
        connect(action, &QAction::triggered, &m_jobs, [this, id] { m_jobs.cancel(id); });
    }
    menu.exec(m_moreJobs->mapToGlobal(QPoint(0, -menu.sizeHint().height())));
}

void StatusBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), tokens().rail);
    painter.fillRect(QRect(0, 0, width(), 1), tokens().border);
}

} // namespace affinity::ui
