#include "ui/settings/settingsscreen.h"

#include "ui/shared/buttons.h"
#include "ui/shared/formatting.h"
#include "ui/shared/panel.h"
#include "ui/shared/segmentedcontrol.h"
#include "ui/shared/textlabel.h"
#include "ui/shared/toast.h"
#include "ui/shell/mainwindow.h"
#include "ui/workspace/recentitems.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <utility>

namespace affinity::ui {
namespace {

constexpr int choicesWidth = 452; // px: four perspectives in one row, in English
constexpr int labelWidth = 96;
constexpr int rowGap = 12;

constexpr std::array themeChoices{ThemeChoice::Light, ThemeChoice::Dark, ThemeChoice::System};
constexpr std::array languageChoices{LanguageChoice::English, LanguageChoice::Chinese, LanguageChoice::System};

template<typename List, typename Value> int placeOf(const List& list, Value value) {
    return static_cast<int>(std::find(list.begin(), list.end(), value) - list.begin());
}

QHBoxLayout* labelledRow(const QString& label, QWidget* control) {
    auto* row = new QHBoxLayout;
    row->setSpacing(rowGap);
    auto* words = new TextLabel(label, TextStyle::Body, TextTone::Secondary);
    words->setFixedWidth(labelWidth);
    row->addWidget(words);
    row->addWidget(control);
    row->addStretch(1);
    return row;
}

TextLabel* note(const QString& text) {
    auto* label = new TextLabel(text, TextStyle::Caption, TextTone::Muted);
    label->setWordWrap(true);
    return label;
}

QScrollArea* scrolling(QWidget* content) {
    auto* area = new QScrollArea;
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->viewport()->setAutoFillBackground(false);
    area->setWidget(content);
    content->setAutoFillBackground(false);
    return area;
}

} // namespace

SettingsScreen::SettingsScreen(MainWindow& window, RecentItems& recent, std::vector<ProgramFile> files,
                               QWidget* shortcuts, QWidget* parent)
    : QWidget(parent), m_window(window), m_recent(recent), m_files(std::move(files)) {
    setObjectName(QStringLiteral("settingsScreen"));
    auto* choices = new QWidget;
    auto* left = new QVBoxLayout(choices);
    left->setContentsMargins(0, 0, 0, 0);
    left->setSpacing(measure::panelGap);
    for (QWidget* panel : {makeAppearance(), makePerspective(), makeLayout(), makePrivacy()})
        left->addWidget(panel);
    left->addStretch(1);
    QScrollArea* leftSide = scrolling(choices);
    leftSide->setFixedWidth(choicesWidth);

    auto* right = new QVBoxLayout;
    right->setSpacing(measure::panelGap);
    if (shortcuts != nullptr)
        right->addWidget(makeKeyboard(shortcuts), 1);
    right->addWidget(makeFiles());
    if (shortcuts == nullptr)
        right->addStretch(1);
    auto* columns = new QHBoxLayout;
    columns->setSpacing(measure::panelGap);
    columns->addWidget(leftSide);
    columns->addLayout(right, 1);

    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(measure::pageEdge, 0, measure::pageEdge, measure::pageEdge);
    rows->setSpacing(0);
    rows->addWidget(new PageHead(tr("Settings"), tr("Every choice holds at once and is kept for the next start.")));
    rows->addLayout(columns, 1);

    connect(&m_window, &MainWindow::choicesChanged, this, &SettingsScreen::follow);
    connect(&m_recent, &RecentItems::changed, this, &SettingsScreen::followRecent);
    follow();
    followRecent();
    refresh();
}

QWidget* SettingsScreen::makeAppearance() {
    auto* panel = new Panel(tr("Appearance"));
    m_theme = new SegmentedControl({tr("Light"), tr("Dark"), tr("As the system")}, tr("Theme"));
    m_theme->setObjectName(QStringLiteral("themeChoice"));
    // Each language by its own name, so that whoever reads only that one finds it.
    m_language =
        new SegmentedControl({QStringLiteral("English"), QStringLiteral("中文"), tr("As the system")}, tr("Language"));
    m_language->setObjectName(QStringLiteral("languageChoice"));
    panel->body()->setSpacing(rowGap);
    panel->body()->addLayout(labelledRow(tr("Theme"), m_theme));
    panel->body()->addLayout(labelledRow(tr("Language"), m_language));
    connect(m_theme, &SegmentedControl::currentChanged, this,
            [this](int index) { m_window.setThemeChoice(themeChoices.at(static_cast<size_t>(index))); });
    // Later: another language deletes this screen.
    connect(
        m_language, &SegmentedControl::currentChanged, &m_window,
        [&window = m_window](int index) { window.setLanguageChoice(languageChoices.at(static_cast<size_t>(index))); },
        Qt::QueuedConnection);
    return panel;
}

QWidget* SettingsScreen::makePerspective() {
    auto* panel = new Panel(tr("Perspective"), tr("start screen, columns, filters"));
    QStringList names;
    for (const Perspective each : perspectives)
        names += perspectiveName(each);
    m_perspective = new SegmentedControl(names, tr("Perspective"));
    m_perspective->setObjectName(QStringLiteral("perspectiveChoice"));
    m_perspectiveSentence = note({});
    panel->body()->setSpacing(measure::gap);
    panel->body()->addWidget(m_perspective, 0, Qt::AlignLeft);
    panel->body()->addWidget(m_perspectiveSentence);
    connect(m_perspective, &SegmentedControl::currentChanged, this, [this](int index) {
        // This screen is part of every perspective: it stays in sight.
        m_window.setPerspective(perspectives.at(static_cast<size_t>(index)), MainWindow::OnSwitch::StayOnScreen);
    });
    return panel;
}

QWidget* SettingsScreen::makeLayout() {
    auto* panel = new Panel(tr("Layout"));
    auto* reset = new Button(tr("Reset layout"), ButtonKind::Normal, Icon::Undo);
    reset->setObjectName(QStringLiteral("resetLayout"));
    panel->body()->setSpacing(measure::gap);
    panel->body()->addWidget(note(tr("Widths, order and choice of columns and the borders between panels are kept for "
                                     "each perspective. Columns are chosen in the menu of a table's heading, or with "
                                     "Ctrl+Shift+H in the table.")));
    panel->body()->addWidget(reset, 0, Qt::AlignLeft);
    connect(reset, &QPushButton::clicked, &m_window, &MainWindow::resetLayout);
    return panel;
}

QWidget* SettingsScreen::makePrivacy() {
    auto* panel = new Panel(tr("Privacy"));
    m_recentCount = note({});
    m_recentCount->setObjectName(QStringLiteral("recentCount"));
    m_clear = new Button(tr("Clear recent items"), ButtonKind::Normal, Icon::History);
    m_clear->setObjectName(QStringLiteral("clearRecent"));
    panel->body()->setSpacing(measure::gap);
    panel->body()->addWidget(m_recentCount);
    panel->body()->addWidget(m_clear, 0, Qt::AlignLeft);
    connect(m_clear, &QPushButton::clicked, this, &SettingsScreen::clearRecent);
    return panel;
}

void SettingsScreen::clearRecent() {
    const QJsonObject forgotten = m_recent.clear();
    m_window.toasts().showToast(tr("The recent items are forgotten."), tr("Undo"),
                                [&recent = m_recent, forgotten] { recent.bringBack(forgotten); });
}

std::vector<Command> SettingsScreen::commands() {
    Command clear;
    clear.id = QStringLiteral("settings.clearRecent");
    clear.text = tr("Clear recent items");
    clear.icon = Icon::History;
    clear.run = [this] { clearRecent(); };
    clear.obstacle = [this] { return m_recent.count() == 0 ? tr("There is nothing to forget.") : QString(); };
    return {clear};
}

QWidget* SettingsScreen::makeKeyboard(QWidget* shortcuts) {
    auto* panel = new Panel(tr("Keyboard"), tr("every command and its keys"));
    panel->body()->addWidget(shortcuts, 1);
    return panel;
}

QWidget* SettingsScreen::makeFiles() {
    auto* panel = new Panel(tr("Files"), tr("on this machine"));
    panel->body()->setSpacing(0);
    for (size_t i = 0; i < m_files.size(); ++i) {
        if (i > 0)
            panel->body()->addWidget(new Hairline);
        addFile(*panel->body(), m_files[i]);
    }
    return panel;
}

void SettingsScreen::addFile(QVBoxLayout& rows, const ProgramFile& file) {
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    auto* head = new QHBoxLayout;
    head->setSpacing(measure::gap);
    auto* about = new TextLabel({}, TextStyle::Caption, TextTone::Muted);
    about->setElided(true);
    head->addWidget(new TextLabel(file.title, TextStyle::Strong));
    head->addWidget(about, 1);
    auto* path =
        new TextLabel(visibleText(QDir::toNativeSeparators(file.path), 400), TextStyle::Code, TextTone::Secondary);
    path->setElided(true);
    path->setObjectName(file.id + QStringLiteral("Path"));
    words->addLayout(head);
    words->addWidget(path);
    auto* copy = new Button(tr("Copy path"), ButtonKind::Quiet, Icon::Copy);
    copy->setObjectName(QStringLiteral("copyPath_") + file.id);
    copy->setAccessibleName(tr("Copy the path of: %1").arg(file.title));
    auto* open = new Button(tr("Open folder"), ButtonKind::Quiet, Icon::External);
    open->setObjectName(QStringLiteral("openFolder_") + file.id);
    open->setAccessibleName(tr("Open the folder of: %1").arg(file.title));
    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, 8, 0, 8);
    row->setSpacing(4);
    row->addLayout(words, 1);
    row->addWidget(copy);
    row->addWidget(open);
    rows.addLayout(row);
    m_fileNotes.push_back(about);
    m_fileOpeners.push_back(open);
    const QString native = QDir::toNativeSeparators(file.path);
    connect(copy, &QPushButton::clicked, this, [this, native] {
        QGuiApplication::clipboard()->setText(native);
        m_window.toasts().showToast(tr("The path is on the clipboard."));
    });
    const QString folder = QFileInfo(file.path).absolutePath();
    connect(open, &QPushButton::clicked, this, [folder] { QDesktopServices::openUrl(QUrl::fromLocalFile(folder)); });
}

