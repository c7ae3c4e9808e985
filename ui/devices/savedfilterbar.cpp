#include "ui/devices/savedfilterbar.h"

#include "ui/shared/buttons.h"
#include "ui/shared/formatting.h"
#include "ui/shared/keysinforce.h"
#include "ui/shared/textlabel.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPointer>
#include <QVBoxLayout>

namespace affinity::ui {

namespace {

/// A name as an action shows it: foreign text, and "&" is no mnemonic.
QString actionText(const QString& name) {
    return visibleText(name).replace(QLatin1Char('&'), QLatin1String("&&"));
}

QAction* addHeading(QMenu& menu, const QString& text) {
    QAction* heading = menu.addAction(text);
    heading->setEnabled(false);
    return heading;
}

} // namespace

SavedFilterBar::SavedFilterBar(SavedFilters& filters, Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      m_filters(filters),
      m_workspace(workspace),
      m_button(new IconButton(Icon::Filter, tr("Saved filters"))),
      m_state(new QWidget),
      m_stateText(new TextLabel({}, TextStyle::Caption, TextTone::Secondary)),
      m_updateButton(new Button(tr("Update"), ButtonKind::Link)),
      m_formRow(new QWidget),
      m_formLabel(new TextLabel({}, TextStyle::Caption, TextTone::Secondary)),
      m_name(new QLineEdit),
      m_save(new Button(tr("Save"))),
      m_fault(new TextLabel({}, TextStyle::Caption, TextTone::Danger)),
      m_knownProblem(filters.problem()) {
    makeState();
    makeForm();
    m_button->setObjectName(QStringLiteral("savedFilters"));
    setCommand(*m_button, QStringLiteral("devices.savedFilters"));
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(m_state);
    rows->addWidget(m_formRow);
    connect(m_button, &QToolButton::clicked, this, &SavedFilterBar::openMenu);
    refresh();
}

void SavedFilterBar::makeState() {
    auto* row = new QHBoxLayout(m_state);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    m_stateText->setObjectName(QStringLiteral("savedFilterState"));
    m_stateText->setElided(true);
    m_updateButton->setObjectName(QStringLiteral("updateFilter"));
    m_updateButton->setFont(ui::font(TextStyle::Caption));
    m_updateButton->setFixedHeight(22);
    row->addWidget(new IconLabel(Icon::Filter, TextTone::Muted, measure::iconSmall));
    row->addWidget(m_stateText, 1);
    row->addWidget(m_updateButton);
    connect(m_updateButton, &QPushButton::clicked, this, qOverload<>(&SavedFilterBar::update));
}

void SavedFilterBar::makeForm() {
    auto* rows = new QVBoxLayout(m_formRow);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(4);
    m_name->setObjectName(QStringLiteral("filterName"));
    m_name->setAccessibleName(tr("Name of the filter"));
    m_name->installEventFilter(this);
    m_formLabel->setBuddy(m_name);
    m_save->setObjectName(QStringLiteral("saveFilter"));
    auto* cancel = new IconButton(Icon::Close, tr("Cancel (Esc)"));
    cancel->setObjectName(QStringLiteral("cancelFilterName"));
    m_fault->setObjectName(QStringLiteral("filterNameFault"));
    m_fault->setWordWrap(true);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_formLabel);
    row->addWidget(m_name, 1);
    row->addWidget(m_save);
    row->addWidget(cancel);
    rows->addLayout(row);
    rows->addWidget(m_fault);
    connect(m_name, &QLineEdit::returnPressed, this, &SavedFilterBar::submit);
    connect(m_name, &QLineEdit::textEdited, this, [this] { m_fault->hide(); });
    connect(m_save, &QPushButton::clicked, this, &SavedFilterBar::submit);
    connect(cancel, &QToolButton::clicked, this, &SavedFilterBar::close);
}

void SavedFilterBar::setCurrent(const DeviceView& view) {
    m_view = view;
    if (!isNarrowing(view.filter))
        m_applied.clear();
    refresh();
}

void SavedFilterBar::forget() {
    m_applied.clear();
    refresh();
}

bool SavedFilterBar::isChanged() const {
    const auto saved = m_filters.find(m_applied);
    return saved && saved->view != m_view;
}

void SavedFilterBar::refresh() {
    const bool isShown = !m_applied.isEmpty() && m_form == Form::None;
    m_state->setVisible(isShown);
    m_formRow->setVisible(m_form != Form::None);
    setVisible(isShown || m_form != Form::None);
    m_stateText->setText(isChanged() ? tr("%1, changed").arg(visibleText(m_applied)) : visibleText(m_applied));
    const bool canUpdate = isChanged() && !m_filters.isBuiltIn(m_applied);
    m_updateButton->setVisible(canUpdate);
    m_updateButton->setBlocked(m_filters.saveObstacle());
    if (m_filters.saveObstacle().isEmpty())
        m_updateButton->setToolTip(tr("Saves search, filters and order as they are now under this name."));
}

void SavedFilterBar::openMenu() {
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("savedFilterMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    fillMenu(*menu);
    // Aligned with the button's right edge: the list's panel is narrow.
    menu->popup(m_button->mapToGlobal(QPoint(m_button->width() - menu->sizeHint().width(), m_button->height() + 4)));
}

void SavedFilterBar::fillMenu(QMenu& menu) {
    addHeading(menu, tr("Saved filters"));
    if (m_filters.filters().empty()) {
        QAction* hint = addHeading(menu, m_filters.saveObstacle().isEmpty()
                                             ? tr("None yet. Search or set chips, then save them here.")
                                             : m_filters.saveObstacle());
        hint->setObjectName(QStringLiteral("noSavedFilter"));
    }
    addFilters(menu, m_filters.filters());
    menu.addSeparator();
    addHeading(menu, tr("Built-in"));
    addFilters(menu, m_filters.builtIns());
    menu.addSeparator();
    addManaging(menu);
}

void SavedFilterBar::addFilters(QMenu& menu, const std::vector<SavedFilter>& filters) {
    for (const SavedFilter& filter : filters) {
        QAction* action = menu.addAction(actionText(filter.name));
        action->setCheckable(true);
        action->setChecked(filter.name == m_applied);
        connect(action, &QAction::triggered, this, [this, filter] { apply(filter); });
    }
}

QString SavedFilterBar::saveObstacle() const {
    const QString obstacle = m_filters.saveObstacle();
    if (!obstacle.isEmpty() || isNarrowing(m_view.filter))
        return obstacle;
    return tr("Search or set a chip first.");
}

void SavedFilterBar::addManaging(QMenu& menu) {
    const QString obstacle = m_filters.saveObstacle();
    const QString saving = saveObstacle();
    QAction* save = menu.addAction(tr("Save current filter…"), this, &SavedFilterBar::beginSaving);
    save->setObjectName(QStringLiteral("saveCurrent"));
    save->setEnabled(saving.isEmpty());
    save->setToolTip(saving);
    if (isChanged() && !m_filters.isBuiltIn(m_applied)) {
        QAction* change =
            menu.addAction(tr("Update “%1”").arg(actionText(m_applied)), this, qOverload<>(&SavedFilterBar::update));
        change->setEnabled(obstacle.isEmpty());
    }
    if (!m_filters.filters().empty()) {
        QMenu* rename = menu.addMenu(tr("Rename"));
        QMenu* remove = menu.addMenu(tr("Delete"));
        for (const SavedFilter& filter : m_filters.filters()) {
            const QString name = filter.name;
            rename->addAction(tr("%1…").arg(actionText(name)), this, [this, name] { beginRenaming(name); });
            remove->addAction(actionText(name), this, [this, name] { this->remove(name); });
        }
    }
    if (m_deleted)
        menu.addAction(tr("Undo delete of “%1”").arg(actionText(m_deleted->name)), this, &SavedFilterBar::restore);
}

void SavedFilterBar::apply(const SavedFilter& filter) {
    close();
    m_applied = filter.name;
    Q_EMIT chosen(filter.view);
    refresh();
}

void SavedFilterBar::begin(Form form, const QString& label, const QString& text) {
    m_form = form;
    m_formLabel->setText(label);
    m_name->setText(text);
    m_name->setMaxLength(SavedFilters::longestName);
    m_save->setText(form == Form::Rename ? tr("Rename") : tr("Save"));
    m_fault->hide();
    refresh();
    m_name->setFocus(Qt::OtherFocusReason);
    m_name->selectAll();
}

void SavedFilterBar::beginSaving() {
    begin(Form::Save, tr("Name"), {});
}

void SavedFilterBar::beginRenaming(const QString& name) {
    m_renamed = name;
    begin(Form::Rename, tr("New name"), name);
}

void SavedFilterBar::submit() {
    const QString name = m_name->text().trimmed();
    const auto done = m_form == Form::Rename ? m_filters.rename(m_renamed, name) : m_filters.add(name, m_view);
    tellProblem();
    if (!done) {
        m_fault->setText(done.error().what);
        m_fault->show();
        m_name->setFocus(Qt::OtherFocusReason);
        return;
    }
    if (m_form == Form::Save || m_applied == m_renamed)
        m_applied = name;
    m_workspace.announce(m_form == Form::Rename ? tr("The filter is now called “%1”.").arg(visibleText(name))
                                                : tr("The filter “%1” is saved.").arg(visibleText(name)));
    close();
    Q_EMIT left();
}

void SavedFilterBar::close() {
    m_form = Form::None;
    refresh();
}

/// What the file's fault was, once.
void SavedFilterBar::tellProblem() {
    if (m_filters.problem() == m_knownProblem)
        return;
    m_knownProblem = m_filters.problem();
    Q_EMIT failed(m_knownProblem.what, m_knownProblem.meaning);
}

bool SavedFilterBar::check(const base::Result<void>& done) {
    tellProblem();
    if (!done)
        Q_EMIT failed(done.error().what, tr("The saved filters are as they were."));
    return done.isOk();
}

void SavedFilterBar::update() {
    if (check(m_filters.update(m_applied, m_view)))
        m_workspace.announce(tr("The filter “%1” is saved.").arg(visibleText(m_applied)));
    refresh();
}

void SavedFilterBar::remove(const QString& name) {
    const auto old = m_filters.find(name);
    if (!check(m_filters.remove(name)) || !old)
        return;
    m_deleted = old;
    if (m_applied == name)
        m_applied.clear();
    m_workspace.announce(tr("The filter “%1” is deleted.").arg(visibleText(name)), tr("Undo"), [self = QPointer(this)] {
        if (self) // the toast may outlive the screen
            self->restore();
    });
    refresh();
}

void SavedFilterBar::restore() {
    if (!m_deleted || !check(m_filters.add(m_deleted->name, m_deleted->view)))
        return;
    m_workspace.announce(tr("The filter “%1” is back.").arg(visibleText(m_deleted->name)));
    m_deleted.reset();
    refresh();
}

bool SavedFilterBar::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_name && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        close();
        Q_EMIT left();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace affinity::ui
