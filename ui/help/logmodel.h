// LogModel: the log's lines as a table, filtered by level and words.
#pragma once

#include "engine/engine.h"

#include <QAbstractTableModel>
#include <QTimeZone>

#include <vector>

namespace affinity::ui {

/// From which level on lines are shown.
enum class LogLevel { All, Warnings, Errors };

/// "Info", "Warning", …, translated.
QString logLevelText(QtMsgType type);

/// Lines as text, one a line: time with its offset, level, category, text; all masked once more, since a secret may
/// have become known after a line was kept. English, as the lines are.
QString logText(const std::vector<base::LogLine>& lines, const QTimeZone& zone);

/// Keeps a copy of what the log held; update() takes what is new. GUI thread.
class LogModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Time, Level, Category, Text, ColumnCount };

    explicit LogModel(QObject* parent = nullptr);

    /// Takes the new lines and forgets those that the log dropped; whether there was anything new.
    bool update();
    void setZone(const QTimeZone& zone);
    /// `words` must all occur in category or text.
    void setFilter(LogLevel least, const QString& words);
    const std::vector<base::LogLine>& shown() const { return m_shown; }
    bool isEmptyLog() const { return m_lines.empty(); }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    bool isShown(const base::LogLine& line) const;
    void filterAll();
    QTimeZone m_zone = QTimeZone::systemTimeZone();
    LogLevel m_least = LogLevel::All;
    QStringList m_words;
    std::vector<base::LogLine> m_lines;
    std::vector<base::LogLine> m_shown;
};

} // namespace affinity::ui
