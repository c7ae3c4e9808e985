#include "ui/shared/toast.h"

#include "ui/shared/buttons.h"
#include "ui/shared/painting.h"
#include "ui/shared/textlabel.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QTimer>
#include <QVBoxLayout>

namespace affinity::ui {
namespace {

constexpr int mostToasts = 3;

/// One notice; it goes when its time is over and nobody points at it.
class ToastCard : public QFrame {
public:
    ToastCard(Icon icon, TextTone tone, const QString& text, const QString& action, const std::function<void()>& run,
              int stayMs) {
        setObjectName(QStringLiteral("toast"));
        setAccessibleName(text);
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins(14, 7, 8, 9);
        row->setSpacing(8);
        row->addWidget(new IconLabel(icon, tone));
        auto* words = new TextLabel(text);
        row->addWidget(words);
        row->addSpacing(8);
        if (!action.isEmpty()) {
            auto* button = new Button(action, ButtonKind::Link);
            connect(button, &QPushButton::clicked, this, [this, run] {
                if (run)
                    run();
                deleteLater();
            });
            row->addWidget(button);
        }
        auto* close = new IconButton(Icon::Close, ToastHost::tr("Dismiss"));
        connect(close, &QToolButton::clicked, this, &QObject::deleteLater);
        row->addWidget(close);
        m_timer.setSingleShot(true);
        connect(&m_timer, &QTimer::timeout, this, [this, stayMs] {
            if (underMouse() || (focusWidget() != nullptr && focusWidget()->hasFocus()))
                m_timer.start(stayMs);
            else
                deleteLater();
        });
        m_timer.start(stayMs);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        const QRectF box = QRectF(rect()).adjusted(0, 0, 0, -2);
        drawBox(painter, box.translated(0, 2), measure::radiusPanel, tokens().shadow);
        drawBox(painter, box, measure::radiusPanel, tokens().popover, tokens().borderStrong);
    }

private:
    QTimer m_timer;
};

} // namespace

ToastHost::ToastHost(QWidget* over) : QWidget(over) {
    setObjectName(QStringLiteral("toasts"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(measure::gap);
    over->installEventFilter(this);
    hide();
}

void ToastHost::showToast(const QString& text, const QString& action, const std::function<void()>& run) {
    add(new ToastCard(Icon::CheckCircle, TextTone::Ok, text, action, run, m_stayMs));
}

void ToastHost::showNotice(const QString& text) {
    delete m_notice; // a key that is held down says its reason once
    m_notice = new ToastCard(Icon::Info, TextTone::Secondary, text, {}, {}, m_stayMs);
    add(m_notice);
}

void ToastHost::add(QWidget* card) {
    while (count() >= mostToasts)
        delete layout()->itemAt(0)->widget();
    layout()->addWidget(card);
    // After the card is gone from the layout, the host shrinks or hides.
    connect(card, &QObject::destroyed, this, [this] { QTimer::singleShot(0, this, &ToastHost::place); });
    place();
}

void ToastHost::clear() {
    while (count() > 0)
        delete layout()->itemAt(0)->widget();
    place();
}

int ToastHost::count() const {
    return layout()->count();
}

void ToastHost::setStayMs(int stayMs) {
    m_stayMs = stayMs;
}

bool ToastHost::event(QEvent* event) {
    const bool isHandled = QWidget::event(event);
    if (event->type() == QEvent::LayoutRequest)
        place();
    return isHandled;
}

bool ToastHost::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parent() && event->type() == QEvent::Resize)
        place();
    return QWidget::eventFilter(watched, event);
}

void ToastHost::place() {
    if (count() == 0) {
        hide();
        return;
    }
    layout()->activate();
    const QSize size = layout()->sizeHint();
    const QWidget* over = parentWidget();
    setGeometry(over->width() - size.width() - measure::pageEdge, over->height() - size.height() - measure::pageEdge,
                size.width(), size.height());
    show();
    raise();
}

} // namespace affinity::ui
