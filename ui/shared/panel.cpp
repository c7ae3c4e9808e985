#include "ui/shared/panel.h"

#include "ui/shared/painting.h"
#include "ui/shared/textlabel.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace affinity::ui {

/// Holds the content. Content that goes up to the panel's edge is cut along its round corners.
class ClippedBody : public QWidget {
public:
    using QWidget::QWidget;
    void clip() {
        m_isClipped = true;
        applyMask();
    }

protected:
    void resizeEvent(QResizeEvent*) override { applyMask(); }
    void moveEvent(QMoveEvent*) override { applyMask(); }

private:
    void applyMask() {
        if (!m_isClipped)
            return;
        QRegion region(rect());
        const bool hasHeadAbove = y() > 1;
        const int edge = measure::radiusPanel - 1; // inside the hairline
        for (int row = 0; row < edge; ++row) {
            const double up = edge - row - 0.5;
            const int cut = static_cast<int>(std::ceil(edge - std::sqrt(edge * edge - up * up)));
            const int bottom = height() - 1 - row;
            region -= QRegion(0, bottom, cut, 1) + QRegion(width() - cut, bottom, cut, 1);
            if (!hasHeadAbove)
                region -= QRegion(0, row, cut, 1) + QRegion(width() - cut, row, cut, 1);
        }
        setMask(region);
    }
    bool m_isClipped = false;
};

Panel::Panel(QWidget* parent) : QFrame(parent) {
    m_outer = new QVBoxLayout(this);
    m_outer->setContentsMargins(1, 1, 1, 1);
    m_outer->setSpacing(0);
    m_content = new ClippedBody(this);
    m_body = new QVBoxLayout(m_content);
    m_body->setSpacing(0);
    m_outer->addWidget(m_content, 1);
    setBodyMargins({measure::pageEdge, 0, measure::pageEdge, 12});
}

Panel::Panel(const QString& title, const QString& caption, QWidget* parent) : Panel(parent) {
    setTitle(title);
    setCaption(caption);
}

QVBoxLayout* Panel::body() const {
    return m_body;
}

void Panel::setBodyMargins(const QMargins& margins) {
    // The hairline takes one pixel at each side: content keeps its distance to the panel's edge.
    m_body->setContentsMargins(std::max(0, margins.left() - 1), margins.top(), std::max(0, margins.right() - 1),
                               std::max(0, margins.bottom() - 1));
}

void Panel::setFlushBody() {
    m_body->setContentsMargins(0, 0, 0, 0);
    m_content->clip();
}

void Panel::ensureHead() {
    if (m_head != nullptr)
        return;
    auto* head = new QWidget(this);
    head->setFixedHeight(measure::panelHead);
    m_head = new QHBoxLayout(head);
    m_head->setContentsMargins(measure::pageEdge - 1, 0, measure::pageEdge - 1, 0);
    m_head->setSpacing(8);
    m_title = new TextLabel({}, TextStyle::PanelTitle, TextTone::Normal, head);
    m_caption = new TextLabel({}, TextStyle::Caption, TextTone::Muted, head);
    m_caption->setElided(true);
    m_head->addWidget(m_title);
    m_head->addWidget(m_caption, 1);
    m_outer->insertWidget(0, head);
}

void Panel::setTitle(const QString& title) {
    ensureHead();
    m_title->setText(title);
    setAccessibleName(title);
}

void Panel::setCaption(const QString& caption) {
    ensureHead();
    m_caption->setText(caption);
}

void Panel::addAction(QWidget* widget) {
    ensureHead();
    m_head->addWidget(widget, 0, Qt::AlignVCenter);
}

void Panel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    drawBox(painter, QRectF(rect()), measure::radiusPanel, tokens().surface, tokens().border);
}

PageHead::PageHead(const QString& title, const QString& sentence, QWidget* parent)
    : QWidget(parent),
      m_title(new TextLabel(title, TextStyle::Title)),
      m_sentence(new TextLabel(sentence, TextStyle::Caption, TextTone::Muted)),
      m_facts(new QHBoxLayout),
      m_actions(new QHBoxLayout) {
    setFixedHeight(measure::pageHead);
    m_sentence->setElided(true);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    m_facts->setSpacing(6);
    m_actions->setSpacing(8);
    row->addWidget(m_title);
    row->addSpacing(4);
    row->addLayout(m_facts);
    row->addWidget(m_sentence, 1);
    row->addLayout(m_actions);
}

void PageHead::setTitle(const QString& title) {
    m_title->setText(title);
}

void PageHead::setSentence(const QString& sentence) {
    m_sentence->setText(sentence);
}

void PageHead::addFact(QWidget* widget) {
    m_facts->addWidget(widget, 0, Qt::AlignVCenter);
}

void PageHead::addAction(QWidget* widget) {
    m_actions->addWidget(widget, 0, Qt::AlignVCenter);
}

} // namespace affinity::ui
