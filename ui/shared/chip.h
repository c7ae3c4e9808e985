// A filter chip: outlined with ▾ while not set, soft with × when set.
#pragma once

#include <QAbstractButton>

namespace affinity::ui {

/// Click on an unset chip (or on the words of a set one) emits `clicked`: open a menu. × or Delete emits `cleared`.
class Chip : public QAbstractButton {
    Q_OBJECT
public:
    explicit Chip(const QString& name, QWidget* parent = nullptr);
    /// The words of the filter in force ("Level 3 and up"); empty shows the name with ▾.
    void setFilter(const QString& words);
    bool isSet() const;
    QSize sizeHint() const override;

Q_SIGNALS:
    void cleared();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QRect closeArea() const;
    QString m_name;
    QString m_filter;
};

} // namespace affinity::ui
