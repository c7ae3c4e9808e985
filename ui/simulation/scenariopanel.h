// The left column of the simulation screen: which scenario, what it holds, and the numbers of this run.
#pragma once

#include "engine/engine.h"
#include "ui/shared/panel.h"
#include "ui/simulation/summary.h"

#include <optional>

class QComboBox;
class QGridLayout;
class QLineEdit;

namespace affinity::ui {

class Button;
class FormRow;
class ProgressLine;
class TextLabel;

/// Whole numbers as people type them, thousands separators allowed: "20,000". Nothing for anything else.
std::optional<quint64> positiveNumber(const QString& text);

class ScenarioPanel : public Panel {
    Q_OBJECT
public:
    explicit ScenarioPanel(QWidget* parent = nullptr);

    /// Adds a file to choose from and chooses it.
    void addFile(const QString& title, const QString& fileName);
    QString chosenFile() const;
    /// What the chosen file holds; its numbers go into the fields.
    void setScenario(const sim::Scenario& scenario);
    /// No scenario: the file could not be read.
    void clearScenario();
    /// The scenario with the numbers of the fields; nothing while there is none or a number is wrong.
    std::optional<sim::Scenario> scenario() const;
    /// Why nothing can be run now, as a sentence; empty when it can.
    QString obstacle() const;

    /// `share` while a run goes on (nothing known yet: an empty optional inside), no value when none does.
    void setRunning(bool isRunning, double share = 0);
    void setSummary(const std::optional<SimulationSummary>& summary);

Q_SIGNALS:
    void fileChosen(const QString& fileName);
    void openRequested();
    void cancelRequested();
    void digestCopied();
    void changed();

private:
    void refresh();
    void fillFacts(QGridLayout& grid, const std::vector<std::pair<QString, QString>>& facts);
    std::optional<sim::Scenario> m_scenario;
    QString m_digest;
    QComboBox* m_files;
    QGridLayout* m_facts;
    QLineEdit* m_devices;
    QLineEdit* m_days;
    QLineEdit* m_seed;
    FormRow* m_devicesRow;
    FormRow* m_daysRow;
    FormRow* m_seedRow;
    QWidget* m_running;
    ProgressLine* m_progress;
    TextLabel* m_progressText;
    QWidget* m_result;
    QGridLayout* m_resultFacts;
    Button* m_copy;
};

} // namespace affinity::ui
