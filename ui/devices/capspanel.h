// CapsPanel: today's use of every cap, running cooldowns that count down, and the next decay.
#pragma once

#include "engine/engine.h"
#include "ui/shared/icons.h"
#include "ui/shared/panel.h"

#include <QElapsedTimer>
#include <QTimeZone>

class QScrollArea;
class QTimer;
class QVBoxLayout;

namespace affinity::ui {

class CapBars;
class TextLabel;

class CapsPanel : public Panel {
    Q_OBJECT
public:
    explicit CapsPanel(const QTimeZone& zone, QWidget* parent = nullptr);
    void setDetail(const service::DeviceDetail& detail);
    /// Top three caps and the cooldowns only, for low windows.
    void setCompact(bool isCompact);

Q_SIGNALS:
    /// A cooldown ended or the day's caps were reset: what is shown is old.
    void expired();

private:
    struct Cooldown {
        qint64 leftUs = 0; ///< when the detail came
        TextLabel* left = nullptr;
    };
    void refresh();
    void addFact(Icon icon, const QString& name, TextLabel* value);
    void countDown();

    QTimeZone m_zone;
    service::DeviceDetail m_detail;
    bool m_isCompact = false;
    CapBars* m_bars;
    QScrollArea* m_scroll;
    QWidget* m_facts;
    QVBoxLayout* m_factRows;
    std::vector<Cooldown> m_cooldowns;
    QElapsedTimer m_since;
    QTimer* m_tick;
};

} // namespace affinity::ui
