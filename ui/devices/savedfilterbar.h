// SavedFilterBar: the menu of saved filters, and the line under the chips that names, saves or renames one.
#pragma once

#include "ui/devices/savedfilters.h"
#include "ui/workspace/workspace.h"

#include <QWidget>

class QLineEdit;
class QMenu;

namespace affinity::ui {

class Button;
class IconButton;
class TextLabel;

/// Takes no room while it has nothing to say. GUI thread.
class SavedFilterBar : public QWidget {
    Q_OBJECT
public:
    /// `filters` and `workspace` outlive it.
    SavedFilterBar(SavedFilters& filters, Workspace& workspace, QWidget* parent = nullptr);

    /// Opens the menu; the list puts it beside the search.
    IconButton* button() const { return m_button; }
    /// What the list shows now: it decides whether the filter in force is the saved one.
    void setCurrent(const DeviceView& view);
    /// Name of the saved or built-in filter that was chosen last, as long as something is filtered.
    const QString& applied() const { return m_applied; }
    bool isChanged() const;

    /// No saved filter is in force any more.
    void forget();

    void openMenu();
    /// Why what the list shows cannot be saved as a filter, as a sentence; empty when it can.
    QString saveObstacle() const;
    /// Asks for a name under the chips.
    void beginSaving();
    void beginRenaming(const QString& name);
    /// Saves what the list shows under the name of the filter in force.
    void update();
    using QWidget::update;
    /// Deletes and offers to take that back, in a toast and at the end of the menu.
    void remove(const QString& name);

Q_SIGNALS:
    void chosen(const affinity::ui::DeviceView& view);
    /// Something could not be kept: what happened and what it means.
    void failed(const QString& what, const QString& meaning);
    /// The keyboard goes back to the list's search.
    void left();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    enum class Form { None, Save, Rename };
    void makeState();
    void makeForm();
    void fillMenu(QMenu& menu);
    void addFilters(QMenu& menu, const std::vector<SavedFilter>& filters);
    void addManaging(QMenu& menu);
    void apply(const SavedFilter& filter);
    void begin(Form form, const QString& label, const QString& text);
    void submit();
    void close();
    void restore();
    void refresh();
    void tellProblem();
    bool check(const base::Result<void>& done);

    SavedFilters& m_filters;
    Workspace& m_workspace;
    IconButton* m_button;
    QWidget* m_state;
    TextLabel* m_stateText;
    Button* m_updateButton;
    QWidget* m_formRow;
    TextLabel* m_formLabel;
    QLineEdit* m_name;
    Button* m_save;
    TextLabel* m_fault;
    DeviceView m_view;
    QString m_applied;
    Form m_form = Form::None;
    QString m_renamed;
    SavedFilters::Problem m_knownProblem;
    std::optional<SavedFilter> m_deleted; ///< the last one, until the window closes
};

} // namespace affinity::ui
