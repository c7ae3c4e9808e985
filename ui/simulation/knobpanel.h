// The left column of the simulation screen: which scenario, how many devices and days, and the draft's numbers as
// knobs.
#pragma once

#include "ui/shared/panel.h"
#include "ui/simulation/draft.h"
#include "ui/simulation/liverun.h"

#include <optional>
#include <vector>

class QComboBox;
class QGridLayout;
class QScrollArea;
class QVBoxLayout;

namespace affinity::ui {

class Button;
class DraftField;
class IconButton;
class Knob;
struct KnobRange;
class ProgressLine;
class TextLabel;

/// Which numbers of the rule set are shown as knobs.
enum class KnobChoice { Common, All, Changed };

/// The slider of a field: its ends, step and baseline. Level thresholds end at their neighbours.
KnobRange knobRange(const Field& field, const sim::Scenario& scenario, std::optional<double> baseline);

/// The fields of the rule set that have a knob under that choice, in the order they are shown.
std::vector<Field> knobFields(const Draft& draft, KnobChoice choice);

class KnobPanel : public Panel {
    Q_OBJECT
public:
    explicit KnobPanel(Draft& draft, QWidget* parent = nullptr);

    /// Adds a file to choose from and chooses it.
    void addFile(const QString& title, const QString& fileName);
    /// Shows the file as chosen without asking for it.
    void showFile(const QString& title, const QString& fileName);
    /// Files that can be chosen, in the order they came.
    QStringList files() const;
    void setChoice(KnobChoice choice);
    KnobChoice choice() const { return m_choice; }

    void setRun(const LiveRun& run);
    void setOutcome(const std::optional<RunOutcome>& outcome);
    /// The knob of a field; null when it is not shown.
    Knob* knobOf(const Field& field) const;

Q_SIGNALS:
    void fileChosen(const QString& fileName);
    void openRequested();
    void cancelRequested();
    void digestCopied();
    /// A slider was moved, and: it was let go, or the number was typed.
    void knobMoved();
    void knobSettled();
    /// Back to the baseline with everything.
    void resetRequested();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct KnobRow {
        Field field;
        Knob* knob;
        TextLabel* error;
    };
    QWidget* makeRunFields();
    QWidget* makeProgress();
    QWidget* makeResult();
    void refresh();
    void rebuildKnobs();
    void addHeading(const QString& text, bool isCode);
    void addKnob(const Field& field);
    void openChoiceMenu();
    Draft& m_draft;
    KnobChoice m_choice = KnobChoice::Common;
    QComboBox* m_files;
    QWidget* m_lastField = nullptr; // above the knobs
    QScrollArea* m_scroll;
    QWidget* m_knobs;
    QVBoxLayout* m_knobRows;
    std::vector<KnobRow> m_rows;
    std::vector<Field> m_shown; // fields that have a knob now
    TextLabel* m_noKnobs;
    IconButton* m_reset;
    IconButton* m_filter;
    QWidget* m_running;
    ProgressLine* m_progress;
    TextLabel* m_progressText;
    QWidget* m_result;
    QGridLayout* m_facts;
    QString m_digest;
    Button* m_copy;
};

} // namespace affinity::ui
