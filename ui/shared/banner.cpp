#include "ui/shared/banner.h"

#include "ui/shared/buttons.h"
#include "ui/shared/painting.h"
#include "ui/shared/textlabel.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace affinity::ui {
namespace {

Icon iconOf(Tone tone) {
    switch (tone) {
    case Tone::Warn:
        return Icon::Warning;
    case Tone::Danger:
        return Icon::Error;
    case Tone::Ok:
        return Icon::CheckCircle;
    default:
        return Icon::Info;
    }
}

} // namespace

Banner::Banner(const BannerText& text, QWidget* parent)
    : QFrame(parent),
      m_icon(new IconLabel(Icon::Info, TextTone::Accent)),
      m_what(new TextLabel({}, TextStyle::Strong)),
      m_meaning(new TextLabel),
      m_action(new Button({})),
      m_quiet(new Button({}, ButtonKind::Quiet)),
      m_dismiss(new IconButton(Icon::Close, tr("Dismiss"))) {
    setMinimumHeight(measure::banner);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(14, 6, 8, 6);
    row->setSpacing(8);
    m_meaning->setWordWrap(true);
    row->addWidget(m_icon);
    row->addWidget(m_what);
    row->addWidget(m_meaning, 1);
    row->addWidget(m_action);
    row->addWidget(m_quiet);
    row->addWidget(m_dismiss);
    connect(m_action, &QPushButton::clicked, this, &Banner::acted);
    connect(m_quiet, &QPushButton::clicked, this, &Banner::actedQuietly);
    connect(m_dismiss, &QToolButton::clicked, this, &Banner::dismissed);
    setText(text);
}

void Banner::setText(const BannerText& text) {
    m_text = text;
    m_icon->setIcon(iconOf(text.tone), textTone(text.tone));
    m_what->setText(text.what);
    m_what->setTone(text.tone == Tone::Accent || text.tone == Tone::Neutral ? TextTone::Normal : textTone(text.tone));
    m_meaning->setText(text.meaning);
    m_action->setText(text.action);
    m_action->setVisible(!text.action.isEmpty());
    m_quiet->setText(text.quietAction);
    m_quiet->setVisible(!text.quietAction.isEmpty());
    m_dismiss->setVisible(text.isDismissible);
    setAccessibleName(text.what);
    setAccessibleDescription(text.meaning);
    update();
}

void Banner::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const ToneColors colors = toneColors(m_text.tone);
    QColor line = colors.text;
    line.setAlpha(70);
    drawBox(painter, QRectF(rect()), measure::radiusPanel, colors.soft, line);
}

BannerStack::BannerStack(QWidget* parent)
    : QWidget(parent), m_layout(new QVBoxLayout(this)), m_more(new TextLabel({}, TextStyle::Caption, TextTone::Muted)) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(measure::gap);
    m_layout->addWidget(m_more);
    refresh();
}

Banner* BannerStack::show(const QString& cause, const BannerText& text) {
    const auto known =
        std::find_if(m_entries.begin(), m_entries.end(), [&](const Entry& e) { return e.cause == cause; });
    if (known != m_entries.end()) {
        known->banner->setText(text);
        return known->banner;
    }
    auto* banner = new Banner(text, this);
    m_entries.push_back({cause, banner});
    m_layout->insertWidget(m_layout->count() - 1, banner);
    connect(banner, &Banner::dismissed, this, [this, cause] { remove(cause); });
    refresh();
    return banner;
}

void BannerStack::remove(const QString& cause) {
    const auto known =
        std::find_if(m_entries.begin(), m_entries.end(), [&](const Entry& e) { return e.cause == cause; });
    if (known == m_entries.end())
        return;
    known->banner->hide();
    known->banner->deleteLater();
    m_entries.erase(known);
    refresh();
}

int BannerStack::count() const {
    return static_cast<int>(m_entries.size());
}

void BannerStack::refresh() {
    constexpr size_t most = 2;
    for (size_t i = 0; i < m_entries.size(); ++i)
        m_entries[i].banner->setVisible(i < most);
    const int hidden = std::max(0, static_cast<int>(m_entries.size()) - static_cast<int>(most));
    m_more->setVisible(hidden > 0);
    m_more->setText(hidden > 0 ? tr("%n more", nullptr, hidden) : QString());
    setVisible(!m_entries.empty());
}

} // namespace affinity::ui
