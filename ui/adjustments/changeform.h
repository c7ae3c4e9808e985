// The first step of an adjustment: how much, why, for which ticket; validated while typing.
#pragma once

#include "engine/engine.h"

#include <QWidget>

#include <optional>

class QLineEdit;

namespace affinity::ui {

class FormRow;
class ReasonFields;
class SegmentedControl;

/// A whole number as people type it: "540", "+540", "-20", "−20". Nothing for anything else, spaces around aside.
std::optional<qint64> wholeNumber(const QString& text);

class ChangeForm : public QWidget {
    Q_OBJECT
public:
    explicit ChangeForm(const service::DeviceDetail& detail, QWidget* parent = nullptr);

    /// Puts kind, amount, reason code, reason and ticket into the form.
    void fill(service::AdjustmentForm& form) const;
    /// The first thing that is missing or wrong; empty when the form can be previewed.
    QString obstacle() const;
    void showErrors();
    QWidget* firstField() const;

Q_SIGNALS:
    void changed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    bool isSetTo() const;
    QString amountError() const;
    QString amountHint() const;
    void refresh();
    service::DeviceDetail m_detail;
    SegmentedControl* m_kind;
    QLineEdit* m_amount;
    FormRow* m_amountRow;
    ReasonFields* m_reason;
    bool m_isAmountTouched = false;
};

} // namespace affinity::ui
