#include "engine/store/sqlconnection.h"

namespace affinity::store {

namespace {

constexpr qsizetype mostRenamed = 256; ///< a question has few filters, and their values are no part of its text

} // namespace

void SqlConnection::setShape(const SchemaShape& shape) {
    m_shape = shape;
    m_texts.fill({});
    m_renamed.clear();
}

void SqlConnection::setMapping(const SchemaMapping& mapping) {
    SchemaShape shape = m_shape;
    shape.mapping = mapping;
    setShape(shape);
}

const QString& SqlConnection::textOf(Statement statement) {
    QString& known = m_texts[static_cast<size_t>(statement)];
    if (known.isEmpty())
        known = text(statement, m_shape);
    return known;
}

QString SqlConnection::textOf(const QString& sql) {
    if (!hasOtherNames(m_shape))
        return sql;
    if (const auto known = m_renamed.constFind(sql); known != m_renamed.constEnd())
        return *known;
    if (m_renamed.size() >= mostRenamed)
        m_renamed.clear();
    return *m_renamed.insert(sql, inNamesOf(m_shape, sql));
}

} // namespace affinity::store
