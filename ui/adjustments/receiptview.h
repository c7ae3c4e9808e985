// The last step: what was written, whether it was seen in the store, and what can be done with the receipt.
#pragma once

#include "ui/adjustments/receipt.h"

#include <QWidget>

class QGridLayout;

namespace affinity::ui {

class Button;
class IconLabel;
class Spinner;
class TextLabel;

/// How far the read-back of the written row got.
enum class Seen { Asking, Confirmed, NotSeen };

class ReceiptView : public QWidget {
    Q_OBJECT
public:
    explicit ReceiptView(QWidget* parent = nullptr);
    /// `remark` says what is wrong when it was not seen.
    void setReceipt(const Receipt& receipt, Seen seen, const QTimeZone& zone, const QString& remark = {});
    Button* reverseButton() const { return m_reverse; }
    Button* copyButton() const { return m_copy; }

Q_SIGNALS:
    void copyRequested();
    void reverseRequested();
    void lookAgainRequested();

private:
    void fillLines(const Receipt& receipt, const QTimeZone& zone);
    IconLabel* m_icon;
    TextLabel* m_title;
    Spinner* m_spinner;
    IconLabel* m_seenIcon;
    TextLabel* m_seen;
    Button* m_lookAgain;
    QGridLayout* m_lines;
    Button* m_copy;
    Button* m_reverse;
};

} // namespace affinity::ui
