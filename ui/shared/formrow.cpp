#include "ui/shared/formrow.h"

#include "ui/shared/textlabel.h"

#include <QHBoxLayout>
#include <QStyle>
#include <QVBoxLayout>
#include <QVariant>

namespace affinity::ui {

FormRow::FormRow(const QString& label, QWidget* field, const QString& hint, QWidget* parent)
    : QWidget(parent),
      m_field(field),
      m_label(new TextLabel(label, TextStyle::Label, TextTone::Secondary)),
      m_icon(new IconLabel(Icon::Error, TextTone::Danger, measure::iconSmall)),
      m_note(new TextLabel({}, TextStyle::Caption, TextTone::Muted)),
      m_hint(hint) {
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(measure::gapSmall);
    m_label->setBuddy(field);
    m_note->setWordWrap(true);
    field->setAccessibleName(label);
    auto* below = new QHBoxLayout;
    below->setSpacing(6);
    below->addWidget(m_icon, 0, Qt::AlignTop);
    below->addWidget(m_note, 1);
    rows->addWidget(m_label);
    rows->addWidget(field);
    rows->addLayout(below);
    refresh();
}

void FormRow::setHint(const QString& hint) {
    m_hint = hint;
    refresh();
}

void FormRow::setError(const QString& error) {
    m_error = error;
    refresh();
}

void FormRow::refresh() {
    const bool isWrong = hasError();
    m_icon->setVisible(isWrong);
    m_note->setText(isWrong ? m_error : m_hint);
    m_note->setTone(isWrong ? TextTone::Danger : TextTone::Muted);
    m_note->setVisible(!m_note->text().isEmpty());
    m_field->setAccessibleDescription(m_note->text());
    if (m_field->property("hasError").toBool() != isWrong) {
        m_field->setProperty("hasError", isWrong);
        m_field->style()->unpolish(m_field); // the style sheet looks at properties only while polishing
        m_field->style()->polish(m_field);
    }
}

} // namespace affinity::ui
