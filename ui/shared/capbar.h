// How much of a daily cap is used: accent, amber with icon and words when it is used up.
#pragma once

#include <QWidget>

#include <vector>

namespace affinity::ui {

struct CapUse {
    QString name;            // rule key, or "All rules, points gained"
    qint64 used = 0;         // points, as the engine counts them
    qint64 limit = 0;        // points a day; 0: no cap
    bool isCode = true;      // a rule key is monospace
    bool isOnceADay = false; // one event fills it: "done" without amber
    bool operator==(const CapUse&) const = default;
};

/// Rows of caps, 32 px each, 29 when compact.
class CapBars : public QWidget {
    Q_OBJECT
public:
    explicit CapBars(QWidget* parent = nullptr);
    void setCaps(std::vector<CapUse> caps);
    void setCompact(bool isCompact);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int rowHeight() const;
    std::vector<CapUse> m_caps;
    bool m_isCompact = false;
};

} // namespace affinity::ui
