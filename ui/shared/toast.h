// Short notices of finished things, bottom right, 4 s, with Undo or Show. Errors are never toasts.
#pragma once

#include <QPointer>
#include <QWidget>

#include <functional>

namespace affinity::ui {

/// Lives over a window's content; shows at most three toasts, newest below.
class ToastHost : public QWidget {
    Q_OBJECT
public:
    /// `over` is the widget whose lower right corner is used; the host follows its size.
    explicit ToastHost(QWidget* over);
    /// `action` is the verb of the one button ("Undo", "Show"); empty: none. Staying under the pointer or having the
    /// focus stops the clock.
    void showToast(const QString& text, const QString& action = {}, const std::function<void()>& run = {});
    /// Says why a key did nothing. Not a thing that finished and not an error: a neutral mark, and one at a time.
    void showNotice(const QString& text);
    int count() const;
    /// Takes all toasts away at once.
    void clear();
    /// How long a toast stays, default 4000; tests shorten it.
    void setStayMs(int stayMs);

protected:
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void add(QWidget* card);
    void place();
    QPointer<QWidget> m_notice;
    int m_stayMs = 4000;
};

} // namespace affinity::ui
