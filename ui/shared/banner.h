// One thing that matters now: what, what it means for you, one action, one quiet action.
#pragma once

#include "ui/shared/icons.h"

#include <QFrame>

#include <vector>

class QVBoxLayout;

namespace affinity::ui {

class Button;
class TextLabel;
class IconLabel;
class IconButton;

struct BannerText {
    Tone tone = Tone::Accent; // Accent informs, Warn, Danger
    QString what;             // "PostgreSQL does not answer."
    QString meaning;          // "You see data of 14:31:26, 42 s old."
    QString action;           // verb; empty: no button
    QString quietAction;
    bool isDismissible = false;
    bool operator==(const BannerText&) const = default;
};

/// 44 px high; grows with its text in narrow windows.
class Banner : public QFrame {
    Q_OBJECT
public:
    explicit Banner(const BannerText& text, QWidget* parent = nullptr);
    void setText(const BannerText& text);

Q_SIGNALS:
    void acted();
    void actedQuietly();
    void dismissed();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    BannerText m_text;
    IconLabel* m_icon;
    TextLabel* m_what;
    TextLabel* m_meaning;
    Button* m_action;
    Button* m_quiet;
    IconButton* m_dismiss;
};

/// Where a screen keeps its banners: one per cause, at most two shown; a third is merged into the count on the second.
class BannerStack : public QWidget {
    Q_OBJECT
public:
    explicit BannerStack(QWidget* parent = nullptr);
    /// Shows the banner of a cause or updates it in place.
    Banner* show(const QString& cause, const BannerText& text);
    using QWidget::show;
    void remove(const QString& cause);
    int count() const;

private:
    struct Entry {
        QString cause;
        Banner* banner;
    };
    void refresh();
    QVBoxLayout* m_layout;
    TextLabel* m_more;
    std::vector<Entry> m_entries;
};

} // namespace affinity::ui
