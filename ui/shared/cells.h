// Typed contents of table cells: models answer CellRole with a Cell, and the one delegate draws it.
#pragma once

#include "ui/shared/icons.h"
#include "ui/shared/tokens.h"

#include <QMetaType>
#include <QModelIndex>
#include <QString>
#include <QStringList>
#include <QVariant>

#include <vector>

namespace affinity::ui {

/// Roles of table models. DisplayRole stays the plain text (copy, export, screen readers): use cellText().
enum CellRoles {
    CellRole = Qt::UserRole + 100, // a Cell
    RowToneRole,                   // on column 0: a RowTone as int
};

/// How a whole row is tinted.
enum class RowTone { Plain, Error, Gap, Detail };

enum class CellKind {
    Text,     // body text
    Strong,   // the key cell of a row
    Caption,  // small secondary text; `isRight` for a right column
    Code,     // monospace: ids, rule keys
    Number,   // right under a right heading
    Delta,    // a signed change: strong, 0 muted, right
    Change,   // "30 → [45]": before muted, after in an accent box, right
    Move,     // "3,480 → 3,482": before and after alike, right
    Tag,      // a fact with a tone and an icon
    Level,    // level chip, then the text
    IconText, // icon in its tone, text, then a muted note
    Bar,      // bar of `share` with the text right of it
    Spark,    // sparkline of `points`
    Switch,   // on or off (share > 0.5)
    TwoLines, // text over note; for rows of 44 px
    Icon,     // only an icon, centred; `text` is its name for screen readers
    Keys,     // key caps; two spaces between them
};

/// What one cell shows. Make it with the functions below.
struct Cell {
    CellKind kind = CellKind::Text;
    QString text; // main text, already formatted
    QString note; // second text: note, value before, second line
    Tone tone = Tone::Neutral;
    Icon icon = Icon::None;
    int level = 0;
    int highestLevel = 6;
    double share = 0; // 0 … 1
    std::vector<double> points;
    bool isMuted = false;
    bool isRight = false;
    bool operator==(const Cell&) const = default;
};

Cell textCell(const QString& text);
Cell strongCell(const QString& text);
Cell captionCell(const QString& text, bool isRight = false);
Cell codeCell(const QString& text);
Cell numberCell(qint64 value);
/// A number that was formatted elsewhere ("18.4%", "1.3 s").
Cell numberCell(const QString& text);
Cell deltaCell(qint64 change);
/// A staged edit: what is live and what the draft says.
Cell changeCell(const QString& before, const QString& after);
/// Value before and after an event; equal values show one number, muted.
Cell moveCell(qint64 before, qint64 after);
Cell tagCell(const QString& text, Tone tone, Icon icon = Icon::None);
Cell levelCell(int level, int highestLevel, const QString& name = {});
Cell iconCell(Icon icon, Tone tone, const QString& text, const QString& note = {});
Cell barCell(double share, const QString& text, Tone tone = Tone::Accent);
Cell sparkCell(std::vector<double> points, Tone tone = Tone::Accent);
Cell switchCell(bool isOn, const QString& name);
Cell twoLineCell(const QString& text, const QString& note);
Cell bareIconCell(Icon icon, const QString& name, Tone tone = Tone::Neutral);
/// Key caps, one for each key sequence ("Ctrl+K").
Cell keysCell(const QStringList& keys);
/// The same cell in muted text, for rows that are switched off.
Cell muted(Cell cell);

/// The cell as one plain line, for DisplayRole, copying and screen readers: "30 → 45", "L4 Close friend".
QString cellText(const Cell& cell);

/// A cell for files and the clipboard: numbers as digits only ("1283114", "-12"), everything else, percentages too, as
/// cellText().
struct PlainCell {
    QString text;
    bool isNumber = false; // `text` is a number that QString::toDouble reads
};
PlainCell plainCell(const Cell& cell);
/// The same of any model's cell; without CellRole its DisplayRole as text.
PlainCell plainCell(const QModelIndex& index);

/// What a model returns for `role` of a cell: the Cell, its text, its alignment, or an empty variant.
QVariant cellData(const Cell& cell, int role);

} // namespace affinity::ui

Q_DECLARE_METATYPE(affinity::ui::Cell)
