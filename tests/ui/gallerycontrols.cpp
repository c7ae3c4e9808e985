#include "tests/ui/gallerypages.h"

#include "ui/shared/banner.h"
#include "ui/shared/buttons.h"
#include "ui/shared/chip.h"
#include "ui/shared/emptystate.h"
#include "ui/shared/formrow.h"
#include "ui/shared/kpitile.h"
#include "ui/shared/levelblock.h"
#include "ui/shared/panel.h"
#include "ui/shared/progress.h"
#include "ui/shared/tag.h"
#include "ui/shared/textlabel.h"
#include "ui/shell/dialogframe.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRadioButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include <cmath>

namespace affinity::ui::gallery {
namespace {

QString text(const char* words) {
    return QString::fromUtf8(words);
}

std::vector<double> wave(double phase) {
    std::vector<double> values;
    for (int i = 0; i < 24; ++i)
        values.push_back(i * 0.2 + std::sin(i * 0.7 + phase));
    return values;
}

QWidget* kpiRow() {
    auto* row = new QWidget;
    auto* tiles = new QHBoxLayout(row);
    tiles->setContentsMargins(0, 0, 0, 0);
    tiles->setSpacing(12);
    const std::vector<Kpi> kpis{
        {text("Active devices, 24 h"), text("184,206"), {}, text("2.1% above last Thursday"), Trend::Up, wave(0)},
        {text("Points issued today"), text("1,948,220"), text("pts"), text("4.6% above last Thursday"), Trend::Up,
         wave(1)},
        {text("Events today"), text("884,306"), {}, text("1.2% below last Thursday"), Trend::Down, wave(2)},
        {text("Cut or refused by a cap"), text("18.4%"), text("of events"), text("usual 15 to 17%"), Trend::None,
         wave(3), Tone::Warn},
        {text("Levels reached today"), {}, {}, text("not known yet")}};
    for (const Kpi& kpi : kpis) {
        auto* tile = new KpiTile(kpi);
        tile->setOpens(text("Open Devices"));
        tiles->addWidget(tile);
    }
    return row;
}

QWidget* buttonPanel() {
    auto* panel = new Panel(text("Buttons and tags"), text("every kind, once"));
    auto* first = new QHBoxLayout;
    first->setSpacing(8);
    first->addWidget(new Button(text("New adjustment…"), ButtonKind::Primary, Icon::Plus));
    first->addWidget(new Button(text("New batch…"), ButtonKind::Normal, Icon::Table));
    first->addWidget(new Button(text("Add 540 points"), ButtonKind::Danger));
    first->addWidget(new Button(text("Snooze"), ButtonKind::Quiet));
    first->addWidget(new Button(text("Copy as text"), ButtonKind::Link));
    first->addStretch(1);
    auto* second = new QHBoxLayout;
    second->setSpacing(8);
    for (const ButtonKind kind : {ButtonKind::Primary, ButtonKind::Normal, ButtonKind::Danger, ButtonKind::Quiet}) {
        auto* button = new Button(text("Submit"), kind, Icon::Check);
        button->setBlocked(text("One error blocks review."));
        second->addWidget(button);
    }
    second->addStretch(1);
    auto* third = new QHBoxLayout;
    third->setSpacing(8);
    third->addWidget(new Tag(text("Neutral"), Tone::Neutral, Icon::Pause));
    third->addWidget(new Tag(text("Draft"), Tone::Accent));
    third->addWidget(new Tag(text("Reconciled"), Tone::Ok, Icon::Check));
    third->addWidget(new Tag(text("2 warnings"), Tone::Warn, Icon::Warning));
    third->addWidget(new Tag(text("1 error"), Tone::Danger, Icon::Error));
    for (int level = 0; level <= 6; ++level)
        third->addWidget(new LevelMark(level, 6));
    third->addStretch(1);
    auto* fourth = new QHBoxLayout;
    fourth->setSpacing(6);
    for (int level = 0; level <= 12; ++level)
        fourth->addWidget(new LevelMark(level, 12));
    fourth->addWidget(new Spinner(text("Working")));
    auto* line = new ProgressLine;
    line->setShare(0.64);
    fourth->addWidget(line);
    fourth->addStretch(1);
    auto* icons = new QHBoxLayout;
    icons->setSpacing(6);
    for (int icon = 1; icon < static_cast<int>(Icon::Count); ++icon)
        icons->addWidget(new IconLabel(static_cast<Icon>(icon), TextTone::Secondary));
    icons->addStretch(1);
    for (QHBoxLayout* row : {first, second, third, fourth}) {
        panel->body()->addLayout(row);
        panel->body()->addSpacing(12);
    }
    panel->body()->addLayout(icons);
    panel->body()->addStretch(1);
    return panel;
}

QWidget* formPanel() {
    auto* panel = new Panel(text("Form"));
    panel->setFixedWidth(344);
    panel->body()->setSpacing(12);
    auto* ticket = new QLineEdit(text("CS-20817"));
    panel->body()->addWidget(new FormRow(text("Ticket"), ticket, text("Kept with the adjustment.")));
    auto* points = new QSpinBox;
    points->setRange(-1000, 1000);
    points->setValue(540);
    auto* change = new FormRow(text("Points"), points);
    change->setError(text("Above your limit of 500 for one adjustment."));
    panel->body()->addWidget(change);
    auto* reason = new QComboBox;
    reason->addItems({text("Lost event"), text("Duplicate"), text("Goodwill")});
    panel->body()->addWidget(new FormRow(text("Reason"), reason));
    auto* check = new QCheckBox(text("Tell the app at once"));
    check->setChecked(true);
    auto* off = new QCheckBox(text("Skip rewards"));
    auto* radio = new QRadioButton(text("Add to the value"));
    radio->setChecked(true);
    panel->body()->addWidget(check);
    panel->body()->addWidget(off);
    panel->body()->addWidget(radio);
    panel->body()->addStretch(1);
    return panel;
}

QWidget* consequence(Icon icon, bool isChange, const char* what, const char* detail, TextTone tone) {
    auto* row = new QWidget;
    auto* columns = new QHBoxLayout(row);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(14);
    columns->addWidget(new IconTile(icon, isChange ? Tone::Accent : Tone::Neutral));
    auto* words = new QVBoxLayout;
    words->setSpacing(1);
    words->addWidget(new TextLabel(text(what), TextStyle::Consequence));
    words->addWidget(new TextLabel(text(detail), TextStyle::Caption, tone));
    columns->addLayout(words, 1);
    return row;
}

} // namespace

QWidget* controlsPage() {
    auto* page = new QWidget;
    auto* rows = new QVBoxLayout(page);
    rows->setContentsMargins(16, 0, 16, 16);
    rows->setSpacing(12);
    auto* head = new PageHead(text("Overview"), text("Thursday 20 November 2025, up to 14:32"));
    rows->addWidget(head);
    auto* banners = new BannerStack;
    banners->show(text("link"), {Tone::Danger, text("PostgreSQL does not answer."),
                                 text("You see data of 14:31:26, 42 s old. Edits are kept. Next try in 8 s."),
                                 text("Try now"), text("Diagnose…")});
    banners->show(text("burst"), {Tone::Warn, text("Burst from one device."),
                                  text("48210377 sent 212 events in 60 s; the limit is 60."), text("Show device"),
                                  text("Snooze 15 min"), true});
    banners->show(text("third"), {Tone::Accent, text("A third notice."), text("It is counted, not stacked.")});
    rows->addWidget(banners);
    rows->addWidget(kpiRow());
    rows->addWidget(barsRow(), 1);
    return page;
}

QWidget* formPage() {
    auto* page = new QWidget;
    auto* rows = new QVBoxLayout(page);
    rows->setContentsMargins(16, 0, 16, 16);
    rows->setSpacing(0);
    rows->addWidget(new PageHead(text("Settings")));
    auto* columns = new QHBoxLayout;
    columns->setSpacing(12);
    columns->addWidget(buttonPanel(), 1);
    columns->addWidget(formPanel());
    rows->addLayout(columns, 1);
    return page;
}

QWidget* emptyPage() {
    auto* page = new QWidget;
    auto* rows = new QVBoxLayout(page);
    rows->setContentsMargins(16, 0, 16, 16);
    rows->setSpacing(0);
    auto* head = new PageHead(text("Adjustments"));
    head->addAction(new Button(text("New batch…"), ButtonKind::Normal, Icon::Table));
    head->addAction(new Button(text("New adjustment…"), ButtonKind::Primary, Icon::Plus));
    rows->addWidget(head);
    auto* panel = new Panel;
    panel->setFlushBody();
    panel->body()->addWidget(new EmptyState(
        Icon::Adjustments, text("No request is waiting"),
        text("A request appears here when an adjustment is above its maker’s limit. Somebody else then sees a fresh "
             "preview and decides."),
        {{Icon::Search,
          text("Find a device to adjust"),
          text("by binding, serial, user or nickname"),
          text("Ctrl 1"),
          {}},
         {Icon::Table, text("Stage a batch from a file"), text("CSV with binding and delta"), text("Ctrl Shift B"), {}},
         {Icon::Clock, text("See what was adjusted before"), text("4 in the last 30 days"), {}, {}}}));
    rows->addWidget(panel, 1);
    return page;
}

QDialog* adjustDialog(const ConnectionState& state) {
    auto* dialog = new DialogFrame(text("Adjust value"), state);
    dialog->setSteps({text("Device"), text("Change"), text("Preview"), text("Result")});
    dialog->setCurrentStep(2);
    QVBoxLayout& body = *dialog->body();
    body.addWidget(new TextLabel(text("What will happen"), TextStyle::PanelTitle));
    body.addWidget(consequence(Icon::ArrowUp, true, "The value rises by 540, from 3,482 to 4,022.",
                               "Nothing is clamped: 5,978 points stay below the ceiling of 10,000.", TextTone::Muted));
    body.addWidget(consequence(Icon::Star, true, "Mochi reaches level 5, Confidant.", "22 points above its threshold.",
                               TextTone::Muted));
    body.addWidget(consequence(Icon::Gift, true, "The reward of level 5 is granted, once: 200 coins.",
                               "It cannot be taken back by reversing this adjustment.", TextTone::Warn));
    auto* bar = new LevelMoveBar;
    bar->setMove({3482, 4022, 2400, 7000, LevelRef{5, text("Confidant"), 4000}, 4, 6, text("L4 from 2,400"),
                  text("L6 from 7,000"), text("4,022, just inside L5")});
    body.addWidget(bar);
    body.addStretch(1);
    dialog->setDeed(text("Add 540 points"));
    dialog->requireTypedName(text("To write 6 rows to production, type"), state.storeName);
    dialog->setRemark(text("Preview of 14:32:08. If the device moves, it is refused and shown anew."));
    dialog->backButton()->show();
    return dialog;
}

} // namespace affinity::ui::gallery
