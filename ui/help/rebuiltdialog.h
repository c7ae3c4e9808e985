// RebuiltDialog: a window beside the main one whose content is made anew in another language.
#pragma once

#include <QDialog>

namespace affinity::ui {

/// Not modal; Escape closes it, and it keeps its state for the next time. Heirs call rebuild() at the end of their
/// constructor. GUI thread.
class RebuiltDialog : public QDialog {
    Q_OBJECT
public:
    explicit RebuiltDialog(QWidget* parent = nullptr);

    /// Shows it, or brings it before the others.
    void present();

protected:
    /// All widgets, with the texts of the language in force; the title of the window too. The old content is gone.
    virtual QWidget* makeContent() = 0;
    void rebuild();
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    QWidget* m_content = nullptr;
};

} // namespace affinity::ui
