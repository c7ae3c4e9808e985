// Values of libmariadb's prepared statements: parameters as they are bound, and the cells of a fetched row.
#pragma once

#include "engine/store/sqlconnection.h"

#include <mysql.h>

#include <vector>

namespace affinity::store {

/// Parameters of one execution: whole numbers as numbers (LIMIT takes nothing else), all others as UTF-8 texts, NULL
/// where there is none. Lives until the statement was executed.
class MariaDbParameters {
public:
    explicit MariaDbParameters(const QVariantList& values);
    MariaDbParameters(const MariaDbParameters&) = delete;
    MariaDbParameters& operator=(const MariaDbParameters&) = delete;

    MYSQL_BIND* binds() { return m_binds.data(); }
    size_t count() const { return m_binds.size(); }

private:
    std::vector<QByteArray> m_texts;
    std::vector<qint64> m_numbers;
    std::vector<MYSQL_BIND> m_binds;
};

/// The row that was fetched last, all cells as texts: so times keep their microseconds.
class MariaDbRow final : public SqlRow {
public:
    explicit MariaDbRow(size_t columns);
    MariaDbRow(const MariaDbRow&) = delete;
    MariaDbRow& operator=(const MariaDbRow&) = delete;

    QVariant value(int column) const override;
    /// Where libmariadb puts the next row.
    MYSQL_BIND* binds() { return m_binds.data(); }
    /// Fetches again what had no room, into larger buffers. False on libmariadb's error.
    bool completeFrom(MYSQL_STMT* statement);

private:
    struct Cell {
        std::vector<char> text;
        unsigned long length = 0;
        my_bool isNull = 0;
        my_bool isCut = 0;
    };
    void bind(size_t column);

    std::vector<Cell> m_cells;
    std::vector<MYSQL_BIND> m_binds;
};

} // namespace affinity::store
