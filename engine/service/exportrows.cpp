#include "engine/service/exportrows.h"

#include "engine/base/isotime.h"

#include <QDateTime>

#include <cstdlib>

namespace affinity::service {

namespace {

using Format = ExportRequest::Format;

/// Texts that a spreadsheet takes for a formula; the full-width signs are those of Chinese and Japanese keyboards.
bool looksLikeFormula(const QString& text) {
    static const QString first = QStringLiteral("=+-@\t\r\uFF1D\uFF0B\uFF0D\uFF20");
    return !text.isEmpty() && first.contains(text.front());
}

QByteArray quoted(QByteArray text) {
    return '"' + text.replace('"', "\"\"") + '"';
}

/// A cell's text, in quotes when the line needs them.
QByteArray csvText(const QByteArray& text) {
    const bool needsQuotes = text.contains(',') || text.contains('"') || text.contains('\n') || text.contains('\r') ||
                             text.startsWith(' ') || text.endsWith(' ');
    return needsQuotes ? quoted(text) : text;
}

struct ToCsv {
    QByteArray operator()(std::monostate) const { return {}; }
    QByteArray operator()(qint64 number) const { return QByteArray::number(number); }
    QByteArray operator()(const TextCell& cell) const {
        return csvText(((looksLikeFormula(cell.text) ? QStringLiteral("'") : QString()) + cell.text).toUtf8());
    }
    QByteArray operator()(const QString& text) const { return csvText(text.toUtf8()); }
    QByteArray operator()(const base::Json& json) const { return csvText(base::pythonJson(json)); }
};

struct ToJson {
    base::Json operator()(std::monostate) const { return {}; }
    base::Json operator()(qint64 number) const { return number; }
    base::Json operator()(const TextCell& cell) const { return base::jsonText(cell.text); }
    base::Json operator()(const QString& text) const { return base::jsonText(text); }
    base::Json operator()(const base::Json& json) const { return json; }
};

} // namespace

QString isoInZone(qint64 timeUs, const QTimeZone& zone) {
    constexpr qint64 usPerMs = 1000;
    const qint64 timeMs = (timeUs - (timeUs % usPerMs + usPerMs) % usPerMs) / usPerMs;
    const int offsetS = zone.offsetFromUtc(QDateTime::fromMSecsSinceEpoch(timeMs, Qt::UTC));
    const int size = std::abs(offsetS);
    QString text = base::isoFromTime(timeUs + offsetS * base::usPerSecond);
    text.chop(6); // the offset of UTC, +00:00
    const auto twoDigits = [](int number) { return QStringLiteral("%1").arg(number, 2, 10, QLatin1Char('0')); };
    text += (offsetS < 0 ? QLatin1Char('-') : QLatin1Char('+')) + twoDigits(size / 3600) + QLatin1Char(':') +
            twoDigits(size / 60 % 60);
    if (size % 60 != 0)
        text += QLatin1Char(':') + twoDigits(size % 60);
    return text;
}

QByteArray ExportRows::begin() const {
    if (m_format == Format::Csv)
        return m_columns.join(QLatin1Char(',')).toUtf8() + "\r\n";
    return "[";
}

QByteArray ExportRows::row(const std::vector<Cell>& cells) {
    ++m_count;
    return m_format == Format::Csv ? csvRow(cells) : jsonRow(cells);
}

QByteArray ExportRows::csvRow(const std::vector<Cell>& cells) const {
    QByteArray line;
    for (size_t i = 0; i < cells.size(); ++i) {
        if (i > 0)
            line += ',';
        line += std::visit(ToCsv(), cells[i]);
    }
    return line + "\r\n";
}

QByteArray ExportRows::jsonRow(const std::vector<Cell>& cells) const {
    base::Json object = base::Json::object();
    for (size_t i = 0; i < cells.size(); ++i)
        object[m_columns[static_cast<qsizetype>(i)].toStdString()] = std::visit(ToJson(), cells[i]);
    return (m_count == 1 ? "\n" : ",\n") + base::pythonJson(object);
}

QByteArray ExportRows::end() const {
    return m_format == Format::Csv ? QByteArray() : QByteArray("\n]\n");
}

} // namespace affinity::service
