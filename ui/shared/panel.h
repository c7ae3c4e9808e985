// The white panel with a hairline that holds all content, and the head of a page.
#pragma once

#include <QFrame>
#include <QMargins>

class QHBoxLayout;
class QVBoxLayout;

namespace affinity::ui {

class ClippedBody;
class TextLabel;

/// A panel: radius 8, hairline, an optional 40 px head with title, muted caption and actions on the right.
class Panel : public QFrame {
    Q_OBJECT
public:
    /// Without a head.
    explicit Panel(QWidget* parent = nullptr);
    explicit Panel(const QString& title, const QString& caption = {}, QWidget* parent = nullptr);

    /// Where the content goes; margins 16, 0, 16, 12 by default.
    QVBoxLayout* body() const;
    void setBodyMargins(const QMargins& margins);
    /// For tables: content up to the panel's edge.
    void setFlushBody();
    void setTitle(const QString& title);
    void setCaption(const QString& caption);
    /// Puts a widget (legend, button, segmented control) at the right of the head.
    void addAction(QWidget* widget);
    using QFrame::addAction;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void ensureHead();
    QVBoxLayout* m_outer = nullptr;
    ClippedBody* m_content = nullptr;
    QVBoxLayout* m_body = nullptr;
    QHBoxLayout* m_head = nullptr;
    TextLabel* m_title = nullptr;
    TextLabel* m_caption = nullptr;
};

/// The 52 px head of a page: title, one muted sentence, actions on the right (at most one primary, last).
class PageHead : public QWidget {
    Q_OBJECT
public:
    explicit PageHead(const QString& title, const QString& sentence = {}, QWidget* parent = nullptr);
    void setTitle(const QString& title);
    void setSentence(const QString& sentence);
    /// A tag or other fact right after the sentence.
    void addFact(QWidget* widget);
    void addAction(QWidget* widget);
    using QWidget::addAction;

private:
    TextLabel* m_title;
    TextLabel* m_sentence;
    QHBoxLayout* m_facts;
    QHBoxLayout* m_actions;
};

} // namespace affinity::ui
