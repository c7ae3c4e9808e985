#include "ui/shared/whypanel.h"

#include "ui/shared/buttons.h"
#include "ui/shared/painting.h"

#include <QClipboard>
#include <QGuiApplication>

namespace affinity::ui {
namespace {

constexpr int columnGap = 24;
constexpr int stepHeight = 24;
constexpr int top = 8;
constexpr int bottom = 12;
constexpr double nameWidth = 126;
constexpr int narrowestColumn = 300; // below it the steps stand in one column

struct StepLook {
    Icon icon;
    QColor iconColor, nameColor, resultColor;
};

StepLook lookOf(StepState state) {
    const Tokens& t = tokens();
    switch (state) {
    case StepState::Passed:
        return {Icon::Check, t.ok, t.text, t.secondary};
    case StepState::Decided:
        return {Icon::Warning, t.warn, t.text, t.warn};
    case StepState::Skipped:
        return {Icon::Minus, t.muted, t.secondary, t.muted};
    case StepState::NotReached:
        return {Icon::None, t.muted, t.muted, t.muted};
    }
    return {Icon::None, t.muted, t.muted, t.muted};
}

QString stateWords(StepState state) {
    switch (state) {
    case StepState::Passed:
        return WhyPanel::tr("passed");
    case StepState::Decided:
        return WhyPanel::tr("decided");
    case StepState::Skipped:
        return WhyPanel::tr("skipped");
    case StepState::NotReached:
        return WhyPanel::tr("not reached");
    }
    return {};
}

void paintStep(QPainter& painter, const QRectF& box, const WhyStep& step) {
    const StepLook look = lookOf(step.state);
    if (step.state == StepState::Decided)
        drawBox(painter, box.adjusted(-6, 0, 6, 0), measure::radiusTag, tokens().warnSoft);
    drawIcon(painter, QPointF(box.x(), box.y() + 5), look.icon, look.iconColor, measure::iconSmall);
    const QFont label = font(TextStyle::Label);
    const QFont caption = font(TextStyle::Caption);
    const double result = std::min<double>(textWidth(label, step.result) + 2, box.width() / 2);
    const double names = std::min(nameWidth, box.width() * 0.32);
    drawText(painter, QRectF(box.x() + 22, box.y(), names - 6, box.height()), step.name, label, look.nameColor);
    const double given = box.x() + 22 + names;
    drawText(painter, QRectF(given, box.y(), box.right() - result - 10 - given, box.height()), step.given, caption,
             step.state == StepState::NotReached ? tokens().muted : tokens().secondary);
    drawText(painter, box, step.result, label, look.resultColor, Qt::AlignRight | Qt::AlignVCenter);
}

} // namespace

QString whyText(const Why& why) {
    QStringList lines{why.sentence};
    for (const WhyStep& step : why.steps)
        lines += QStringLiteral("- %1: %2; %3 (%4)").arg(step.name, step.given, step.result, stateWords(step.state));
    return lines.join(QLatin1Char('\n'));
}

WhyPanel::WhyPanel(QWidget* parent) : QWidget(parent) {
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    auto* copy = new Button(tr("Copy as text"), ButtonKind::Link, Icon::None, this);
    copy->setObjectName(QStringLiteral("copyWhy"));
    copy->setFixedHeight(24);
    connect(copy, &QPushButton::clicked, this, &WhyPanel::copyText);
    m_copy = copy;
    m_copy->hide();
}

void WhyPanel::setWhy(const Why& why) {
    m_why = why;
    m_message.clear();
    m_copy->setVisible(true);
    setAccessibleName(tr("Why"));
    setAccessibleDescription(whyText(why));
    placeCopyButton();
    updateGeometry();
    update();
}

void WhyPanel::setMessage(const QString& message) {
    m_why = {};
    m_message = message;
    m_copy->hide();
    setAccessibleDescription(message);
    updateGeometry();
    update();
}

int WhyPanel::sentenceHeight(int width) const {
    const int room = width - 2 * measure::pageEdge - (m_message.isEmpty() ? m_copy->sizeHint().width() + 8 : 0);
    const QString& text = m_message.isEmpty() ? m_why.sentence : m_message;
    return std::max(20, paragraphHeight(text, ui::font(TextStyle::Strong), std::max(120, room)));
}

QSize WhyPanel::sizeHint() const {
    return {680, heightForWidth(std::max(320, width()))};
}

QSize WhyPanel::minimumSizeHint() const {
    return {320, heightForWidth(std::max(320, width()))};
}

bool WhyPanel::hasHeightForWidth() const {
    return true;
}

int WhyPanel::rowsAt(int width) const {
    const int steps = static_cast<int>(m_why.steps.size());
    const bool isNarrow = (width - 2 * measure::pageEdge - columnGap) / 2 < narrowestColumn;
    return isNarrow ? steps : (steps + 1) / 2;
}

int WhyPanel::heightForWidth(int width) const {
    const int rows = rowsAt(width);
    return top + sentenceHeight(width) + (rows > 0 ? 10 + rows * stepHeight : 0) + bottom;
}

void WhyPanel::placeCopyButton() {
    const QSize size(m_copy->sizeHint().width(), 24);
    m_copy->setGeometry(width() - measure::pageEdge - size.width() + 8, top - 2, size.width(), size.height());
}

void WhyPanel::resizeEvent(QResizeEvent*) {
    placeCopyButton();
}

void WhyPanel::copyText() {
    QGuiApplication::clipboard()->setText(whyText(m_why));
    Q_EMIT copied();
}

void WhyPanel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Tokens& t = tokens();
    painter.fillRect(rect(), t.detail);
    painter.fillRect(QRect(0, 0, 2, height()), t.accentText);
    painter.fillRect(QRect(0, height() - 1, width(), 1), t.border);
    const int high = sentenceHeight(width());
    if (!m_message.isEmpty()) {
        drawParagraph(painter, QRectF(measure::pageEdge, top, width() - 2 * measure::pageEdge, high), m_message,
                      ui::font(TextStyle::Body), t.secondary);
        return;
    }
    const double room = width() - 2 * measure::pageEdge - m_copy->width() - 8;
    drawParagraph(painter, QRectF(measure::pageEdge, top, room, high), m_why.sentence, ui::font(TextStyle::Strong),
                  t.text, Qt::AlignLeft | Qt::AlignVCenter);
    const auto rows = static_cast<size_t>(rowsAt(width()));
    const double whole = width() - 2 * measure::pageEdge;
    const double column = rows < m_why.steps.size() ? (whole - columnGap) / 2.0 : whole;
    for (size_t i = 0; i < m_why.steps.size(); ++i) {
        const double x = measure::pageEdge + (i < rows ? 0 : column + columnGap);
        const double y = top + high + 10 + static_cast<double>(i % rows) * stepHeight;
        paintStep(painter, QRectF(x, y, column, stepHeight), m_why.steps[i]);
    }
}

} // namespace affinity::ui
