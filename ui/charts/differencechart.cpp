#include "ui/charts/differencechart.h"

#include "ui/shared/formatting.h"
#include "ui/shared/painting.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace affinity::ui {
namespace {

QString withoutSign(const QString& text) {
    return text.startsWith(QLatin1Char('+')) || text.startsWith(QChar(0x2212)) ? text.mid(1) : text;
}

/// Whole figures above 10, one digit below: a label is read, not computed with.
QString figure(double value, ValueFormat format) {
    if (format == ValueFormat::Percent)
        return (value > 0 ? QStringLiteral("+") : QString()) + percentText(value);
    return signedDecimalText(value, std::abs(value) < 10 && value != std::floor(value) ? 1 : 0);
}

} // namespace

DifferenceChart::DifferenceChart(QWidget* parent) : LineChart(parent) {
    setXAxis({XKind::Day, QTimeZone::utc(), {}});
    setValueFormat(ValueFormat::Signed);
}

void DifferenceChart::setDifference(DifferenceData difference) {
    m_ends = {};
    for (size_t i = difference.mean.size(); i-- > 0;) {
        if (!std::isfinite(difference.mean[i]))
            continue;
        const bool hasBand = i < difference.low.size() && i < difference.high.size();
        m_ends.x = {difference.x[i]};
        m_ends.mean = {difference.mean[i]};
        m_ends.low = {hasBand ? difference.low[i] : std::nan("")};
        m_ends.high = {hasBand ? difference.high[i] : std::nan("")};
        break;
    }
    std::vector<BandData> bands;
    if (!difference.low.empty()) {
        BandData band;
        band.name = difference.bandName;
        band.x = difference.x;
        band.low = std::move(difference.low);
        band.high = std::move(difference.high);
        band.opacity = 0.21;
        bands.push_back(std::move(band));
    }
    LineData line;
    line.name = difference.name;
    line.x = std::move(difference.x);
    line.y = std::move(difference.mean);
    std::vector<LineData> lines;
    lines.push_back(std::move(line));
    setData(std::move(lines), std::move(bands));
}

QString DifferenceChart::lastText() const {
    if (m_ends.mean.empty())
        return {};
    const double mean = m_ends.mean.front();
    const QString value = figure(mean, valueFormat());
    const double up = m_ends.high.front() - mean;
    const double down = mean - m_ends.low.front();
    if (!std::isfinite(up) || !std::isfinite(down))
        return value;
    const QString wide = withoutSign(figure(up, valueFormat()));
    if (wide == withoutSign(figure(down, valueFormat())))
        return QStringLiteral("%1 ±%2").arg(value, wide);
    return tr("%1 (%2 to %3)")
        .arg(value, figure(m_ends.low.front(), valueFormat()), figure(m_ends.high.front(), valueFormat()));
}

void DifferenceChart::paintOver(QPainter& painter) {
    LineChart::paintOver(painter);
    const QString text = lastText();
    const std::vector<LegendEntry> entries = legend();
    if (text.isEmpty() || entries.empty() || !entries.front().isShown)
        return;
    const QRectF plot = plotRect();
    const double x = pixelX(m_ends.x.front());
    if (x > plot.right() + 1 || x < plot.left())
        return;
    const QFont in = ui::font(TextStyle::Label);
    const double wide = textWidth(in, text) + 2;
    const bool hasBand = std::isfinite(m_ends.high.front());
    const double top = pixelY(hasBand ? m_ends.high.front() : m_ends.mean.front());
    const double bottom = pixelY(hasBand ? m_ends.low.front() : m_ends.mean.front());
    // Above the band, or below it where the plot ends.
    const double y = top - 24 >= plot.top() - 4 ? top - 24 : std::min(bottom + 6, plot.bottom() - 18);
    const double left = std::clamp(x - wide, plot.left(), std::max(plot.left(), plot.right() - wide));
    QColor under = tokens().surface; // the figures stay readable over a band that falls towards its end
    under.setAlpha(200);
    drawBox(painter, QRectF(left - 3, y, wide + 3, 18), 3, under);
    drawText(painter, QRectF(left, y, wide, 18), text, in, tokens().text, Qt::AlignRight | Qt::AlignVCenter);
}

} // namespace affinity::ui
