// The frame of dialogs that write: strip, title with steps, body, footer with Cancel, Back and the deed.
#pragma once

#include "ui/shell/connectionstate.h"

#include <QDialog>
#include <QStringList>

class QLineEdit;
class QVBoxLayout;

namespace affinity::ui {

class Button;
class EnvironmentStrip;
class StepMarks;
class TextLabel;

/// 760 px wide by default, never over 1200 × 680. In production the deed is on production red. The typed name of the
/// connection is asked for by requireTypedName().
class DialogFrame : public QDialog {
    Q_OBJECT
public:
    DialogFrame(const QString& title, const ConnectionState& state, QWidget* parent = nullptr);

    QVBoxLayout* body() const { return m_body; }
    /// Shown at the right of the title; empty list: none.
    void setSteps(const QStringList& steps);
    void setCurrentStep(int index);

    Button* cancelButton() const { return m_cancel; }
    Button* backButton() const { return m_back; }
    /// The button that says the deed ("Add 540 points").
    Button* deedButton() const { return m_deed; }
    void setDeed(const QString& verb);
    /// Disables the deed and says why; empty enables it, as far as the typed name matches.
    void setDeedBlocked(const QString& reason);

    /// Asks to type `name` before the deed is enabled; `sentence` says what will happen ("To write 6 rows to
    /// production, type"). An empty name removes the field.
    void requireTypedName(const QString& sentence, const QString& name);
    /// A muted remark at the left of the footer.
    void setRemark(const QString& remark);

Q_SIGNALS:
    void backRequested();
    void deedRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void refreshDeed();
    ConnectionState m_state;
    EnvironmentStrip* m_strip;
    TextLabel* m_title;
    StepMarks* m_steps;
    QVBoxLayout* m_body;
    QWidget* m_typed;
    TextLabel* m_typedSentence;
    TextLabel* m_typedName;
    QLineEdit* m_typedField;
    TextLabel* m_remark;
    Button* m_cancel;
    Button* m_back;
    Button* m_deed;
    QString m_blockedReason;
    QString m_requiredName;
};

/// The numbered steps of a dialog: done, current, to come.
class StepMarks : public QWidget {
    Q_OBJECT
public:
    explicit StepMarks(QWidget* parent = nullptr);
    void setSteps(const QStringList& steps);
    void setCurrent(int index);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QStringList m_steps;
    int m_current = 0;
};

} // namespace affinity::ui