void SettingsScreen::refresh() {
    for (size_t i = 0; i < m_files.size(); ++i) {
        const QFileInfo file(m_files[i].path);
        m_fileNotes[i]->setText(file.exists() ? m_files[i].about : tr("%1 · not there yet").arg(m_files[i].about));
        m_fileOpeners[i]->setBlocked(QFileInfo::exists(file.absolutePath()) ? QString()
                                                                            : tr("The folder is not there yet."));
    }
}

void SettingsScreen::follow() {
    // Nothing is chosen by showing what was.
    const QSignalBlocker quietTheme(m_theme);
    const QSignalBlocker quietLanguage(m_language);
    const QSignalBlocker quietPerspective(m_perspective);
    m_theme->setCurrent(placeOf(themeChoices, m_window.themeChoice()));
    m_language->setCurrent(placeOf(languageChoices, m_window.languageChoice()));
    m_perspective->setCurrent(placeOf(perspectives, m_window.perspective()));
    m_perspectiveSentence->setText(perspectiveSentence(m_window.perspective()));
}

void SettingsScreen::followRecent() {
    const int count = m_recent.count();
    m_recentCount->setText(
        count == 0 ? tr("No device or scenario is remembered.")
                   : tr("Devices and scenarios remembered for Ctrl+K and the file menu: %1").arg(numberText(count)));
    m_clear->setBlocked(count == 0 ? tr("There is nothing to forget.") : QString());
}

void SettingsScreen::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refresh();
}

} // namespace affinity::ui
