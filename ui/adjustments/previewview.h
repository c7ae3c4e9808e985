// The preview step: what will happen in words first, then the value bar, numbers, rows written and the limits.
#pragma once

#include "ui/adjustments/consequences.h"

#include <QScrollArea>

namespace affinity::ui {

class FactsLine;
class ConsequenceList;
class TextLabel;
class IconLabel;
class TwoTables;

/// Shows one preview; the confirmation stays outside, so that scrolling never takes it away.
class PreviewView : public QScrollArea {
    Q_OBJECT
public:
    explicit PreviewView(QWidget* parent = nullptr);
    void setPreview(const service::AdjustmentPreview& preview, const service::AdjustmentForm& form,
                    const store::DeviceRow& device, bool isPrepared);

Q_SIGNALS:
    void editRequested();

private:
    FactsLine* m_facts;
    TextLabel* m_heading;
    ConsequenceList* m_consequences;
    LevelMoveBar* m_bar;
    TwoTables* m_tables;
    IconLabel* m_limitIcon;
    TextLabel* m_limitHeading;
    TextLabel* m_limit;
};

/// The line of facts above the preview: device, user, reason, ticket.
class FactsLine : public QWidget {
    Q_OBJECT
public:
    explicit FactsLine(QWidget* parent = nullptr);
    void setFacts(const std::vector<std::pair<QString, QString>>& facts);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<std::pair<QString, QString>> m_facts;
};

/// Consequences, 44 px each; a detail that needs two lines gets them.
class ConsequenceList : public QWidget {
    Q_OBJECT
public:
    explicit ConsequenceList(QWidget* parent = nullptr);
    void setConsequences(std::vector<Consequence> lines);
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<Consequence> m_lines;
};

/// Numbers now and after at the left, rows written at the right.
class TwoTables : public QWidget {
    Q_OBJECT
public:
    explicit TwoTables(QWidget* parent = nullptr);
    void setTables(std::vector<NumberChange> numbers, std::vector<RowsWritten> rows);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<NumberChange> m_numbers;
    std::vector<RowsWritten> m_rows;
};

} // namespace affinity::ui
