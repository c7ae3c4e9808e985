// LogView: the program's last messages in a window, filtered by level and words; secrets are masked before they get
// here.
#pragma once

#include "ui/help/logmodel.h"
#include "ui/help/rebuiltdialog.h"

#include <QTimer>

class QCheckBox;
class QStackedWidget;
class QTableView;

namespace affinity::ui {

class SearchField;
class SegmentedControl;
class TextLabel;

/// Asks the log for news twice a second while it is shown. GUI thread.
class LogView : public RebuiltDialog {
    Q_OBJECT
public:
    explicit LogView(QWidget* parent = nullptr);

    /// Times are shown in this zone from now on; the system's before the first call.
    void setZone(const QTimeZone& zone);
    LogModel& model() { return m_model; }
    /// Takes what is new at once.
    void refresh();
    bool isFollowing() const { return m_isFollowing; }
    /// Whether the table stays at the newest line.
    void setFollowing(bool isFollowing);
    /// Writes what is shown, whole or not at all; false when that failed, and `error` says why.
    bool saveText(const QString& fileName, QString* error) const;

protected:
    QWidget* makeContent() override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QWidget* makeBar();
    QWidget* makeTable();
    QWidget* makeEmpty() const;
    void applyFilter();
    void chooseFile();
    void onScrolled(int value);
    void refreshState();
    LogModel m_model;
    QTimer m_polling;
    QTimeZone m_zone = QTimeZone::systemTimeZone();
    LogLevel m_least = LogLevel::All;
    QString m_words;
    bool m_isFollowing = true;
    bool m_isScrolling = false; ///< by ourselves
    QTableView* m_table = nullptr;
    QStackedWidget* m_stack = nullptr;
    QCheckBox* m_follow = nullptr;
    TextLabel* m_count = nullptr;
};

} // namespace affinity::ui
