#include "engine/store/mariadbvalues.h"

#include <cstring>

namespace affinity::store {

namespace {

/// Most cells fit; a longer one is fetched a second time.
constexpr size_t usualCellBytes = 256;

bool isWholeNumber(const QVariant& value) {
    switch (value.typeId()) {
    case QMetaType::Bool:
    case QMetaType::Int:
    case QMetaType::UInt:
    case QMetaType::LongLong:
        return true;
    default:
        return false;
    }
}

MYSQL_BIND emptyBind() {
    MYSQL_BIND bind;
    std::memset(&bind, 0, sizeof bind);
    return bind;
}

} // namespace

MariaDbParameters::MariaDbParameters(const QVariantList& values) {
    const auto count = static_cast<size_t>(values.size());
    m_texts.reserve(count); // the binds point into both
    m_numbers.reserve(count);
    for (const QVariant& value : values) {
        MYSQL_BIND bind = emptyBind();
        if (value.isNull()) {
            bind.buffer_type = MYSQL_TYPE_NULL;
        } else if (isWholeNumber(value)) {
            m_numbers.push_back(value.toLongLong());
            bind.buffer_type = MYSQL_TYPE_LONGLONG;
            bind.buffer = &m_numbers.back();
        } else {
            m_texts.push_back(value.toString().toUtf8());
            bind.buffer_type = MYSQL_TYPE_STRING;
            bind.buffer = m_texts.back().data();
            bind.buffer_length = static_cast<unsigned long>(m_texts.back().size());
        }
        m_binds.push_back(bind);
    }
    for (MYSQL_BIND& bind : m_binds) {
        bind.length_value = bind.buffer_length;
        bind.length = &bind.length_value;
    }
}

MariaDbRow::MariaDbRow(size_t columns) : m_cells(columns), m_binds(columns) {
    for (size_t column = 0; column < columns; ++column) {
        m_cells[column].text.resize(usualCellBytes);
        bind(column);
    }
}

void MariaDbRow::bind(size_t column) {
    Cell& cell = m_cells[column];
    MYSQL_BIND bind = emptyBind();
    bind.buffer_type = MYSQL_TYPE_STRING;
    bind.buffer = cell.text.data();
    bind.buffer_length = static_cast<unsigned long>(cell.text.size());
    bind.length = &cell.length;
    bind.is_null = &cell.isNull;
    bind.error = &cell.isCut;
    m_binds[column] = bind;
}

QVariant MariaDbRow::value(int column) const {
    const Cell& cell = m_cells[static_cast<size_t>(column)];
    if (cell.isNull)
        return {};
    return QString::fromUtf8(cell.text.data(), static_cast<qsizetype>(cell.length));
}

bool MariaDbRow::completeFrom(MYSQL_STMT* statement) {
    for (size_t column = 0; column < m_cells.size(); ++column) {
        Cell& cell = m_cells[column];
        if (cell.isNull || cell.length <= cell.text.size())
            continue;
        cell.text.resize(cell.length);
        bind(column);
        if (mysql_stmt_fetch_column(statement, &m_binds[column], static_cast<unsigned>(column), 0) != 0)
            return false;
    }
    return mysql_stmt_bind_result(statement, m_binds.data()) == 0; // for the rows to come
}

} // namespace affinity::store
