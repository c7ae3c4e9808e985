#include "ui/shared/messagedialog.h"

#include "ui/shared/formatting.h"
#include "ui/shared/painting.h"
#include "ui/shared/textlabel.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLoggingCategory>
#include <QPainter>
#include <QVBoxLayout>

#include <utility>

namespace affinity::ui {
namespace {

Q_LOGGING_CATEGORY(uiLog, "affinity.ui", QtInfoMsg)

constexpr int dialogWidth = 460;

struct MessageDialogWords {
    Q_DECLARE_TR_FUNCTIONS(affinity::ui::MessageDialog)
};

} // namespace

MessageDialog* MessageDialog::open(QWidget* over, Icon icon, Tone tone, const QString& what, const QString& why,
                                   const std::vector<Answer>& answers) {
    auto* dialog = new MessageDialog(over, icon, tone, what, why, answers);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->QDialog::open();
    return dialog;
}

MessageDialog::MessageDialog(QWidget* over, Icon icon, Tone tone, const QString& what, const QString& why,
                             const std::vector<Answer>& answers)
    : QDialog(over ? over->window() : nullptr), m_answers(answers) {
    setObjectName(QStringLiteral("messageDialog"));
    setWindowTitle(what);
    setAccessibleDescription(why);
    setFixedWidth(dialogWidth);
    auto* title = new TextLabel(what, TextStyle::PanelTitle);
    auto* text = new TextLabel(why, TextStyle::Body, TextTone::Secondary);
    title->setWordWrap(true);
    text->setWordWrap(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    text->setVisible(!why.isEmpty());
    auto* words = new QVBoxLayout;
    words->setSpacing(measure::gap);
    words->addWidget(title);
    words->addWidget(text);
    auto* upper = new QHBoxLayout;
    upper->setSpacing(measure::panelGap);
    upper->addWidget(new IconLabel(icon, textTone(tone)), 0, Qt::AlignTop);
    upper->addLayout(words, 1);

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(measure::gap);
    buttons->addStretch(1);
    for (size_t i = 0; i < m_answers.size(); ++i) {
        auto* button = new Button(m_answers[i].verb, m_answers[i].kind);
        connect(button, &QPushButton::clicked, this, [this, i] {
            const auto run = m_answers[i].run;
            QDialog::accept();
            if (run)
                run();
        });
        buttons->addWidget(button);
        if (i + 1 == m_answers.size())
            button->setFocus();
    }
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(measure::dialogEdge, measure::dialogEdge, measure::dialogEdge, measure::pageEdge);
    rows->setSpacing(measure::pageEdge);
    rows->addLayout(upper);
    rows->addLayout(buttons);
}

void MessageDialog::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), tokens().surface);
    painter.setPen(tokens().borderStrong);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void MessageDialog::reject() {
    const auto run = m_answers.empty() ? std::function<void()>() : m_answers.back().run;
    QDialog::reject();
    if (run)
        run();
}

void showProblem(QWidget* over, const QString& what, const QString& why) {
    qCWarning(uiLog).noquote() << "Shown:" << what << visibleText(why);
    MessageDialog::open(over, Icon::Error, Tone::Danger, what, visibleText(why), {{MessageDialogWords::tr("Close")}});
}

} // namespace affinity::ui
