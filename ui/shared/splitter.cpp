#include "ui/shared/splitter.h"

#include "ui/shared/tokens.h"

#include <QKeyEvent>
#include <QPainter>
#include <QSplitterHandle>

#include <algorithm>

namespace affinity::ui {
namespace {

constexpr int keyStep = 16; // px

class Handle : public QSplitterHandle {
public:
    Handle(Qt::Orientation orientation, QSplitter* parent) : QSplitterHandle(orientation, parent) {
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
        setObjectName(QStringLiteral("splitterHandle"));
    }

protected:
    void paintEvent(QPaintEvent*) override {
        if (!underMouse() && !hasFocus())
            return;
        QPainter painter(this);
        const QRect line = orientation() == Qt::Horizontal ? QRect(width() / 2 - 1, 4, 2, height() - 8)
                                                           : QRect(4, height() / 2 - 1, width() - 8, 2);
        painter.fillRect(line, hasFocus() ? tokens().accentFill : tokens().borderStrong);
    }

    void keyPressEvent(QKeyEvent* event) override {
        const bool isAcross = orientation() == Qt::Horizontal;
        const int back = isAcross ? Qt::Key_Left : Qt::Key_Up;
        const int on = isAcross ? Qt::Key_Right : Qt::Key_Down;
        if (event->key() != back && event->key() != on) {
            QSplitterHandle::keyPressEvent(event);
            return;
        }
        const int at = isAcross ? x() : y();
        moveSplitter(at + (event->key() == on ? keyStep : -keyStep));
    }
};

} // namespace

Splitter::Splitter(Qt::Orientation orientation, const QString& name, QWidget* parent) : QSplitter(orientation, parent) {
    setObjectName(name);
    setHandleWidth(measure::panelGap);
    setChildrenCollapsible(false);
    connect(this, &QSplitter::splitterMoved, this, [this] {
        m_wanted = sizes();
        Q_EMIT moved();
    });
}

QSplitterHandle* Splitter::createHandle() {
    return new Handle(orientation(), this);
}

void Splitter::setDefaultSizes(const QList<int>& sizes) {
    m_defaults = sizes;
    if (m_wanted.isEmpty())
        setWantedSizes(sizes);
}

void Splitter::setWantedSizes(const QList<int>& sizes) {
    m_wanted = sizes;
    fit();
}

/// QSplitter leaves a gap beside a panel that was given more than its maximum.
void Splitter::fit() {
    QList<int> sizes = m_wanted;
    const bool isAcross = orientation() == Qt::Horizontal;
    int used = 0;
    for (int i = 0; i + 1 < std::min(count(), static_cast<int>(sizes.size())); ++i) {
        const QSize most = widget(i)->maximumSize();
        sizes[i] = std::min(sizes.at(i), isAcross ? most.width() : most.height());
        used += sizes.at(i) + handleWidth();
    }
    if (!sizes.isEmpty())
        sizes.last() = std::max(sizes.last(), (isAcross ? width() : height()) - used);
    setSizes(sizes);
}

void Splitter::setHandleName(const QString& name) {
    if (QSplitterHandle* first = handle(1))
        first->setAccessibleName(name);
}

} // namespace affinity::ui
