#include "ui/help/logmodel.h"

#include "ui/shared/cells.h"
#include "ui/shared/formatting.h"

#include <QDateTime>

#include <algorithm>

namespace affinity::ui {
namespace {

constexpr size_t mostLines = 5000; // as the log itself

int severity(QtMsgType type) {
    switch (type) {
    case QtDebugMsg:
        return 0;
    case QtInfoMsg:
        return 1;
    case QtWarningMsg:
        return 2;
    case QtCriticalMsg:
    case QtFatalMsg:
        break;
    }
    return 3;
}

int leastSeverity(LogLevel level) {
    return level == LogLevel::All ? 0 : level == LogLevel::Warnings ? 2 : 3;
}

Tone toneOf(QtMsgType type) {
    return severity(type) == 3 ? Tone::Danger : severity(type) == 2 ? Tone::Warn : Tone::Neutral;
}

/// For files: the words of Qt's own log.
QLatin1String wordOf(QtMsgType type) {
    switch (type) {
    case QtDebugMsg:
        return QLatin1String("debug");
    case QtInfoMsg:
        return QLatin1String("info");
    case QtWarningMsg:
        return QLatin1String("warning");
    case QtCriticalMsg:
        return QLatin1String("critical");
    case QtFatalMsg:
        break;
    }
    return QLatin1String("fatal");
}

} // namespace

QString logLevelText(QtMsgType type) {
    switch (type) {
    case QtDebugMsg:
        return LogModel::tr("Detail");
    case QtInfoMsg:
        return LogModel::tr("Info");
    case QtWarningMsg:
        return LogModel::tr("Warning");
    case QtCriticalMsg:
    case QtFatalMsg:
        break;
    }
    return LogModel::tr("Error");
}

QString logText(const std::vector<base::LogLine>& lines, const QTimeZone& zone) {
    QString text;
    for (const base::LogLine& line : lines) {
        const QDateTime at = QDateTime::fromMSecsSinceEpoch(line.atUs / 1000, zone);
        text += at.toOffsetFromUtc(at.offsetFromUtc()).toString(Qt::ISODateWithMs) + QLatin1Char(' ') +
                wordOf(line.type) + QLatin1Char(' ') + line.category + QStringLiteral(": ") + visibleText(line.text) +
                QLatin1Char('\n');
    }
    return base::maskSecrets(text);
}

LogModel::LogModel(QObject* parent) : QAbstractTableModel(parent) {
}

bool LogModel::update() {
    std::vector<base::LogLine> fresh = base::logLines(m_lines.empty() ? 0 : m_lines.back().number);
    if (fresh.empty())
        return false;
    std::vector<base::LogLine> added;
    std::copy_if(fresh.begin(), fresh.end(), std::back_inserter(added),
                 [this](const base::LogLine& line) { return isShown(line); });
    m_lines.insert(m_lines.end(), fresh.begin(), fresh.end());
    if (m_lines.size() > mostLines) {
        m_lines.erase(m_lines.begin(), m_lines.end() - static_cast<qint64>(mostLines));
        filterAll();
        return true;
    }
    if (!added.empty()) {
        const int first = static_cast<int>(m_shown.size());
        beginInsertRows({}, first, first + static_cast<int>(added.size()) - 1);
        m_shown.insert(m_shown.end(), added.begin(), added.end());
        endInsertRows();
    }
    return true;
}

void LogModel::setZone(const QTimeZone& zone) {
    m_zone = zone;
    filterAll();
}

void LogModel::setFilter(LogLevel least, const QString& words) {
    m_least = least;
    m_words = words.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    filterAll();
}

bool LogModel::isShown(const base::LogLine& line) const {
    return severity(line.type) >= leastSeverity(m_least) &&
           std::all_of(m_words.begin(), m_words.end(), [&line](const QString& word) {
               return line.text.contains(word, Qt::CaseInsensitive) ||
                      line.category.contains(word, Qt::CaseInsensitive);
           });
}

void LogModel::filterAll() {
    beginResetModel();
    m_shown.clear();
    std::copy_if(m_lines.begin(), m_lines.end(), std::back_inserter(m_shown),
                 [this](const base::LogLine& line) { return isShown(line); });
    endResetModel();
}

int LogModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int LogModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant LogModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const base::LogLine& line = m_shown[static_cast<size_t>(index.row())];
    const QString text = visibleText(line.text);
    if (role == Qt::ToolTipRole && index.column() == Text)
        return QStringLiteral("<p>%1</p>").arg(text.toHtmlEscaped());
    switch (index.column()) {
    case Time:
        return cellData(codeCell(timeOfDayMillisText(line.atUs, m_zone)), role);
    case Level:
        return cellData(tagCell(logLevelText(line.type), toneOf(line.type)), role);
    case Category:
        return cellData(captionCell(line.category), role);
    default:
        return cellData(textCell(text), role);
    }
}

QVariant LogModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time:
        return tr("Time");
    case Level:
        return tr("Level");
    case Category:
        return tr("Part");
    default:
        return tr("Message");
    }
}

} // namespace affinity::ui
