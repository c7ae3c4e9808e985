#include "ui/workspace/startcover.h"

#include "ui/shared/progress.h"
#include "ui/shared/textlabel.h"
#include "ui/shared/tokens.h"

#include <QEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace affinity::ui {

/// What goes on, with a bar.
class StartCover::WorkPage : public QWidget {
public:
    WorkPage()
        : m_what(new TextLabel({}, TextStyle::Title)), m_why(new TextLabel({}, TextStyle::Body, TextTone::Secondary)) {
        auto* column = new QVBoxLayout(this);
        column->setSpacing(12);
        column->addWidget(m_what, 0, Qt::AlignHCenter);
        column->addWidget(m_why, 0, Qt::AlignHCenter);
        m_line.setFixedWidth(320);
        column->addWidget(&m_line, 0, Qt::AlignHCenter);
    }
    void show(const QString& what, const QString& why, double share) {
        m_what->setText(what);
        m_why->setText(why);
        m_line.setShare(share < 0 ? std::nullopt : std::optional(share));
    }

private:
    TextLabel* m_what;
    TextLabel* m_why;
    ProgressLine m_line;
};

StartCover::StartCover(QWidget* over) : QWidget(over), m_layout(new QVBoxLayout(this)) {
    setObjectName(QStringLiteral("startCover"));
    over->installEventFilter(this);
    place();
}

void StartCover::showWork(const QString& what, const QString& why, double share) {
    if (!m_work) {
        m_work = new WorkPage;
        replaceContent(m_work);
    }
    setAccessibleName(what);
    m_work->show(what, why, share);
}

void StartCover::showFailure(const QString& what, const QString& why, const std::vector<NextStep>& steps) {
    m_work = nullptr;
    setAccessibleName(what);
    replaceContent(new EmptyState(Icon::Error, what, why, steps));
}

void StartCover::replaceContent(QWidget* content) {
    if (m_content)
        m_content->deleteLater();
    m_content = content;
    m_layout->addWidget(content, 0, Qt::AlignCenter);
}

void StartCover::place() {
    setGeometry(parentWidget()->rect());
    raise();
}

bool StartCover::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parentWidget() && event->type() == QEvent::Resize)
        place();
    return QWidget::eventFilter(watched, event);
}

void StartCover::paintEvent(QPaintEvent*) {
    QPainter(this).fillRect(rect(), tokens().canvas);
}

} // namespace affinity::ui
