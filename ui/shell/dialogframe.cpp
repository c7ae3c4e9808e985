#include "ui/shell/dialogframe.h"

#include "ui/shared/buttons.h"
#include "ui/shared/painting.h"
#include "ui/shared/textlabel.h"
#include "ui/shell/environmentstrip.h"

#include <QLineEdit>
#include <QShowEvent>
#include <QStyle>
#include <QVBoxLayout>

namespace affinity::ui {
namespace {

/// The footer stands on canvas below a hairline.
class Footer : public QWidget {
protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.fillRect(rect(), tokens().canvas);
        painter.fillRect(QRect(0, 0, width(), 1), tokens().border);
    }
};

} // namespace

StepMarks::StepMarks(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void StepMarks::setSteps(const QStringList& steps) {
    m_steps = steps;
    setVisible(!steps.isEmpty());
    setCurrent(0);
    updateGeometry();
}

void StepMarks::setCurrent(int index) {
    m_current = index;
    if (index >= 0 && index < m_steps.size())
        setAccessibleName(tr("Step %1 of %2: %3").arg(index + 1).arg(m_steps.size()).arg(m_steps.at(index)));
    update();
}

QSize StepMarks::sizeHint() const {
    int width = 0;
    for (const QString& step : m_steps)
        width += textWidth(ui::font(TextStyle::Label), step) + 26 + 20;
    return {std::max(0, width - 20) + 2, 24};
}

void StepMarks::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Tokens& t = tokens();
    const QFont label = ui::font(TextStyle::Label);
    double x = 0;
    for (int i = 0; i < m_steps.size(); ++i) {
        const bool isDone = i < m_current;
        const bool isCurrent = i == m_current;
        const QRectF mark(x, 2, 20, 20);
        drawBox(painter, mark, 10, isCurrent ? t.accentFill : isDone ? t.okSoft : t.sunken);
        if (isDone)
            drawIcon(painter, mark.topLeft() + QPointF(4, 4), Icon::Check, t.ok, measure::iconTiny);
        else
            drawText(painter, mark, QString::number(i + 1), uiFont(11, isCurrent ? 700 : 500),
                     isCurrent ? t.onFill : t.muted, Qt::AlignCenter);
        const double width = textWidth(label, m_steps.at(i));
        drawText(painter, QRectF(x + 26, 0, width + 4, 24), m_steps.at(i), label, isCurrent ? t.text : t.secondary);
        x += width + 26;
        if (i + 1 < m_steps.size())
            painter.fillRect(QRectF(x + 6, 12, 8, 1), t.borderStrong);
        x += 20;
    }
}

