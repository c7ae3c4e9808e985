// A line edit with a search icon inside and a clear button.
#pragma once

#include <QLineEdit>

namespace affinity::ui {

/// Esc clears it; `searched` comes 200 ms after the last key, or at once on Enter and on clear.
class SearchField : public QLineEdit {
    Q_OBJECT
public:
    explicit SearchField(const QString& placeholder, const QString& accessibleName, QWidget* parent = nullptr);

Q_SIGNALS:
    void searched(const QString& text);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void timerEvent(QTimerEvent* event) override;

private:
    void announce();
    int m_timer = 0;
};

} // namespace affinity::ui
