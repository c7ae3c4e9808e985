// Why an event ended as it did: one sentence, then the engine's steps in two columns, the deciding one amber.
#pragma once

#include <QWidget>

#include <vector>

namespace affinity::ui {

enum class StepState { Passed, Decided, Skipped, NotReached };

/// One step of the engine, in its words.
struct WhyStep {
    QString name;   // "Rule daily cap"
    QString given;  // "28 of 30 used"
    QString result; // "+5 cut to +2"
    StepState state = StepState::Passed;
    bool operator==(const WhyStep&) const = default;
};

struct Why {
    QString sentence;
    std::vector<WhyStep> steps;
    bool operator==(const Why&) const = default;
};

/// The explanation as plain text for a ticket.
QString whyText(const Why& why);

class WhyPanel : public QWidget {
    Q_OBJECT
public:
    explicit WhyPanel(QWidget* parent = nullptr);
    void setWhy(const Why& why);
    /// Shown instead while the explanation is being computed or when there is none ("not recorded").
    void setMessage(const QString& message);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override;
    int heightForWidth(int width) const override;

Q_SIGNALS:
    /// "Copy as text" was used; the text is already on the clipboard.
    void copied();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void placeCopyButton();
    void copyText();
    int sentenceHeight(int width) const;
    /// Lines that the steps take: half of them, or all where two columns have no room.
    int rowsAt(int width) const;
    Why m_why;
    QString m_message;
    QWidget* m_copy = nullptr;
};

} // namespace affinity::ui
