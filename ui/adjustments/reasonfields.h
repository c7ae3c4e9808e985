// The part of an adjustment's form that says why: reason code, reason in words, ticket.
#pragma once

#include "engine/engine.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QPlainTextEdit;

namespace affinity::ui {

class FormRow;

/// Validates while typing; a field shows its error once it was touched.
class ReasonFields : public QWidget {
    Q_OBJECT
public:
    explicit ReasonFields(QWidget* parent = nullptr);

    /// Puts reason code, reason and ticket into the form.
    void fill(service::AdjustmentForm& form) const;
    /// The first thing that is missing or wrong, as a sentence; empty when the fields are complete.
    QString obstacle() const;
    /// Shows every error, touched or not, and goes to the first wrong field.
    void showErrors();
    QWidget* firstField() const;

Q_SIGNALS:
    void changed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QString codeError() const;
    QString reasonError() const;
    QString ticketError() const;
    void refresh();
    QComboBox* m_code;
    QPlainTextEdit* m_reason;
    QLineEdit* m_ticket;
    FormRow* m_codeRow;
    FormRow* m_reasonRow;
    FormRow* m_ticketRow;
    bool m_isCodeTouched = false, m_isReasonTouched = false;
};

} // namespace affinity::ui
