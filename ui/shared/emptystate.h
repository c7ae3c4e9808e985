// A page or panel without content: what is not here, why, and what to do next.
#pragma once

#include "ui/shared/icons.h"

#include <QWidget>

#include <functional>
#include <vector>

namespace affinity::ui {

struct NextStep {
    Icon icon = Icon::ArrowRight;
    QString title;
    QString note;
    QString keys; // "Ctrl K"; empty: none
    std::function<void()> run;
    QString command = {}; ///< whose keys in force are shown instead of `keys`
};

/// Up to three next steps; Tab and Enter reach them.
class EmptyState : public QWidget {
    Q_OBJECT
public:
    explicit EmptyState(Icon icon, const QString& what, const QString& why, const std::vector<NextStep>& steps = {},
                        QWidget* parent = nullptr);
};

} // namespace affinity::ui
