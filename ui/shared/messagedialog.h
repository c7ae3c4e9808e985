// MessageDialog: a short message over a window with one to three answers; used for problems and for questions.
#pragma once

#include "ui/shared/buttons.h"
#include "ui/shared/icons.h"

#include <QDialog>

#include <functional>
#include <vector>

namespace affinity::ui {

/// Says something that must be read, or asks. Escape is the last answer, which is the harmless one. Deletes itself
/// when it is closed. GUI thread.
class MessageDialog : public QDialog {
    Q_OBJECT
public:
    struct Answer {
        QString verb; ///< "Discard"
        ButtonKind kind = ButtonKind::Normal;
        std::function<void()> run = {}; ///< called after the dialog closed
    };

    /// `what` is one line, `why` what it means and what to do. The last of `answers` is the harmless one and focused.
    static MessageDialog* open(QWidget* over, Icon icon, Tone tone, const QString& what, const QString& why,
                               const std::vector<Answer>& answers);

protected:
    void paintEvent(QPaintEvent* event) override;
    void reject() override;

private:
    MessageDialog(QWidget* over, Icon icon, Tone tone, const QString& what, const QString& why,
                  const std::vector<Answer>& answers);
    std::vector<Answer> m_answers;
};

/// Something failed and the user must know: what, and why or what to do.
void showProblem(QWidget* over, const QString& what, const QString& why);

} // namespace affinity::ui
