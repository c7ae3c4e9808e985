// One number of a page: label, number with unit, one comparison in words, a sparkline.
#pragma once

#include "ui/shared/icons.h"

#include <QAbstractButton>

#include <optional>
#include <vector>

namespace affinity::ui {

/// Direction of the comparison, shown as an arrow: rising is not good, falling is not bad.
enum class Trend { None, Up, Down };

struct Kpi {
    QString label;      // "Points issued today"
    QString value;      // formatted, "1,948,220"; empty while unknown: a dash is shown
    QString unit;       // "pts"
    QString comparison; // "4.6% above last Thursday"
    Trend trend = Trend::None;
    std::vector<double> history; // for the sparkline; empty: none
    Tone tone = Tone::Accent;    // Warn colours the sparkline amber
    QString change;              // a tag at the right instead of the sparkline: "+2.2%"
    Tone changeTone = Tone::Accent;
    bool operator==(const Kpi&) const = default;
};

/// 96 px high (84 when compact). A tile that opens a screen is clickable: setOpens(); then it takes focus and hover.
class KpiTile : public QAbstractButton {
    Q_OBJECT
public:
    explicit KpiTile(const Kpi& kpi = {}, QWidget* parent = nullptr);
    void setKpi(const Kpi& kpi);
    const Kpi& kpi() const { return m_kpi; }
    void setCompact(bool isCompact);
    /// Says where a click leads ("Open Devices"); empty: not clickable.
    void setOpens(const QString& where);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Kpi m_kpi;
    bool m_isCompact = false;
};

} // namespace affinity::ui
