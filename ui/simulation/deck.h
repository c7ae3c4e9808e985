// Deck: one panel for one chart or, with tabs in its head, for several; charts move between decks with the window's
// size.
#pragma once

#include "ui/charts/chartframe.h"
#include "ui/shared/panel.h"

#include <memory>
#include <vector>

class QStackedWidget;

namespace affinity::ui {

class SegmentedControl;

/// Around a chart in a panel, so that its caption stands under the panel's title.
inline constexpr QMargins deckChartMargins(16, 0, 12, 10);

/// One content of a deck. The deck that shows it owns its widgets.
struct DeckPage {
    QString title, caption;
    QString tab; ///< short, for the tabs; empty: the title
    QWidget* content = nullptr;
    QWidget* legend = nullptr; ///< in the head; null: none
};

/// A page of a chart with its legend.
DeckPage chartPage(const QString& title, const QString& caption, ChartFrame* chart, bool hasLegend);

class Deck : public Panel {
    Q_OBJECT
public:
    explicit Deck(QWidget* parent = nullptr);
    /// Shows these instead of the pages before, whose widgets are left without a parent: another deck takes them.
    void setPages(std::vector<DeckPage> pages);
    int current() const { return m_current; }
    void setCurrent(int index);

private:
    void refresh();
    std::vector<DeckPage> m_pages;
    int m_current = 0;
    SegmentedControl* m_tabs;
    QStackedWidget* m_stack;
    QStackedWidget* m_legends;
};

} // namespace affinity::ui
