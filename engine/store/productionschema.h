// Production's tables and columns by Django's names: what is looked for at opening, and what may be named otherwise.
#pragma once

#include "engine/store/store.h"

#include <optional>
#include <vector>

namespace affinity::store {

struct ProductionColumn {
    QString name;
    bool isLookedFor = true;        ///< false: only copies of whole stores write it
    std::optional<Feature> feature; ///< what is off without it; none: without it nothing opens

    friend bool operator==(const ProductionColumn&, const ProductionColumn&) = default;
};

struct ProductionTable {
    QString name;
    std::vector<ProductionColumn> columns; ///< every one that a statement names

    friend bool operator==(const ProductionTable&, const ProductionTable&) = default;
};

const std::vector<ProductionTable>& productionTables();

/// Null when there is none of that name.
const ProductionTable* productionTable(const QString& name);
const ProductionColumn* productionColumn(const ProductionTable& table, const QString& name);

} // namespace affinity::store
