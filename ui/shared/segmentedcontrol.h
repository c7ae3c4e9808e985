// A few exclusive choices side by side: views of one panel, ranges of one chart.
#pragma once

#include <QStringList>
#include <QWidget>

#include <vector>

namespace affinity::ui {

/// Arrow keys move the choice; Home and End go to the ends. Disabled parts are skipped.
class SegmentedControl : public QWidget {
    Q_OBJECT
public:
    explicit SegmentedControl(const QStringList& parts, const QString& accessibleName, QWidget* parent = nullptr);
    int current() const { return m_current; }
    void setCurrent(int index);
    /// A count after a part's words, e.g. open requests; 0 hides it.
    void setCount(int index, int count);
    void setPartEnabled(int index, bool isEnabled, const QString& reason = {});
    void setParts(const QStringList& parts);
    QSize sizeHint() const override;

Q_SIGNALS:
    void currentChanged(int index);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Part {
        QString text;
        int count = 0;
        bool isEnabled = true;
        QString reason;
    };
    QRect partRect(int index) const;
    int partAt(QPoint position) const;
    void step(int direction, int from);
    std::vector<Part> m_parts;
    int m_current = 0;
};

} // namespace affinity::ui
