// HelpWindow: the pages of the help, found by a list, a search and links; nothing is ever fetched or opened outside.
#pragma once

#include "ui/help/rebuiltdialog.h"

#include <QString>

#include <vector>

class QListWidget;
class QTextBrowser;

namespace affinity::ui {

class IconButton;
class SearchField;
class TextLabel;

class HelpWindow : public RebuiltDialog {
    Q_OBJECT
public:
    explicit HelpWindow(QWidget* parent = nullptr);

    /// Shows a page by its name and remembers the one before it; an unknown name shows the first page.
    void showPage(const QString& name);
    QString currentPage() const { return m_history[m_place].name; }
    void goBack();
    void goForward();
    /// Only pages with these words stay in the list.
    void search(const QString& words);

protected:
    QWidget* makeContent() override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Visit {
        QString name;
        int scroll = 0; ///< pixels
    };
    QWidget* makeSide();
    void follow(const QString& target);
    void step(int by);
    void fillList();
    void render();
    void markFound();
    void refreshButtons();
    std::vector<Visit> m_history;
    size_t m_place = 0;
    QString m_words;
    IconButton* m_back = nullptr;
    IconButton* m_forward = nullptr;
    SearchField* m_search = nullptr;
    QListWidget* m_list = nullptr;
    TextLabel* m_note = nullptr;
    QTextBrowser* m_page = nullptr;
};

} // namespace affinity::ui
