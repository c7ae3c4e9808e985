// ExportRows: rows of cells as CSV or JSON text.
#pragma once

#include "engine/base/json.h"
#include "engine/service/export.h"

#include <QStringList>
#include <QTimeZone>

#include <variant>

namespace affinity::service {

/// A text out of the store, which may say anything.
struct TextCell {
    QString text;
};

/// Absent, a number, people's text, the console's own text (times, dates), or JSON.
using Cell = std::variant<std::monostate, qint64, TextCell, QString, base::Json>;

template<typename Id> Cell idCell(const std::optional<Id>& id) {
    return id ? Cell(id->value) : Cell();
}

/// "2026-01-31T08:00:05.500000+08:00": no fraction when it is zero; seconds in the offset only where a zone has some.
QString isoInZone(qint64 timeUs, const QTimeZone& zone);

/// Turns rows into the text of a file, one after the other.
class ExportRows {
public:
    ExportRows(ExportRequest::Format format, QStringList columns) : m_format(format), m_columns(std::move(columns)) {}

    QByteArray begin() const;
    /// A cell for each column.
    QByteArray row(const std::vector<Cell>& cells);
    QByteArray end() const;
    qint64 count() const { return m_count; }

private:
    QByteArray csvRow(const std::vector<Cell>& cells) const;
    QByteArray jsonRow(const std::vector<Cell>& cells) const;

    ExportRequest::Format m_format;
    QStringList m_columns;
    qint64 m_count = 0;
};

} // namespace affinity::service
