#include "ui/shared/cells.h"

#include "ui/shared/formatting.h"

#include <QCoreApplication>

#include <utility>

namespace affinity::ui {
namespace {

constexpr QChar arrow(0x2192);

Cell make(CellKind kind, const QString& text) {
    Cell cell;
    cell.kind = kind;
    cell.text = text;
    return cell;
}

} // namespace

Cell textCell(const QString& text) {
    return make(CellKind::Text, text);
}

Cell strongCell(const QString& text) {
    return make(CellKind::Strong, text);
}

Cell captionCell(const QString& text, bool isRight) {
    Cell cell = make(CellKind::Caption, text);
    cell.isRight = isRight;
    return cell;
}

Cell keysCell(const QStringList& keys) {
    return make(CellKind::Keys, keys.join(QStringLiteral("  ")));
}

Cell codeCell(const QString& text) {
    return make(CellKind::Code, text);
}

Cell numberCell(qint64 value) {
    return numberCell(numberText(value));
}

Cell numberCell(const QString& text) {
    Cell cell = make(CellKind::Number, text);
    cell.isRight = true;
    return cell;
}

Cell deltaCell(qint64 change) {
    Cell cell = make(CellKind::Delta, signedText(change));
    cell.isRight = true;
    cell.isMuted = change == 0;
    return cell;
}

Cell changeCell(const QString& before, const QString& after) {
    Cell cell = make(CellKind::Change, after);
    cell.note = before;
    cell.isRight = true;
    return cell;
}

Cell moveCell(qint64 before, qint64 after) {
    Cell cell = make(CellKind::Move, numberText(after));
    cell.isRight = true;
    cell.isMuted = before == after;
    if (before != after)
        cell.note = numberText(before);
    return cell;
}

Cell tagCell(const QString& text, Tone tone, Icon icon) {
    Cell cell = make(CellKind::Tag, text);
    cell.tone = tone;
    cell.icon = icon;
    return cell;
}

Cell levelCell(int level, int highestLevel, const QString& name) {
    Cell cell = make(CellKind::Level, name);
    cell.level = level;
    cell.highestLevel = highestLevel;
    return cell;
}

Cell iconCell(Icon icon, Tone tone, const QString& text, const QString& note) {
    Cell cell = make(CellKind::IconText, text);
    cell.icon = icon;
    cell.tone = tone;
    cell.note = note;
    return cell;
}

Cell barCell(double share, const QString& text, Tone tone) {
    Cell cell = make(CellKind::Bar, text);
    cell.share = share;
    cell.tone = tone;
    return cell;
}

Cell sparkCell(std::vector<double> points, Tone tone) {
    Cell cell = make(CellKind::Spark, {});
    cell.points = std::move(points);
    cell.tone = tone;
    return cell;
}

Cell switchCell(bool isOn, const QString& name) {
    Cell cell = make(CellKind::Switch, name);
    cell.share = isOn ? 1 : 0;
    return cell;
}

Cell twoLineCell(const QString& text, const QString& note) {
    Cell cell = make(CellKind::TwoLines, text);
    cell.note = note;
    return cell;
}

Cell bareIconCell(Icon icon, const QString& name, Tone tone) {
    Cell cell = make(CellKind::Icon, name);
    cell.icon = icon;
    cell.tone = tone;
    return cell;
}

Cell muted(Cell cell) {
    cell.isMuted = true;
    return cell;
}

QString cellText(const Cell& cell) {
    switch (cell.kind) {
    case CellKind::Change:
    case CellKind::Move:
        return cell.note.isEmpty() ? cell.text : QStringLiteral("%1 %2 %3").arg(cell.note, arrow, cell.text);
    case CellKind::Level:
        return cell.text.isEmpty() ? QStringLiteral("L%1").arg(cell.level)
                                   : QStringLiteral("L%1 %2").arg(QString::number(cell.level), cell.text);
    case CellKind::Switch:
        return cell.share > 0.5 ? QCoreApplication::translate("Cells", "on")
                                : QCoreApplication::translate("Cells", "off");
    case CellKind::IconText:
    case CellKind::TwoLines:
        return cell.note.isEmpty() ? cell.text : QStringLiteral("%1, %2").arg(cell.text, cell.note);
    default:
        return cell.text;
    }
}

PlainCell plainCell(const Cell& cell) {
    const QString shown = cellText(cell);
    if (cell.kind != CellKind::Number && cell.kind != CellKind::Delta)
        return {shown, false};
    QString digits = shown;
    digits.remove(QLatin1Char(','));
    digits.replace(QChar(0x2212), QLatin1Char('-'));
    if (digits.startsWith(QLatin1Char('+')))
        digits.remove(0, 1);
    bool isNumber = false;
    digits.toDouble(&isNumber);
    return isNumber ? PlainCell{digits, true} : PlainCell{shown, false};
}

PlainCell plainCell(const QModelIndex& index) {
    const QVariant cell = index.data(CellRole);
    if (cell.canConvert<Cell>())
        return plainCell(cell.value<Cell>());
    return {index.data(Qt::DisplayRole).toString(), false};
}

QVariant cellData(const Cell& cell, int role) {
    switch (role) {
    case CellRole:
        return QVariant::fromValue(cell);
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return cellText(cell);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment((cell.isRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    default:
        return {};
    }
}

} // namespace affinity::ui
