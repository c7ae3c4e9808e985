#include "ui/simulation/draftfield.h"

#include "ui/shared/buttons.h"
#include "ui/shared/formatting.h"
#include "ui/shared/style.h"
#include "ui/shared/textlabel.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QRegularExpression>
#include <QVBoxLayout>

#include <algorithm>

namespace affinity::ui {
namespace {

constexpr int longestShown = 24;
constexpr qsizetype longestRuleKey = 32; // characters, as the engine reads them

/// Rule keys are written when they are whole: half a key would part the rule from what names it.
bool isWrittenAtEnd(const Field& field) {
    return field.member == Member::RuleKey;
}

/// What is wrong with a key that is being typed; empty when nothing is.
QString keyProblem(const sim::Scenario& scenario, const Field& field, const QString& key) {
    if (key.isEmpty() || key.size() > longestRuleKey)
        return DraftField::tr("Write a key of 1 to %1 characters.").arg(longestRuleKey);
    const auto& list = scenario.ruleSet.rules;
    for (size_t i = 0; i < list.size(); ++i) {
        if (static_cast<int>(i) != field.row && list[i].key == key)
            return DraftField::tr("Another rule has this key.");
    }
    return {};
}

} // namespace

DraftField::DraftField(Draft& draft, const Field& field, FieldLook look, QWidget* parent)
    : QWidget(parent), m_draft(draft), m_field(field), m_look(look), m_label(labelOf(field)), m_edit(new QLineEdit) {
    if (isNumber(field) || field.member == Member::Seed)
        m_edit->setAlignment(Qt::AlignRight);
    if (look == FieldLook::Labelled) {
        buildLabelled();
    } else {
        auto* rows = new QVBoxLayout(this);
        rows->setContentsMargins(0, 0, 0, 0);
        rows->addWidget(m_edit);
    }
    m_edit->installEventFilter(this);
    connect(m_edit, &QLineEdit::textEdited, this, &DraftField::type);
    connect(m_edit, &QLineEdit::editingFinished, this, &DraftField::finish);
    connect(&m_draft, &Draft::changed, this, &DraftField::refresh);
    connect(&ThemeSignal::instance(), &ThemeSignal::changed, this, &DraftField::restyle);
    refresh();
}

void DraftField::buildLabelled() {
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(measure::gapSmall);
    auto* head = new QHBoxLayout;
    head->setSpacing(measure::gap);
    m_name = new TextLabel(m_label, TextStyle::Label, TextTone::Secondary);
    m_name->setBuddy(m_edit);
    m_reset = new Button({}, ButtonKind::Link);
    m_reset->setFixedHeight(16);
    head->addWidget(m_name);
    head->addStretch(1);
    head->addWidget(m_reset);
    auto* line = new QHBoxLayout;
    line->setSpacing(6);
    m_unit = new TextLabel({}, TextStyle::Caption, TextTone::Muted);
    line->addWidget(m_edit, 1);
    line->addWidget(m_unit);
    auto* below = new QHBoxLayout;
    below->setSpacing(6);
    m_icon = new IconLabel(Icon::Error, TextTone::Danger, measure::iconSmall);
    m_note = new TextLabel({}, TextStyle::Caption, TextTone::Muted);
    m_note->setWordWrap(true);
    below->addWidget(m_icon, 0, Qt::AlignTop);
    below->addWidget(m_note, 1);
    rows->addLayout(head);
    rows->addLayout(line);
    rows->addLayout(below);
    setTabOrder(m_edit, m_reset);
    connect(m_reset, &QPushButton::clicked, this, [this] {
        m_draft.reset(m_field);
        m_edit->setFocus();
    });
}

bool DraftField::eventFilter(QObject* watched, QEvent* event) {
    // The line's own undo would be one more edit: Ctrl+Z belongs to the draft.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {
            event->ignore();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void DraftField::setField(const Field& field) {
    if (field == m_field) {
        refresh();
        return;
    }
    if (m_edit->isModified())
        m_draft.setUnreadable(m_field, {});
    m_field = field;
    m_edit->setModified(false);
    refresh();
}

void DraftField::setHint(const QString& hint) {
    m_hint = hint;
    refreshNote();
}

void DraftField::setLabel(const QString& label) {
    m_label = label;
    if (m_name)
        m_name->setText(label);
    refresh();
}

void DraftField::type(const QString& text) {
    m_isTyping = true;
    if (isWrittenAtEnd(m_field))
        m_draft.setUnreadable(m_field, keyProblem(m_draft.scenario(), m_field, text));
    else
        m_draft.setText(m_field, text);
    m_isTyping = false;
    refresh();
}

void DraftField::finish() {
    if (!exists(m_draft.scenario(), m_field))
        return;
    if (isWrittenAtEnd(m_field) && m_edit->isModified() &&
        keyProblem(m_draft.scenario(), m_field, m_edit->text()).isEmpty())
        m_draft.setText(m_field, m_edit->text());
    if (m_edit->isModified())
        m_draft.endGesture();
    if (!m_draft.isUnreadable(m_field)) {
        m_edit->setModified(false);
        refresh(); // "2000" becomes "2,000"
    }
}

bool DraftField::keepsTyped() const {
    if (m_isTyping || !m_edit->isModified())
        return m_isTyping;
    if (m_draft.isUnreadable(m_field) || isWrittenAtEnd(m_field))
        return true;
    // While it is typed, "2000" stands for "2,000".
    sim::Scenario typed = m_draft.scenario();
    return setFieldText(typed, m_field, m_edit->text()).isEmpty() && typed == m_draft.scenario();
}

void DraftField::refresh() {
    const bool isThere = exists(m_draft.scenario(), m_field);
    m_edit->setEnabled(isThere && m_draft.isOpen());
    m_error = isThere ? m_draft.problemOf(m_field) : QString();
    if (!keepsTyped()) {
        const QString text = isThere ? fieldText(m_draft.scenario(), m_field) : QString();
        m_edit->setModified(false);
        if (m_edit->text() != text) {
            m_edit->setText(text);
            m_edit->setCursorPosition(m_edit->hasFocus() ? static_cast<int>(text.size()) : 0);
        }
    }
    m_isChanged = isThere && m_draft.isOpen() && m_draft.isChanged(m_field);
    m_edit->setAccessibleName(m_label);
    refreshNote();
    restyle();
}

void DraftField::refreshNote() {
    const std::optional<QString> before = m_draft.baselineText(m_field);
    const QString baseline =
        !m_isChanged ? QString()
        : before     ? tr("baseline %1").arg(before->isEmpty() ? tr("empty") : visibleText(*before, longestShown))
                     : tr("new");
    m_edit->setAccessibleDescription(QStringList{m_error, baseline, unitOf(m_field)}
                                         .filter(QRegularExpression(QStringLiteral(".")))
                                         .join(QStringLiteral("; ")));
    if (m_look == FieldLook::Bare) {
        m_edit->setToolTip(m_error.isEmpty() ? baseline : m_error);
        return;
    }
    m_name->setTone(m_isChanged ? TextTone::Accent : TextTone::Secondary);
    m_unit->setText(unitOf(m_field));
    m_unit->setVisible(!m_unit->text().isEmpty());
    m_reset->setText(baseline);
    m_reset->setVisible(m_isChanged && before.has_value());
    m_reset->setToolTip(tr("Set %1 back to the baseline").arg(m_label));
    m_reset->setAccessibleName(m_reset->toolTip());
    m_icon->setVisible(!m_error.isEmpty());
    m_note->setText(m_error.isEmpty() ? m_hint : m_error);
    m_note->setTone(m_error.isEmpty() ? TextTone::Muted : TextTone::Danger);
    m_note->setVisible(!m_note->text().isEmpty());
}

void DraftField::restyle() {
    const Tokens& t = tokens();
    QString sheet;
    if (!m_error.isEmpty())
        sheet = QStringLiteral("QLineEdit{border-color:%1}").arg(t.danger.name());
    else if (m_isChanged)
        sheet = QStringLiteral("QLineEdit{background:%1;border-color:%2;color:%2}")
                    .arg(t.accentSoft.name(), t.accentText.name());
    if (m_edit->styleSheet() != sheet)
        m_edit->setStyleSheet(sheet);
}

} // namespace affinity::ui
