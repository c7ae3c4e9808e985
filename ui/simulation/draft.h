// Draft: a scenario as it was opened (A), its edited copy (B), and every edit between them to undo and redo.
#pragma once

#include "engine/engine.h"
#include "ui/simulation/field.h"

#include <QObject>
#include <QUndoStack>

#include <functional>
#include <map>

namespace affinity::ui {

/// One thing that is wrong with a scenario.
struct Finding {
    QString member; ///< "rule_set.rules[2].daily_cap"
    QString reason; ///< "must be above 0"

    friend bool operator==(const Finding&, const Finding&) = default;
};

/// Everything found wrong, at most `most`: what the simulator refuses and what a scenario file could not hold. Found
/// one after the other, each with the ones before it set right. About a millisecond while nothing is wrong. Pure.
std::vector<Finding> findingsOf(const sim::Scenario& scenario, const sim::Scenario& baseline, int most = 12);

/// True when the finding is about this field.
bool isAbout(const Finding& finding, const Field& field);

/// GUI thread. Edits are values: an undo step holds the scenario before and after it.
class Draft : public QObject {
    Q_OBJECT
public:
    explicit Draft(QObject* parent = nullptr);
    ~Draft() override;

    /// Starts anew from this scenario; `fileName` may be a resource, which cannot be saved to.
    void open(const sim::Scenario& scenario, const QString& fileName);
    /// Goes on with edits that were kept: `saved` is what the file held, and one undo step leads from it to `scenario`.
    void goOn(const sim::Scenario& baseline, const sim::Scenario& saved, const sim::Scenario& scenario,
              const QString& fileName);
    void close();
    bool isOpen() const { return m_isOpen; }

    const sim::Scenario& baseline() const { return m_baseline; }
    const sim::Scenario& scenario() const { return m_scenario; }
    /// What the file holds, as far as this window knows.
    const sim::Scenario& saved() const { return m_saved; }
    QString fileName() const { return m_fileName; }
    /// False for scenarios that come with the program and for new ones.
    bool hasFile() const;

    /// One undo step, named `title`. Edits that follow each other with the same `mergeKey` are one step until
    /// endGesture(); an edit that changes nothing is none.
    void edit(const QString& title, const sim::Scenario& after, const QString& mergeKey = {});
    void edit(const QString& title, const std::function<void(sim::Scenario&)>& change, const QString& mergeKey = {});
    /// Sets one number in its own unit; moves of one knob are one step.
    void setNumber(const Field& field, double number);
    /// Sets what was typed; steps of one field are one until endGesture(). What cannot be read is kept as a finding.
    void setText(const Field& field, const QString& text);
    /// A finding of a field that is not written yet; an empty reason takes it away.
    void setUnreadable(const Field& field, const QString& reason);
    bool isUnreadable(const Field& field) const { return m_unreadable.contains(memberOf(field)); }
    /// Back to what A has; nothing happens where A has no such row.
    void reset(const Field& field);
    void endGesture() { ++m_gesture; }

    /// Edits since the file was opened or saved, undone ones not counted.
    bool isDirty() const { return !m_stack.isClean(); }
    /// `written`, which was `step` of the stack, is in that file; edits made since are not.
    void setSaved(const QString& fileName, int step, const sim::Scenario& written);
    /// What B is now becomes A; the edits stay to be undone.
    void makeBaseline();

    /// True when B differs from A in anything.
    bool isChanged() const { return m_scenario != m_baseline; }
    bool isChanged(const Field& field) const;
    /// The field's text in A; nothing for a new row.
    std::optional<QString> baselineText(const Field& field) const;
    /// How many fields differ from A; rows that were added or removed count as one each.
    int changeCount() const;

    const std::vector<Finding>& findings() const { return m_findings; }
    /// The reason of the first finding about this field; empty when there is none.
    QString problemOf(const Field& field) const;

    QUndoStack& stack() { return m_stack; }
    /// One step back or forward; what was typed and could not be read is forgotten.
    void undo();
    void redo();
    /// Forgets what was typed and could not be read, and makes the findings anew, in the language in force.
    void forgetUnreadable();

Q_SIGNALS:
    /// The scenario, A, the findings or the file changed.
    void changed();
    /// Another scenario was opened: rows that were chosen mean nothing now.
    void opened();
    /// The scenario was written to its file.
    void wasSaved();

private:
    friend class ScenarioEdit;
    void put(const sim::Scenario& scenario);
    void check();
    bool m_isOpen = false;
    sim::Scenario m_baseline, m_scenario, m_saved;
    QString m_fileName;
    QUndoStack m_stack;
    quint64 m_gesture = 0;
    std::vector<Finding> m_findings;
    std::map<QString, QString> m_unreadable; // by member
};

} // namespace affinity::ui
