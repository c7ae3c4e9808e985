#include "ui/devices/filterchips.h"

#include "ui/shared/buttons.h"
#include "ui/shared/chip.h"
#include "ui/shared/formatting.h"
#include "ui/shared/textlabel.h"

#include <QHBoxLayout>
#include <QIntValidator>
#include <QLineEdit>
#include <QMenu>
#include <QPointer>
#include <QWidgetAction>

#include <limits>
#include <utility>

namespace affinity::ui {

namespace {

/// The small form in the value chip's menu: from … to.
class RangeForm : public QWidget {
public:
    RangeForm(const DeviceFilter& filter, std::function<void(std::optional<int>, std::optional<int>)> apply)
        : m_from(field(FilterChips::tr("Smallest value"), filter.valueAtLeast)),
          m_to(field(FilterChips::tr("Largest value"), filter.valueAtMost)),
          m_apply(std::move(apply)) {
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins(12, 8, 12, 8);
        row->setSpacing(8);
        row->addWidget(new TextLabel(FilterChips::tr("From"), TextStyle::Caption, TextTone::Secondary));
        row->addWidget(m_from);
        row->addWidget(new TextLabel(FilterChips::tr("to"), TextStyle::Caption, TextTone::Secondary));
        row->addWidget(m_to);
        auto* button = new Button(FilterChips::tr("Filter"));
        button->setObjectName(QStringLiteral("applyValueRange"));
        row->addWidget(button);
        connect(button, &QPushButton::clicked, this, &RangeForm::apply);
        connect(m_from, &QLineEdit::returnPressed, this, &RangeForm::apply);
        connect(m_to, &QLineEdit::returnPressed, this, &RangeForm::apply);
        setFocusProxy(m_from);
    }

private:
    static QLineEdit* field(const QString& name, std::optional<int> value) {
        auto* edit = new QLineEdit(value ? QString::number(*value) : QString());
        edit->setAccessibleName(name);
        edit->setFixedWidth(72);
        edit->setValidator(new QIntValidator(0, std::numeric_limits<int>::max(), edit));
        return edit;
    }
    static std::optional<int> number(const QLineEdit& edit) {
        bool isNumber = false;
        const int value = edit.text().toInt(&isNumber);
        return isNumber ? std::optional(value) : std::nullopt;
    }
    void apply() { m_apply(number(*m_from), number(*m_to)); }

    QLineEdit* m_from;
    QLineEdit* m_to;
    std::function<void(std::optional<int>, std::optional<int>)> m_apply;
};

void openUnder(QMenu* menu, const QWidget* chip) {
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->popup(chip->mapToGlobal(QPoint(0, chip->height() + 4)));
}

} // namespace

FilterChips::FilterChips(std::vector<rules::Level> levels, QWidget* parent)
    : ChipFlow(parent),
      m_levels(std::move(levels)),
      m_user(makeChip(tr("User"), QStringLiteral("userChip"))),
      m_level(makeChip(tr("Level"), QStringLiteral("levelChip"))),
      m_activity(makeChip(tr("Activity"), QStringLiteral("activityChip"))),
      m_value(makeChip(tr("Value"), QStringLiteral("valueChip"))),
      m_unbound(makeChip(tr("Unbound"), QStringLiteral("unboundChip"))) {
    setAccessibleName(tr("Filters"));
    const auto onClear = [this](Chip* chip, auto reset) {
        connect(chip, &Chip::cleared, this, [this, reset] {
            DeviceFilter filter = m_filter;
            reset(filter);
            choose(filter);
        });
    };
    onClear(m_user, [](DeviceFilter& filter) { filter.userId.reset(); });
    onClear(m_level, [](DeviceFilter& filter) { filter.levelAtLeast.reset(); });
    onClear(m_activity, [](DeviceFilter& filter) { filter.activity = Activity::Any; });
    onClear(m_value, [](DeviceFilter& filter) { filter.valueAtLeast = filter.valueAtMost = std::nullopt; });
    onClear(m_unbound, [](DeviceFilter& filter) { filter.withUnbound = false; });
    connect(m_level, &Chip::clicked, this, &FilterChips::openLevelMenu);
    connect(m_activity, &Chip::clicked, this, &FilterChips::openActivityMenu);
    connect(m_value, &Chip::clicked, this, &FilterChips::openValueMenu);
    connect(m_unbound, &Chip::clicked, this, [this] {
        DeviceFilter filter = m_filter;
        filter.withUnbound = !filter.withUnbound;
        choose(filter);
    });
    refresh();
}

Chip* FilterChips::makeChip(const QString& name, const QString& objectName) {
    auto* chip = new Chip(name, this);
    chip->setObjectName(objectName);
    add(chip);
    return chip;
}

void FilterChips::setFilter(const DeviceFilter& filter) {
    m_filter = filter;
    refresh();
}

void FilterChips::choose(const DeviceFilter& filter) {
    if (filter == m_filter)
        return;
    setFilter(filter);
    Q_EMIT changed();
}

void FilterChips::refresh() {
    m_user->setVisible(m_filter.userId.has_value());
    m_user->setFilter(userWords(m_filter));
    m_level->setFilter(levelWords(m_filter));
    m_activity->setFilter(activityWords(m_filter));
    m_value->setFilter(valueWords(m_filter));
    m_unbound->setFilter(unboundWords(m_filter));
}

void FilterChips::openLevelMenu() {
    auto* menu = new QMenu(this);
    for (const rules::Level& level : m_levels) {
        if (level.level < 1)
            continue;
        QAction* action =
            menu->addAction(tr("Level %1 and up: %2").arg(QString::number(level.level), visibleText(level.name)));
        action->setCheckable(true);
        action->setChecked(m_filter.levelAtLeast == level.level);
        connect(action, &QAction::triggered, this, [this, number = level.level] {
            DeviceFilter filter = m_filter;
            filter.levelAtLeast = number;
            choose(filter);
        });
    }
    openUnder(menu, m_level);
}

void FilterChips::openActivityMenu() {
    auto* menu = new QMenu(this);
    for (const Activity activity : {Activity::ActiveIn7Days, Activity::IdleFor7Days}) {
        DeviceFilter filter = m_filter;
        filter.activity = activity;
        QAction* action = menu->addAction(activityWords(filter));
        action->setCheckable(true);
        action->setChecked(m_filter.activity == activity);
        connect(action, &QAction::triggered, this, [this, filter] { choose(filter); });
    }
    openUnder(menu, m_activity);
}

void FilterChips::openValueMenu() {
    auto* menu = new QMenu(this);
    auto* form = new RangeForm(m_filter, [this, menu = QPointer<QMenu>(menu)](auto from, auto to) {
        DeviceFilter filter = m_filter;
        filter.valueAtLeast = from;
        filter.valueAtMost = to;
        if (menu)
            menu->close();
        choose(filter);
    });
    auto* action = new QWidgetAction(menu);
    action->setDefaultWidget(form);
    menu->addAction(action);
    openUnder(menu, m_value);
    form->setFocus();
}

} // namespace affinity::ui
