// The few shapes everything is painted from: text in a box, rounded boxes, tags, level chips, sparklines, bars.
#pragma once

#include "ui/shared/fonts.h"
#include "ui/shared/icons.h"
#include "ui/shared/tokens.h"

#include <QPainter>
#include <QRectF>
#include <QString>

#include <vector>

namespace affinity::ui {

/// Where texts and figures stand in a line.
inline constexpr Qt::Alignment leftMiddle = Qt::AlignLeft | Qt::AlignVCenter;
inline constexpr Qt::Alignment rightMiddle = Qt::AlignRight | Qt::AlignVCenter;

/// One line of text, vertically centred by default, cut with "…" where it does not fit.
void drawText(QPainter& painter, const QRectF& box, const QString& text, const QFont& in, const QColor& color,
              Qt::Alignment alignment = Qt::AlignLeft | Qt::AlignVCenter);

/// Text over several lines.
void drawParagraph(QPainter& painter, const QRectF& box, const QString& text, const QFont& in, const QColor& color,
                   Qt::Alignment alignment = Qt::AlignLeft | Qt::AlignTop);

/// Height that drawParagraph needs for `text` at `width`.
int paragraphHeight(const QString& text, const QFont& in, int width);

/// A filled rounded box with an optional 1 px line that stays inside `box`.
void drawBox(QPainter& painter, const QRectF& box, double radius, const QColor& fill,
             const QColor& line = Qt::transparent, double lineWidth = 1);

/// A state mark: small rounded box, 20 px high, with its words and an optional icon. Draws from `left`, around
/// `centerY`.
void drawTag(QPainter& painter, double left, double centerY, const QString& text, Tone tone, Icon icon = Icon::None);
int tagWidth(const QString& text, Icon icon = Icon::None);

/// "L4" on the level's colour, 28 × 18 (wider from L100).
void drawLevelChip(QPainter& painter, double left, double centerY, int level, int highestLevel = 6);

/// A key cap such as "Ctrl K"; `right` is its right edge. Returns its width.
double drawKeyCap(QPainter& painter, double right, double centerY, const QString& keys);

/// A small line without axes over the whole of `box`; not finite values break it. Fewer than two values draw nothing.
void drawSparkline(QPainter& painter, const QRectF& box, const std::vector<double>& values, const QColor& color,
                   bool hasFill = true);

/// A horizontal bar on its track; `share` is limited to 0 … 1.
void drawBar(QPainter& painter, const QRectF& track, double share, const QColor& fill, const QColor& trackColor);

/// The focus ring: 2 px accent around `control`, outside by `distance`.
void drawFocusRing(QPainter& painter, const QRectF& control, double radius, double distance = 1);

} // namespace affinity::ui
