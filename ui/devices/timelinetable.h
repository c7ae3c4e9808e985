// TimelineTable: the table of log rows; Enter, Space, a double click or the chevron ask to open a row.
#pragma once

#include <QPointer>
#include <QTableView>

namespace affinity::ui {

class TimelineModel;
class WhyPanel;

class TimelineTable : public QTableView {
    Q_OBJECT
public:
    explicit TimelineTable(TimelineModel& model, QWidget* parent = nullptr);
    /// With a column that names the device of each row; without it by default.
    void setWithDevices(bool isWith);

    /// Lays `panel` over the explanation's row; the table owns it until the row goes.
    void showDetail(WhyPanel* panel);
    /// Gives the explanation's row the height its panel needs now.
    void fitDetail();

Q_SIGNALS:
    void rowToggled(int row);
    void menuRequested(int row, const QPoint& globalPosition);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;

private:
    void shiftScroll(int rows);
    TimelineModel& m_model;
    QPointer<WhyPanel> m_detail;
};

} // namespace affinity::ui
