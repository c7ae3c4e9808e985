// Splitter: panels side by side whose border can be moved, by mouse and by arrow keys.
#pragma once

#include <QSplitter>

namespace affinity::ui {

/// The gap between two panels is the handle: nothing is drawn until the pointer or the focus is on it.
class Splitter : public QSplitter {
    Q_OBJECT
public:
    /// `name` is the object name, which is stable: its position is kept under it.
    Splitter(Qt::Orientation orientation, const QString& name, QWidget* parent = nullptr);

    /// What the panels have until the user moves the border: logical pixels.
    void setDefaultSizes(const QList<int>& sizes);
    /// What the user (or the default) wants, even while a window is too narrow for it.
    QList<int> wantedSizes() const { return m_wanted; }
    void setWantedSizes(const QList<int>& sizes);
    /// Gives the panels what is wanted, as far as their maxima allow; the last one takes the rest.
    void fit();
    QList<int> defaultSizes() const { return m_defaults; }
    /// The name of the first border for screen readers.
    void setHandleName(const QString& name);

Q_SIGNALS:
    /// By the user.
    void moved();

protected:
    QSplitterHandle* createHandle() override;

private:
    QList<int> m_defaults;
    QList<int> m_wanted;
};

} // namespace affinity::ui
