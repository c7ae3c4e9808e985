#include "ui/simulation/draftdialog.h"

#include "ui/shared/buttons.h"
#include "ui/shared/cellmodel.h"
#include "ui/shared/formatting.h"
#include "ui/shared/tablesetup.h"
#include "ui/shared/textlabel.h"
#include "ui/simulation/draftchanges.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QHeaderView>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace affinity::ui {
namespace {

constexpr int longestTitle = 48;
constexpr int mostListRows = 3; // shown without scrolling
constexpr int listHead = 32;    // header of a table
constexpr int listMargin = 4;   // frame and hairlines

std::vector<std::vector<Cell>> rowsOf(const std::vector<DraftChange>& changes) {
    std::vector<std::vector<Cell>> rows;
    for (const DraftChange& change : changes) {
        switch (change.kind) {
        case ChangeKind::Added:
            rows.push_back({strongCell(change.place), tagCell(DraftDialog::tr("added"), Tone::Accent, Icon::Plus), {}});
            break;
        case ChangeKind::Removed:
            rows.push_back(
                {strongCell(change.place), tagCell(DraftDialog::tr("removed"), Tone::Neutral, Icon::Minus), {}});
            break;
        case ChangeKind::Changed:
            rows.push_back({strongCell(change.place), textCell(change.field), changeCell(change.before, change.after)});
            break;
        }
    }
    return rows;
}

} // namespace

QString titleOf(const KeptDraft& draft) {
    const QString name =
        draft.scenario.name.isEmpty() ? QFileInfo(draft.fileName).completeBaseName() : draft.scenario.name;
    return visibleText(name, longestTitle);
}

DraftDialog::DraftDialog(std::vector<LeftoverDraft> drafts, const QTimeZone& zone, const ConnectionState& state,
                         QWidget* parent)
    : DialogFrame(tr("Edits that are in no file"), state, parent),
      m_drafts(std::move(drafts)),
      m_zone(zone),
      m_listModel(
          new CellModel({{tr("Scenario"), false, {}}, {tr("Edited"), false, {}}, {tr("File"), false, {}}}, this)),
      m_changesModel(
          new CellModel({{tr("Where"), false, {}}, {tr("What"), false, {}}, {tr("Change"), true, {}}}, this)),
      m_list(new QTableView),
      m_changes(new QTableView),
      m_what(new TextLabel({}, TextStyle::Consequence)),
      m_source(new TextLabel({}, TextStyle::Body, TextTone::Secondary)),
      m_caption(new TextLabel({}, TextStyle::Caption, TextTone::Muted)) {
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("draftDialog"));
    m_what->setWordWrap(true);
    m_source->setWordWrap(true);
    m_what->setObjectName(QStringLiteral("draftWhat"));
    m_source->setObjectName(QStringLiteral("draftSource"));
    m_changes->setObjectName(QStringLiteral("draftChanges"));
    m_changes->setModel(m_changesModel);
    setUpTable(*m_changes, {{200}, {210}, {260, true}}, RowHeight::Compact, tr("Changes"));
    buildList();
    body()->addWidget(m_list);
    body()->addWidget(m_what);
    body()->addWidget(m_source);
    body()->addWidget(m_caption);
    body()->addWidget(m_changes, 1);
    cancelButton()->setText(tr("Later"));
    backButton()->setText(tr("Discard the draft"));
    backButton()->setObjectName(QStringLiteral("discardDraft"));
    backButton()->show();
    setDeed(tr("Go on with it"));
    deedButton()->setObjectName(QStringLiteral("goOnWithDraft"));
    connect(this, &DialogFrame::backRequested, this, &DraftDialog::discardCurrent);
    connect(this, &DialogFrame::deedRequested, this, [this] {
        const QString name = current();
        accept();
        Q_EMIT goOnRequested(name);
    });
    if (m_drafts.size() > 1)
        resize(width(), 640);
    refreshList();
    showDraft(0);
    deedButton()->setFocus();
}

QString DraftDialog::current() const {
    return m_drafts[static_cast<size_t>(m_index)].name;
}

void DraftDialog::buildList() {
    m_list->setObjectName(QStringLiteral("drafts"));
    m_list->setModel(m_listModel);
    setUpTable(*m_list, {{260, true}, {160}, {240}}, RowHeight::Compact, tr("Drafts"));
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& index) {
        if (index.isValid())
            showDraft(index.row());
    });
}

void DraftDialog::refreshList() {
    std::vector<std::vector<Cell>> rows;
    for (const LeftoverDraft& each : m_drafts)
        rows.push_back({strongCell(titleOf(*each.draft)), textCell(dateTimeText(each.draft->editedAtUs, m_zone)),
                        captionCell(visibleText(QFileInfo(each.draft->fileName).fileName(), 60))});
    const int shown = std::min(static_cast<int>(rows.size()), mostListRows);
    m_listModel->setRows(std::move(rows));
    m_list->setFixedHeight(listHead + shown * m_list->verticalHeader()->defaultSectionSize() + listMargin);
    m_list->setVisible(m_drafts.size() > 1);
    m_list->selectRow(m_index);
}

void DraftDialog::showDraft(int index) {
    m_index = index;
    const LeftoverDraft& shown = m_drafts[static_cast<size_t>(index)];
    m_what->setText(tr("“%1” was edited until %2 and never saved.")
                        .arg(titleOf(*shown.draft), dateTimeText(shown.draft->editedAtUs, m_zone)));
    m_source->setText(sourceSentence(shown));
    m_source->setTone(shown.source == SourceFile::Changed || shown.source == SourceFile::Gone ? TextTone::Warn
                                                                                              : TextTone::Secondary);
    const auto changes = changesBetween(shown.draft->saved, shown.draft->scenario);
    m_caption->setText(tr("Changes against the file: %1").arg(numberText(static_cast<qint64>(changes.size()))));
    m_changesModel->setRows(rowsOf(changes));
    m_changes->scrollToTop();
}

QString DraftDialog::sourceSentence(const LeftoverDraft& draft) const {
    const QString name = visibleText(QDir::toNativeSeparators(draft.draft->fileName), 100);
    switch (draft.source) {
    case SourceFile::Same:
        return tr("%1 is as it was when it was edited.").arg(name);
    case SourceFile::Changed:
        return tr("%1 has changed since: the changes below are against what it held before, and saving the draft there "
                  "would overwrite what it holds now.")
            .arg(name);
    case SourceFile::Gone:
        return tr("%1 is not there any more; saving the draft would make it anew.").arg(name);
    case SourceFile::None:
        break;
    }
    return draft.draft->fileName.startsWith(QLatin1Char(':'))
               ? tr("The scenario comes with the program; saving the draft asks for a file of your own.")
               : tr("The scenario was in no file yet.");
}

void DraftDialog::discardCurrent() {
    const QString name = current();
    m_drafts.erase(m_drafts.begin() + m_index);
    if (m_drafts.empty()) {
        accept();
    } else {
        m_index = std::min(m_index, static_cast<int>(m_drafts.size()) - 1);
        refreshList();
        showDraft(m_index);
    }
    Q_EMIT discardRequested(name);
}

} // namespace affinity::ui
