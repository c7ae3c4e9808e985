#include "ui/adjustments/previewview.h"

#include "ui/adjustments/words.h"
#include "ui/shared/buttons.h"
#include "ui/shared/formatting.h"
#include "ui/shared/painting.h"
#include "ui/shared/textlabel.h"

#include <QHBoxLayout>

#include <algorithm>

namespace affinity::ui {
namespace {

constexpr int factsHeight = 32;
constexpr int consequenceHeight = 44;
constexpr int consequenceText = 42; // where the words begin
constexpr int tableHead = 26, tableRow = 24;
constexpr int rowsWidth = 320;

int detailHeight(const Consequence& line, int width) {
    return line.detail.isEmpty() ? 0 : paragraphHeight(line.detail, font(TextStyle::Caption), width);
}

int sentenceHeight(const Consequence& line, int width) {
    return std::max(20, paragraphHeight(line.sentence, font(TextStyle::Consequence), width));
}

int heightOf(const Consequence& line, int width) {
    return std::max(consequenceHeight, sentenceHeight(line, width) + detailHeight(line, width) + 8);
}

QColor detailColor(Tone tone) {
    return tone == Tone::Neutral ? tokens().muted : toneColors(tone).text;
}

} // namespace

FactsLine::FactsLine(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void FactsLine::setFacts(const std::vector<std::pair<QString, QString>>& facts) {
    m_facts = facts;
    QStringList words;
    for (const auto& [name, value] : facts)
        words << name + QLatin1Char(' ') + value;
    setAccessibleName(words.join(QStringLiteral(", ")));
    update();
}

QSize FactsLine::sizeHint() const {
    return {420, factsHeight};
}

void FactsLine::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Tokens& t = tokens();
    drawBox(painter, QRectF(rect()), measure::radiusControl, t.canvas);
    const QFont caption = ui::font(TextStyle::Caption);
    const QFont strong = ui::font(TextStyle::Strong);
    const double right = width() - 56; // the Edit button
    double x = 12;
    for (const auto& [name, value] : m_facts) {
        const double nameWidth = textWidth(caption, name) + 6;
        const double wanted = textWidth(strong, value) + 1;
        const double valueWidth = std::min(wanted, right - x - nameWidth);
        if (valueWidth < std::min(wanted, 24.0))
            return;
        drawText(painter, QRectF(x, 0, nameWidth, factsHeight), name, caption, t.muted);
        drawText(painter, QRectF(x + nameWidth, 0, valueWidth, factsHeight), value, strong, t.text);
        x += nameWidth + valueWidth + 22;
    }
}

ConsequenceList::ConsequenceList(QWidget* parent) : QWidget(parent) {
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void ConsequenceList::setConsequences(std::vector<Consequence> lines) {
    m_lines = std::move(lines);
    QStringList words;
    for (const Consequence& line : m_lines)
        words << line.sentence << line.detail;
    setAccessibleName(words.join(QLatin1Char(' ')));
    updateGeometry();
    update();
}

int ConsequenceList::heightForWidth(int width) const {
    int height = 0;
    for (const Consequence& line : m_lines)
        height += heightOf(line, width - consequenceText);
    return height;
}

QSize ConsequenceList::sizeHint() const {
    const int width = std::max(420, this->width());
    return {width, heightForWidth(width)};
}

void ConsequenceList::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const int wide = width() - consequenceText;
    double y = 0;
    for (const Consequence& line : m_lines) {
        const bool isPlain = line.tone == Tone::Neutral;
        const ToneColors colors = toneColors(line.tone);
        drawBox(painter, QRectF(0, y + 4, 28, 28), 7, isPlain ? tokens().sunken : colors.soft);
        drawIcon(painter, QPointF(6, y + 10), line.icon, isPlain ? tokens().secondary : colors.text);
        const int first = sentenceHeight(line, wide);
        drawParagraph(painter, QRectF(consequenceText, y, wide, first), line.sentence, ui::font(TextStyle::Consequence),
                      tokens().text);
        drawParagraph(painter, QRectF(consequenceText, y + first, wide, detailHeight(line, wide) + 4), line.detail,
                      ui::font(TextStyle::Caption), detailColor(line.detailTone));
        y += heightOf(line, wide);
    }
}

TwoTables::TwoTables(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void TwoTables::setTables(std::vector<NumberChange> numbers, std::vector<RowsWritten> rows) {
    m_numbers = std::move(numbers);
    m_rows = std::move(rows);
    QStringList words;
    for (const NumberChange& number : m_numbers)
        words << tr("%1: now %2, after %3.").arg(number.name, number.now, number.after);
    for (const RowsWritten& row : m_rows)
        words << tr("Rows of %1: %2.").arg(row.table).arg(row.count);
    setAccessibleName(words.join(QLatin1Char(' ')));
    updateGeometry();
    update();
}

QSize TwoTables::sizeHint() const {
    const auto rows = static_cast<int>(std::max(m_numbers.size(), m_rows.size()));
    return {560, tableHead + rows * tableRow};
}

void TwoTables::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Tokens& t = tokens();
    const QFont strong = ui::font(TextStyle::Strong);
    const QFont body = ui::font(TextStyle::Body);
    const QFont label = ui::font(TextStyle::Label);
    const double left = width() - rowsWidth;
    const double numbers = left - 24;
    const double now = numbers - 116;
    drawText(painter, QRectF(0, 0, 120, 24), tr("Numbers"), strong, t.text);
    drawText(painter, QRectF(0, 0, now, 24), tr("Now"), label, t.muted, rightMiddle);
    drawText(painter, QRectF(0, 0, numbers, 24), tr("After"), label, t.muted, rightMiddle);
    double y = tableHead;
    for (const NumberChange& number : m_numbers) {
        painter.fillRect(QRectF(0, y, numbers, 1), t.border);
        drawText(painter, QRectF(0, y, 140, tableRow), number.name, body, t.secondary);
        drawText(painter, QRectF(140, y, now - 140, tableRow), number.now, body, t.secondary, rightMiddle);
        drawText(painter, QRectF(now + 8, y, numbers - now - 8, tableRow), number.after,
                 number.after == number.now ? body : strong, number.after == number.now ? t.secondary : t.text,
                 rightMiddle);
        y += tableRow;
    }
    drawText(painter, QRectF(left, 0, 200, 24), tr("Rows written"), strong, t.text);
    drawText(painter, QRectF(left, 0, rowsWidth, 24), numberText(rowCount(m_rows)), strong, t.text, rightMiddle);
    y = tableHead;
    for (const RowsWritten& row : m_rows) {
        painter.fillRect(QRectF(left, y, rowsWidth, 1), t.border);
        drawText(painter, QRectF(left, y, rowsWidth - 76, tableRow), row.table, ui::font(TextStyle::Code), t.text,
                 leftMiddle);
        drawText(painter, QRectF(left, y, rowsWidth - 28, tableRow), row.isInsert ? tr("insert") : tr("update"),
                 ui::font(TextStyle::Caption), t.muted, rightMiddle);
        drawText(painter, QRectF(left, y, rowsWidth, tableRow), numberText(row.count), body, t.text, rightMiddle);
        y += tableRow;
    }
}

PreviewView::PreviewView(QWidget* parent)
    : QScrollArea(parent),
      m_facts(new FactsLine),
      m_heading(new TextLabel({}, TextStyle::PanelTitle)),
      m_consequences(new ConsequenceList),
      m_bar(new LevelMoveBar),
      m_tables(new TwoTables),
      m_limitIcon(new IconLabel(Icon::CheckCircle, TextTone::Ok, measure::iconSmall)),
      m_limitHeading(new TextLabel({}, TextStyle::Label)),
      m_limit(new TextLabel({}, TextStyle::Caption, TextTone::Secondary)) {
    setAccessibleName(tr("Preview"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setAutoFillBackground(false);
    auto* content = new QWidget;
    auto* rows = new QVBoxLayout(content);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(measure::gap); // four consequences, the tables and the limits fit above a typed name

    auto* facts = new QHBoxLayout(m_facts);
    facts->setContentsMargins(0, 0, 4, 0);
    auto* edit = new Button(tr("Edit"), ButtonKind::Link);
    edit->setObjectName(QStringLiteral("edit"));
    facts->addStretch(1);
    facts->addWidget(edit);
    connect(edit, &QPushButton::clicked, this, &PreviewView::editRequested);
    rows->addWidget(m_facts);
    rows->addWidget(m_heading);
    rows->addWidget(m_consequences);
    rows->addWidget(m_bar);
    rows->addWidget(m_tables);
    auto* limit = new QHBoxLayout;
    limit->setSpacing(6);
    limit->addWidget(m_limitIcon, 0, Qt::AlignTop);
    limit->addWidget(m_limitHeading, 0, Qt::AlignTop);
    m_limit->setWordWrap(true);
    limit->addWidget(m_limit, 1, Qt::AlignTop);
    rows->addLayout(limit);
    rows->addStretch(1);
    setWidget(content);
    content->setAutoFillBackground(false); // setWidget() switches it on
}

void PreviewView::setPreview(const service::AdjustmentPreview& preview, const service::AdjustmentForm& form,
                             const store::DeviceRow& device, bool isPrepared) {
    std::vector<std::pair<QString, QString>> facts{
        {tr("Device"), deviceTitle(device.binding)},
        {tr("User"), QString::number(device.user.id.value)},
        {tr("Reason"), reasonCodeName(form.reasonCode)},
    };
    if (!form.ticket.isEmpty())
        facts.emplace_back(tr("Ticket"), visibleText(form.ticket));
    m_facts->setFacts(facts);
    m_heading->setText(preview.preview.result.error && preview.preview.plan ? tr("What would happen")
                                                                            : tr("What will happen"));
    m_consequences->setConsequences(consequences(preview));
    const auto move = moveBar(preview);
    m_bar->setVisible(move.has_value());
    if (move)
        m_bar->setMove(*move);
    std::vector<NumberChange> numbers = numberChanges(preview);
    m_tables->setVisible(!numbers.empty());
    m_tables->setTables(std::move(numbers),
                        wouldWrite(preview) ? rowsWritten(preview, isPrepared) : std::vector<RowsWritten>());
    const LimitLine limit = limitLine(preview);
    const TextTone tone = limit.isWithin ? TextTone::Ok : TextTone::Danger;
    m_limitIcon->setIcon(limit.isWithin ? Icon::CheckCircle : Icon::Error, tone);
    m_limitHeading->setText(limit.heading);
    m_limitHeading->setTone(limit.isWithin ? TextTone::Normal : TextTone::Danger);
    m_limit->setText(limit.text);
    m_limit->setTone(limit.isWithin ? TextTone::Secondary : TextTone::Danger);
}

} // namespace affinity::ui
