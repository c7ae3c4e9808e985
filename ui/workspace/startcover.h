// StartCover: what the window shows until a store is open: what is being done, or what went wrong and what to do.
#pragma once

#include "ui/shared/emptystate.h"

#include <QWidget>

class QVBoxLayout;

namespace affinity::ui {

/// Covers the window it is given to, and follows its size. GUI thread.
class StartCover : public QWidget {
    Q_OBJECT
public:
    explicit StartCover(QWidget* over);

    /// Something goes on; `share` 0 to 1, below 0 when it is not known.
    void showWork(const QString& what, const QString& why, double share = -1);
    /// It failed; `steps` are what can be done now.
    void showFailure(const QString& what, const QString& why, const std::vector<NextStep>& steps);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void place();
    void replaceContent(QWidget* content);
    class WorkPage;
    QVBoxLayout* m_layout;
    QWidget* m_content = nullptr;
    WorkPage* m_work = nullptr;
};

} // namespace affinity::ui
