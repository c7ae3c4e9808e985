#include "ui/adjustments/changeform.h"

#include "ui/adjustments/reasonfields.h"
#include "ui/adjustments/words.h"
#include "ui/shared/formatting.h"
#include "ui/shared/formrow.h"
#include "ui/shared/levelblock.h"
#include "ui/shared/segmentedcontrol.h"
#include "ui/shared/textlabel.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QRegularExpression>

#include <algorithm>
#include <limits>

namespace affinity::ui {
namespace {

constexpr qint64 widest = std::numeric_limits<int>::max(); // of a value, points
constexpr int amountWidth = 160;

LevelStanding standingOf(const service::DeviceDetail& detail) {
    LevelStanding standing;
    standing.value = detail.device.binding.favorability;
    standing.ceiling = detail.setting.maxAffinity;
    standing.current = {detail.progress.level, detail.progress.levelName, detail.progress.levelMinValue};
    if (detail.progress.nextLevel)
        standing.next =
            LevelRef{*detail.progress.nextLevel, detail.progress.nextLevelName, detail.progress.nextMinValue};
    standing.highestLevel = highestLevelOf(detail.levels);
    return standing;
}

} // namespace

std::optional<qint64> wholeNumber(const QString& text) {
    static const QRegularExpression form(QStringLiteral("^[+\\-\u2212]?[0-9]{1,18}$"));
    QString digits = text.trimmed();
    if (!form.match(digits).hasMatch())
        return std::nullopt;
    digits.replace(QChar(0x2212), QLatin1Char('-'));
    return digits.toLongLong();
}

ChangeForm::ChangeForm(const service::DeviceDetail& detail, QWidget* parent)
    : QWidget(parent),
      m_detail(detail),
      m_kind(new SegmentedControl({tr("Add or take points"), tr("Set to a value")}, tr("Kind of change"))),
      m_amount(new QLineEdit),
      m_reason(new ReasonFields) {
    m_kind->setObjectName(QStringLiteral("kind"));
    m_amount->setObjectName(QStringLiteral("amount"));
    m_amount->setFixedWidth(amountWidth);
    m_amount->setAlignment(Qt::AlignRight);
    m_amountRow = new FormRow(tr("Points"), m_amount);

    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(measure::pageEdge);
    auto* standing = new LevelBlock;
    standing->setStanding(standingOf(detail));
    rows->addWidget(standing);
    rows->addWidget(new Hairline);
    auto* change = new QHBoxLayout;
    change->setSpacing(measure::pageEdge);
    auto* kindRow = new FormRow(tr("Change"), m_kind);
    kindRow->setFixedWidth(348);
    change->addWidget(kindRow, 0, Qt::AlignTop);
    change->addWidget(m_amountRow, 1, Qt::AlignTop);
    rows->addLayout(change);
    rows->addWidget(m_reason);
    rows->addStretch(1);
    setTabOrder(m_kind, m_amount);
    setTabOrder(m_amount, m_reason);

    m_amount->installEventFilter(this);
    connect(m_kind, &SegmentedControl::currentChanged, this, &ChangeForm::refresh);
    connect(m_amount, &QLineEdit::textChanged, this, &ChangeForm::refresh);
    connect(m_reason, &ReasonFields::changed, this, &ChangeForm::changed);
    refresh();
}

bool ChangeForm::isSetTo() const {
    return m_kind->current() == 1;
}

QWidget* ChangeForm::firstField() const {
    return m_amount;
}

void ChangeForm::fill(service::AdjustmentForm& form) const {
    form.kind = isSetTo() ? service::AdjustmentKind::SetTo : service::AdjustmentKind::ByDelta;
    form.amount = wholeNumber(m_amount->text()).value_or(0);
    m_reason->fill(form);
}

QString ChangeForm::amountError() const {
    const std::optional<qint64> amount = wholeNumber(m_amount->text());
    if (m_amount->text().trimmed().isEmpty())
        return isSetTo() ? tr("Write the new value.") : tr("Write how many points; a minus takes them away.");
    if (!amount)
        return tr("Write a whole number such as 540 or −20.");
    if (*amount > widest || *amount < -widest)
        return tr("The number is larger than a value can hold.");
    if (isSetTo() && *amount < 0)
        return tr("A value is never below 0.");
    if (!isSetTo() && *amount == 0)
        return tr("0 points change nothing.");
    if (isSetTo() && *amount == m_detail.device.binding.favorability)
        return tr("The value is %1 already.").arg(numberText(*amount));
    return {};
}

/// Plain arithmetic on what is on screen; what really happens stands in the preview.
QString ChangeForm::amountHint() const {
    const std::optional<qint64> amount = wholeNumber(m_amount->text());
    const qint64 value = m_detail.device.binding.favorability;
    const qint64 ceiling = m_detail.setting.maxAffinity;
    if (!amount || !amountError().isEmpty())
        return isSetTo() ? tr("From 0 to the ceiling of %1.").arg(numberText(ceiling))
                         : tr("For example 540, or −20 to take points away.");
    const qint64 wanted = isSetTo() ? *amount : value + *amount;
    const qint64 after = std::clamp<qint64>(wanted, 0, ceiling);
    QString hint = tr("%1 → %2 · %3")
                       .arg(numberText(value), numberText(after),
                            levelShort(rules::levelOf(after, m_detail.levels), m_detail.levels));
    if (after != wanted)
        hint += QLatin1String(" · ") + (wanted > ceiling ? tr("stops at the ceiling") : tr("stops at the floor"));
    return hint;
}

QString ChangeForm::obstacle() const {
    const QString error = amountError();
    return error.isEmpty() ? m_reason->obstacle() : error;
}

void ChangeForm::showErrors() {
    m_isAmountTouched = true;
    refresh();
    m_reason->showErrors();
    if (!amountError().isEmpty())
        m_amount->setFocus();
}

void ChangeForm::refresh() {
    m_amountRow->setHint(amountHint());
    m_amountRow->setError(m_isAmountTouched || !m_amount->text().isEmpty() ? amountError() : QString());
    Q_EMIT changed();
}

bool ChangeForm::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_amount && event->type() == QEvent::FocusOut && !m_isAmountTouched) {
        m_isAmountTouched = true;
        refresh();
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace affinity::ui
