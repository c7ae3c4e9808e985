#include "ui/shared/emptystate.h"

#include "ui/shared/keysinforce.h"
#include "ui/shared/painting.h"
#include "ui/shared/tag.h"
#include "ui/shared/textlabel.h"

#include <QAbstractButton>
#include <QVBoxLayout>

namespace affinity::ui {
namespace {

constexpr int columnWidth = 480;

/// One of the steps to go on with.
class StepButton : public QAbstractButton {
public:
    explicit StepButton(const NextStep& step) : m_step(step) {
        setFixedHeight(52);
        setFocusPolicy(Qt::StrongFocus);
        setAttribute(Qt::WA_Hover);
        setCursor(Qt::PointingHandCursor);
        setProperty("focusRadius", measure::radiusPanel);
        setAccessibleName(step.title);
        setAccessibleDescription(step.note);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        const Tokens& t = tokens();
        const QRectF box(rect());
        drawBox(painter, box, measure::radiusPanel, underMouse() || isDown() ? t.hover : t.surface, t.border);
        drawIcon(painter, QPointF(16, 18), m_step.icon, t.accentText);
        const QString cap = m_step.command.isEmpty() ? m_step.keys : keyCapText(keysInForce(m_step.command));
        const double keys = drawKeyCap(painter, box.right() - 14, box.center().y(), cap);
        const double room = box.width() - 44 - keys - 26;
        const bool isSingle = m_step.note.isEmpty();
        drawText(painter, QRectF(44, isSingle ? 16 : 7, room, 20), m_step.title, ui::font(TextStyle::Strong), t.text);
        drawText(painter, QRectF(44, 26, room, 18), m_step.note, ui::font(TextStyle::Caption), t.muted);
    }

private:
    NextStep m_step;
};

} // namespace

EmptyState::EmptyState(Icon icon, const QString& what, const QString& why, const std::vector<NextStep>& steps,
                       QWidget* parent)
    : QWidget(parent) {
    setAccessibleName(what);
    setAccessibleDescription(why);
    auto* column = new QWidget;
    column->setMaximumWidth(columnWidth);
    column->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    auto* rows = new QVBoxLayout(column);
    rows->setContentsMargins(measure::pageEdge, 24, measure::pageEdge, 24);
    rows->setSpacing(8);
    rows->addWidget(new IconTile(icon, Tone::Neutral, 56), 0, Qt::AlignHCenter);
    rows->addSpacing(12);
    auto* title = new TextLabel(what, TextStyle::Title);
    title->setAlignment(Qt::AlignCenter);
    title->setWordWrap(true);
    rows->addWidget(title);
    auto* reason = new TextLabel(why, TextStyle::Body, TextTone::Secondary);
    reason->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    reason->setWordWrap(true);
    rows->addWidget(reason);
    rows->addSpacing(12);
    for (const NextStep& step : steps) {
        auto* button = new StepButton(step);
        if (step.run)
            connect(button, &QAbstractButton::clicked, this, step.run);
        rows->addWidget(button);
    }
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addStretch(3);
    auto* center = new QHBoxLayout;
    center->addStretch(1);
    center->addWidget(column, 1000);
    center->addStretch(1);
    outer->addLayout(center);
    outer->addStretch(4); // a little above the middle looks centred
}

} // namespace affinity::ui
