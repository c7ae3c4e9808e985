#include "ui/simulation/deck.h"

#include "ui/shared/segmentedcontrol.h"
#include "ui/shared/tokens.h"

#include <QStackedWidget>
#include <QVBoxLayout>

namespace affinity::ui {
namespace {

constexpr int smallestChart = 96; // logical pixels

QStringList tabsOf(const std::vector<DeckPage>& pages) {
    QStringList tabs;
    for (const DeckPage& page : pages)
        tabs << (page.tab.isEmpty() ? page.title : page.tab);
    return tabs;
}

} // namespace

DeckPage chartPage(const QString& title, const QString& caption, ChartFrame* chart, bool hasLegend) {
    chart->setMinimumHeight(smallestChart);
    chart->setAccessibleName(title);
    DeckPage page{title, caption, {}, chart, nullptr};
    if (hasLegend)
        page.legend = new LegendBar(chart);
    return page;
}

Deck::Deck(QWidget* parent)
    : Panel(QStringLiteral(" "), {}, parent),
      m_tabs(new SegmentedControl({}, tr("What this panel shows"))),
      m_stack(new QStackedWidget),
      m_legends(new QStackedWidget) {
    setBodyMargins(deckChartMargins);
    m_legends->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    addAction(m_legends);
    addAction(m_tabs);
    body()->addWidget(m_stack, 1);
    connect(m_tabs, &SegmentedControl::currentChanged, this, [this](int index) {
        m_current = index;
        refresh();
    });
}

void Deck::setPages(std::vector<DeckPage> pages) {
    for (QStackedWidget* stack : {m_stack, m_legends}) {
        while (stack->count() > 0)
            stack->removeWidget(stack->widget(0));
    }
    m_pages = std::move(pages);
    for (const DeckPage& page : m_pages) {
        m_stack->addWidget(page.content);
        if (page.legend)
            m_legends->addWidget(page.legend);
    }
    m_current = std::min(m_current, std::max(0, static_cast<int>(m_pages.size()) - 1));
    m_tabs->setParts(tabsOf(m_pages));
    m_tabs->setVisible(m_pages.size() > 1);
    m_tabs->setCurrent(m_current);
    refresh();
}

void Deck::setCurrent(int index) {
    m_tabs->setCurrent(index);
}

void Deck::refresh() {
    if (m_pages.empty())
        return;
    const DeckPage& page = m_pages[static_cast<size_t>(m_current)];
    setTitle(page.title);
    setCaption(page.caption);
    m_stack->setCurrentWidget(page.content);
    m_legends->setVisible(page.legend != nullptr);
    if (page.legend)
        m_legends->setCurrentWidget(page.legend);
}

} // namespace affinity::ui
