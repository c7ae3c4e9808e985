#include "ui/help/aboutdialog.h"

#include "ui/help/components.h"
#include "ui/shared/buttons.h"
#include "ui/shared/cellmodel.h"
#include "ui/shared/panel.h"
#include "ui/shared/segmentedcontrol.h"
#include "ui/shared/tablesetup.h"
#include "ui/shared/textlabel.h"

#include <QCoreApplication>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace affinity::ui {
namespace {

constexpr int iconSize = 56;

} // namespace

AboutDialog::AboutDialog(QWidget* parent) : RebuiltDialog(parent) {
    setObjectName(QStringLiteral("aboutDialog"));
    setMinimumSize(560, 420);
    resize(760, 600);
    rebuild();
}

QWidget* AboutDialog::makeContent() {
    setWindowTitle(tr("About Affinity Console"));
    auto* content = new QWidget;
    auto* rows = new QVBoxLayout(content);
    rows->setContentsMargins(measure::dialogEdge, measure::dialogEdge, measure::dialogEdge, measure::pageEdge);
    rows->setSpacing(measure::pageEdge);
    rows->addWidget(makeHead());
    auto* choice = new SegmentedControl({tr("Components"), tr("Licence text")}, tr("About"));
    choice->setObjectName(QStringLiteral("aboutPages"));
    auto* pages = new QStackedWidget;
    pages->addWidget(makeComponents());
    pages->addWidget(makeLicence());
    connect(choice, &SegmentedControl::currentChanged, this, [this, pages](int index) {
        m_page = index;
        pages->setCurrentIndex(index);
    });
    choice->setCurrent(m_page);
    pages->setCurrentIndex(m_page);
    auto* row = new QHBoxLayout;
    row->addWidget(choice);
    row->addStretch(1);
    rows->addLayout(row);
    rows->addWidget(pages, 1);

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(measure::gap);
    auto* copy = new Button(tr("Copy diagnostics"), ButtonKind::Normal, Icon::Copy);
    copy->setObjectName(QStringLiteral("copyDiagnostics"));
    copy->setToolTip(tr("Facts about this program and machine and the last messages, as text without secrets."));
    auto* close = new Button(tr("Close"));
    close->setObjectName(QStringLiteral("close"));
    connect(copy, &QPushButton::clicked, this, &AboutDialog::diagnosticsWanted);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    buttons->addWidget(copy);
    buttons->addStretch(1);
    buttons->addWidget(close);
    rows->addLayout(buttons);
    return content;
}

QWidget* AboutDialog::makeHead() const {
    auto* head = new QWidget;
    auto* columns = new QHBoxLayout(head);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(measure::pageEdge);
    auto* icon = new QLabel;
    icon->setPixmap(QGuiApplication::windowIcon().pixmap(iconSize));
    icon->setAccessibleName(tr("Icon of the program"));
    auto* words = new QVBoxLayout;
    words->setSpacing(measure::gapSmall);
    words->addWidget(new TextLabel(tr("Affinity Console"), TextStyle::Title));
    words->addWidget(new TextLabel(tr("Version %1").arg(QCoreApplication::applicationVersion()), TextStyle::Body,
                                   TextTone::Secondary));
    auto* licence =
        new TextLabel(tr("Free software under the GNU General Public License, version 3 or later: the program is "
                         "linked with Qt Charts, which is under that licence too. There is no warranty."),
                      TextStyle::Body, TextTone::Secondary);
    licence->setWordWrap(true);
    words->addWidget(licence);
    columns->addWidget(icon, 0, Qt::AlignTop);
    columns->addLayout(words, 1);
    return head;
}

QWidget* AboutDialog::makeComponents() const {
    auto* panel = new Panel;
    panel->setFlushBody();
    auto* table = new QTableView;
    table->setObjectName(QStringLiteral("components"));
    auto* model = new CellModel(
        {{tr("Name"), false, {}}, {tr("Version"), false, {}}, {tr("Licence"), false, {}}, {tr("Address"), false, {}}},
        table);
    std::vector<std::vector<Cell>> rows;
    for (const Component& part : components())
        rows.push_back({strongCell(part.name),
                        captionCell(part.version.isEmpty() ? tr("of this system") : part.version),
                        captionCell(part.licence), captionCell(part.address)});
    rows.push_back({strongCell(tr("Icons")), captionCell(tr("part of the program")),
                    captionCell(QStringLiteral("GPL-3.0-or-later")), captionCell({})});
    model->setRows(std::move(rows));
    table->setModel(model);
    setUpTable(*table, {{176}, {140}, {140}, {200, true}}, RowHeight::Compact, tr("Components"));
    panel->body()->addWidget(table);
    return panel;
}

QWidget* AboutDialog::makeLicence() const {
    auto* text = new QPlainTextEdit(licenceText());
    text->setObjectName(QStringLiteral("licenceText"));
    text->setAccessibleName(tr("Licence text"));
    text->setReadOnly(true);
    text->setFont(ui::font(TextStyle::Code));
    text->setTabChangesFocus(true);
    return text;
}

} // namespace affinity::ui
