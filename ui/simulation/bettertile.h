// BetterTile: the tile that says which share of the devices is better and worse off under the draft.
#pragma once

#include <QAbstractButton>

#include <optional>

namespace affinity::ui {

/// Shares of all devices, 0 to 1; the rest has the same value under both.
struct BetterShares {
    double better = 0;
    double worse = 0;
    int day = 0;
    friend bool operator==(const BetterShares&, const BetterShares&) = default;
};

/// A click leads to who they are.
class BetterTile : public QAbstractButton {
    Q_OBJECT
public:
    explicit BetterTile(QWidget* parent = nullptr);
    /// Nothing: there is no comparison, and the tile says how to get one.
    void setShares(const std::optional<BetterShares>& shares);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::optional<BetterShares> m_shares;
};

} // namespace affinity::ui
