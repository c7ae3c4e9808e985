// A field of a form with its label, hint and error.
#pragma once

#include <QWidget>

class QVBoxLayout;

namespace affinity::ui {

class TextLabel;
class IconLabel;

/// Label above the field; below it the hint, or the error in danger with an icon. The field's accessible name and
/// description follow label, hint and error.
class FormRow : public QWidget {
    Q_OBJECT
public:
    FormRow(const QString& label, QWidget* field, const QString& hint = {}, QWidget* parent = nullptr);
    QWidget* field() const { return m_field; }
    void setHint(const QString& hint);
    /// Empty: no error. Fields show a red frame while there is one.
    void setError(const QString& error);
    bool hasError() const { return !m_error.isEmpty(); }

private:
    void refresh();
    QWidget* m_field;
    TextLabel* m_label;
    IconLabel* m_icon;
    TextLabel* m_note;
    QString m_hint;
    QString m_error;
};

} // namespace affinity::ui
