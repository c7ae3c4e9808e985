#include "ui/simulation/storymodel.h"

#include "ui/shared/formatting.h"

namespace affinity::ui {
namespace {

Tone toneOf(StoryOutcome outcome) {
    switch (outcome) {
    case StoryOutcome::Applied:
        return Tone::Ok;
    case StoryOutcome::Cut:
        return Tone::Warn;
    case StoryOutcome::Refused:
        break;
    }
    return Tone::Neutral;
}

Icon iconOf(StoryOutcome outcome) {
    switch (outcome) {
    case StoryOutcome::Applied:
        return Icon::Check;
    case StoryOutcome::Cut:
        return Icon::Warning;
    case StoryOutcome::Refused:
        break;
    }
    return Icon::Minus;
}

QString wordOf(StoryOutcome outcome) {
    switch (outcome) {
    case StoryOutcome::Applied:
        return StoryModel::tr("Applied");
    case StoryOutcome::Cut:
        return StoryModel::tr("Cut");
    case StoryOutcome::Refused:
        break;
    }
    return StoryModel::tr("Refused");
}

} // namespace

StoryModel::StoryModel(QObject* parent) : QAbstractTableModel(parent) {
}

void StoryModel::setStory(const std::optional<Story>& story, int highestLevel) {
    beginResetModel();
    m_story = story;
    m_highestLevel = highestLevel;
    choose();
    endResetModel();
}

void StoryModel::setFilter(std::optional<StoryOutcome> only) {
    beginResetModel();
    m_only = only;
    choose();
    endResetModel();
}

void StoryModel::choose() {
    m_shown.clear();
    for (size_t i = 0; m_story && i < m_story->line.events.size(); ++i) {
        if (!m_only || outcomeOf(m_story->line.events[i]) == *m_only)
            m_shown.push_back(i);
    }
}

int StoryModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int StoryModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

Cell StoryModel::cellOf(const sim::StorylineEvent& event, int column) const {
    const StoryOutcome outcome = outcomeOf(event);
    switch (column) {
    case TimeColumn:
        return textCell(
            QStringLiteral("%1 %2").arg(dayText(event.atUs, m_story->zone), timeOfDayText(event.atUs, m_story->zone)));
    case RuleColumn:
        return codeCell(visibleText(event.ruleKey));
    case ChangeColumn:
        return deltaCell(outcome == StoryOutcome::Refused ? 0 : event.decision.change);
    case ValueColumn:
        if (event.decision.newLevel > event.decision.oldLevel && outcome != StoryOutcome::Refused)
            return levelCell(event.levelAfter, m_highestLevel, numberText(event.valueAfter));
        return numberCell(event.valueAfter);
    default:
        return iconCell(iconOf(outcome), toneOf(outcome), wordOf(outcome), outcomeText(event));
    }
}

QVariant StoryModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount() || index.column() >= ColumnCount)
        return {};
    return cellData(cellOf(m_story->line.events[eventOf(index.row())], index.column()), role);
}

QVariant StoryModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    const bool isRight = section == ChangeColumn || section == ValueColumn;
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue((isRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    static const char* const names[ColumnCount] = {QT_TR_NOOP("Time"), QT_TR_NOOP("Rule"), QT_TR_NOOP("Change"),
                                                   QT_TR_NOOP("Value"), QT_TR_NOOP("Outcome")};
    return role == Qt::DisplayRole ? QVariant(tr(names[section])) : QVariant();
}

} // namespace affinity::ui