DialogFrame::DialogFrame(const QString& title, const ConnectionState& state, QWidget* parent)
    : QDialog(parent),
      m_state(state),
      m_strip(new EnvironmentStrip(EnvironmentStrip::Place::Dialog)),
      m_title(new TextLabel(title, TextStyle::Title)),
      m_steps(new StepMarks),
      m_body(new QVBoxLayout),
      m_typed(new QWidget),
      m_typedSentence(new TextLabel),
      m_typedName(new TextLabel({}, TextStyle::Strong)),
      m_typedField(new QLineEdit),
      m_remark(new TextLabel({}, TextStyle::Caption, TextTone::Muted)),
      m_cancel(new Button(tr("Cancel"))),
      m_back(new Button(tr("Back"))),
      m_deed(new Button({}, state.environment == Environment::Production ? ButtonKind::Danger : ButtonKind::Primary)) {
    setWindowTitle(title);
    setMaximumSize(1200, 680);
    resize(760, 560);
    m_strip->setState(state);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(1, 0, 1, 1); // the edge that paintEvent draws
    rows->setSpacing(0);
    rows->addWidget(m_strip);
    auto* upper = new QVBoxLayout;
    upper->setContentsMargins(measure::dialogEdge, measure::pageEdge, measure::dialogEdge, measure::pageEdge);
    upper->setSpacing(measure::panelGap);
    auto* head = new QHBoxLayout;
    head->addWidget(m_title);
    head->addStretch(1);
    head->addWidget(m_steps, 0, Qt::AlignVCenter);
    m_steps->hide();
    upper->addLayout(head);
    m_body->setSpacing(measure::panelGap);
    upper->addLayout(m_body, 1);
    rows->addLayout(upper, 1);

    auto* footer = new Footer;
    auto* lower = new QVBoxLayout(footer);
    lower->setContentsMargins(measure::dialogEdge, 14, measure::dialogEdge, measure::pageEdge);
    lower->setSpacing(measure::panelGap);
    auto* typedRow = new QHBoxLayout(m_typed);
    typedRow->setContentsMargins(0, 0, 0, 0);
    typedRow->addWidget(m_typedSentence);
    typedRow->addWidget(m_typedName);
    typedRow->addStretch(1);
    typedRow->addWidget(m_typedField);
    m_typedField->setFixedWidth(220);
    m_typedField->setFont(codeFont(13));
    m_typedField->setObjectName(QStringLiteral("typedName"));
    m_typed->hide();
    lower->addWidget(m_typed);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(measure::gap);
    m_remark->setWordWrap(true);
    buttons->addWidget(m_remark, 1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_back);
    buttons->addWidget(m_deed);
    lower->addLayout(buttons);
    rows->addWidget(footer);

    m_back->hide();
    m_cancel->setObjectName(QStringLiteral("cancel"));
    m_back->setObjectName(QStringLiteral("back"));
    m_deed->setObjectName(QStringLiteral("deed"));
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_back, &QPushButton::clicked, this, &DialogFrame::backRequested);
    connect(m_deed, &QPushButton::clicked, this, &DialogFrame::deedRequested);
    connect(m_typedField, &QLineEdit::textChanged, this, &DialogFrame::refreshDeed);
}

void DialogFrame::setSteps(const QStringList& steps) {
    m_steps->setSteps(steps);
}

void DialogFrame::setCurrentStep(int index) {
    m_steps->setCurrent(index);
}

void DialogFrame::setDeed(const QString& verb) {
    m_deed->setText(verb);
    m_deed->setVisible(!verb.isEmpty());
    m_deed->updateGeometry();
}

void DialogFrame::setDeedBlocked(const QString& reason) {
    m_blockedReason = reason;
    refreshDeed();
}

void DialogFrame::requireTypedName(const QString& sentence, const QString& name) {
    m_requiredName = name;
    m_typedSentence->setText(sentence);
    m_typedName->setText(name);
    m_typedField->clear();
    m_typedField->setAccessibleName(tr("%1 %2").arg(sentence, name));
    m_typed->setVisible(!name.isEmpty());
    refreshDeed();
}

void DialogFrame::setRemark(const QString& remark) {
    m_remark->setText(remark);
}

void DialogFrame::refreshDeed() {
    const bool matches = m_requiredName.isEmpty() || m_typedField->text() == m_requiredName;
    const bool isConfirmed = matches && !m_requiredName.isEmpty();
    if (m_typedField->property("isConfirmed").toBool() != isConfirmed) {
        m_typedField->setProperty("isConfirmed", isConfirmed);
        m_typedField->style()->unpolish(m_typedField);
        m_typedField->style()->polish(m_typedField);
    }
    const QString missing = matches ? QString() : tr("Type %1 to enable this button.").arg(m_requiredName);
    m_deed->setBlocked(m_blockedReason.isEmpty() ? missing : m_blockedReason);
}

void DialogFrame::showEvent(QShowEvent* event) {
    // Over the middle of its window, also where no window manager places it.
    if (parentWidget() && !event->spontaneous())
        move(parentWidget()->window()->geometry().center() - rect().center());
    QDialog::showEvent(event);
}

void DialogFrame::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), tokens().surface);
    // White over white has no edge of its own where the window manager draws none.
    painter.setPen(tokens().borderStrong);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace affinity::ui
