// StoryModel: the events of one simulated device as rows, oldest first, all of them or those of one outcome.
#pragma once

#include "ui/shared/cells.h"
#include "ui/simulation/storytext.h"

#include <QAbstractTableModel>

#include <optional>

namespace affinity::ui {

/// GUI thread. Cells are made when they are painted: a storyline may have tens of thousands of events.
class StoryModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { TimeColumn, RuleColumn, ChangeColumn, ValueColumn, OutcomeColumn, ColumnCount };

    explicit StoryModel(QObject* parent = nullptr);
    void setStory(const std::optional<Story>& story, int highestLevel);
    /// Only events of that outcome; nothing: all.
    void setFilter(std::optional<StoryOutcome> only);
    /// Index of the row's event in the storyline.
    size_t eventOf(int row) const { return m_shown[static_cast<size_t>(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void choose();
    Cell cellOf(const sim::StorylineEvent& event, int column) const;
    std::optional<Story> m_story;
    std::optional<StoryOutcome> m_only;
    std::vector<size_t> m_shown;
    int m_highestLevel = 6;
};

} // namespace affinity::ui
