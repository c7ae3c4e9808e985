// DraftField: one field of the scenario as a line to type in: checked while typing, marked when it differs from A.
#pragma once

#include "ui/simulation/draft.h"

#include <QWidget>

class QLineEdit;

namespace affinity::ui {

class Button;
class IconLabel;
class TextLabel;

enum class FieldLook {
    Labelled, ///< label above, "baseline 30" to go back beside it, unit behind, error below
    Bare      ///< the line alone, for grids; error and baseline are in its tooltip
};

/// GUI thread; the draft outlives it.
class DraftField : public QWidget {
    Q_OBJECT
public:
    DraftField(Draft& draft, const Field& field, FieldLook look = FieldLook::Labelled, QWidget* parent = nullptr);

    const Field& field() const { return m_field; }
    /// Shows another field from now on; what was typed and not readable is forgotten.
    void setField(const Field& field);
    void setHint(const QString& hint);
    /// A label that says more than the field's own ("Level 5 from").
    void setLabel(const QString& label);
    QLineEdit* edit() const { return m_edit; }
    /// The error shown now; empty when there is none.
    QString error() const { return m_error; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildLabelled();
    void type(const QString& text);
    void finish();
    void refresh();
    /// What was typed is not overwritten: it cannot be read yet, or it means what the draft holds.
    bool keepsTyped() const;
    void refreshNote();
    void restyle();
    Draft& m_draft;
    Field m_field;
    FieldLook m_look;
    QString m_hint, m_label, m_error;
    bool m_isTyping = false;
    bool m_isChanged = false;
    QLineEdit* m_edit;
    TextLabel* m_name = nullptr;
    TextLabel* m_unit = nullptr;
    Button* m_reset = nullptr;
    IconLabel* m_icon = nullptr;
    TextLabel* m_note = nullptr;
};

} // namespace affinity::ui
