// SqlStore::Snapshot: one consistent view for an answer of several statements.
#pragma once

#include "engine/store/sqlstore.h"

namespace affinity::store {

/// Inside an open transaction of the store that one's view serves.
class SqlStore::Snapshot {
public:
    explicit Snapshot(SqlStore& store) : m_store(store), m_isOwn(!*store.m_isTransactionOpen) {
        if (m_isOwn)
            m_begun = store.m_connection->begin(Access::Read);
    }
    ~Snapshot() {
        if (m_isOwn && m_begun)
            m_store.m_connection->rollBack(); // nothing was written
    }
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;
    const base::Result<void>& begun() const { return m_begun; }

private:
    SqlStore& m_store;
    bool m_isOwn;
    base::Result<void> m_begun;
};

} // namespace affinity::store
