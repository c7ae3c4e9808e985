// ListEditor: a list of the scenario as a table with add, copy, remove and reorder, and a form for the chosen row.
#pragma once

#include "ui/shared/cellmodel.h"
#include "ui/simulation/draft.h"

#include <QCheckBox>
#include <QComboBox>
#include <QTableView>
#include <QWidget>

#include <algorithm>

class QGridLayout;
class QVBoxLayout;

namespace affinity::ui {

class DraftField;
class IconButton;
class Panel;
class TextLabel;

/// Moves one row of a list; those between make room.
template<typename List> void moveIn(List& list, int from, int to) {
    const auto first = list.begin();
    if (from < to)
        std::rotate(first + from, first + from + 1, first + to + 1);
    else
        std::rotate(first + to, first + from, first + from + 1);
}

/// A part of the scenario that findings can lead to.
class SectionEditor : public QWidget {
    Q_OBJECT
public:
    explicit SectionEditor(Draft& draft, QWidget* parent = nullptr);
    /// Shows the field and gives it the focus; false when it is not in this section.
    virtual bool showField(const Field& field) = 0;

protected:
    Draft& draft() const { return m_draft; }
    const sim::Scenario& scenario() const { return m_draft.scenario(); }
    /// Focuses the DraftField of that field, if there is one.
    bool focusField(const Field& field);

private:
    Draft& m_draft;
};

/// What is at the right of a table or alone in a section: fields that scroll.
class FormArea : public QWidget {
    Q_OBJECT
public:
    explicit FormArea(QWidget* parent = nullptr);
    QVBoxLayout* rows() const { return m_rows; }
    /// A heading over the next fields.
    void addHeading(const QString& text, const QString& hint = {});
    /// Fields side by side, `columns` of them in a row.
    QGridLayout* addGrid(const std::vector<QWidget*>& fields, int columns);

private:
    QVBoxLayout* m_rows;
};

class ListEditor : public SectionEditor {
    Q_OBJECT
public:
    bool showField(const Field& field) override;
    int currentRow() const { return m_row; }
    QTableView* table() const { return m_table; }

protected:
    struct Words {
        QString title, caption;
        QString add, duplicate, remove; ///< tooltips of the buttons
    };
    ListEditor(Draft& draft, const Words& words, std::vector<CellColumn> columns, const QList<int>& widths,
               int stretched, const QString& objectName, QWidget* parent = nullptr);

    /// Builds and fills; call at the end of the constructor.
    void start();
    FormArea* form() const { return m_form; }
    void setFormWidth(int width);
    /// A field of the form that follows the chosen row.
    DraftField* rowField(Member member, int part = 0, const QString& key = {});
    /// Takes a field that was made for a row out again.
    void dropField(DraftField* field);

    virtual int rowCount() const = 0;
    virtual std::vector<std::vector<Cell>> cells() const = 0;
    virtual bool isOfList(const Field& field) const = 0;
    virtual bool canReorder() const { return true; }
    virtual void addRow(sim::Scenario& after, int at) = 0;
    virtual void duplicateRow(sim::Scenario& after, int row) = 0;
    virtual void removeRow(sim::Scenario& after, int row) = 0;
    virtual void moveRow(sim::Scenario& after, int row, int to) = 0;
    /// The chosen row or the scenario changed.
    virtual void refreshForm() {}
    /// Text of a cell, marked where the field differs from the baseline.
    Cell fieldCell(const Field& field, bool isCode = false) const;

private:
    void refresh();
    void choose(int row);
    void change(const QString& title, int select, const std::function<void(sim::Scenario&)>& edit);
    CellModel* m_model;
    QTableView* m_table;
    FormArea* m_form;
    QWidget* m_formPanel;
    std::vector<DraftField*> m_fields;
    IconButton *m_add, *m_duplicate, *m_remove, *m_up, *m_down;
    TextLabel* m_none;
    int m_row = 0;
    bool m_isRefreshing = false;
};

/// A switch of the scenario.
class DraftCheck : public QCheckBox {
    Q_OBJECT
public:
    using Read = std::function<bool(const sim::Scenario&)>;
    using Write = std::function<void(sim::Scenario&, bool)>;
    DraftCheck(Draft& draft, const QString& label, Read read, Write write, QWidget* parent = nullptr);
    void refresh();

private:
    Draft& m_draft;
    Read m_read;
};

} // namespace affinity::ui
