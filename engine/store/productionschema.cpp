#include "engine/store/productionschema.h"

#include <algorithm>

namespace affinity::store {

namespace {

ProductionTable tableOf(const char* name, std::initializer_list<const char*> columns,
                        std::optional<Feature> feature = std::nullopt) {
    ProductionTable table{QString::fromLatin1(name), {}};
    for (const char* column : columns)
        table.columns.push_back({QString::fromLatin1(column), true, feature});
    return table;
}

/// The same table with columns that may be missing.
ProductionTable withColumns(ProductionTable table, std::initializer_list<const char*> columns, Feature feature) {
    for (const char* column : columns)
        table.columns.push_back({QString::fromLatin1(column), true, feature});
    return table;
}

ProductionTable withCopied(ProductionTable table, std::initializer_list<const char*> columns) {
    for (const char* column : columns)
        table.columns.push_back({QString::fromLatin1(column), false, std::nullopt});
    return table;
}

std::vector<ProductionTable> allTables() {
    return {
        withColumns(tableOf("userapp_paradiseuser", {"id", "username", "is_active", "created_at"}), {"nickname"},
                    Feature::UserNicknames),
        withColumns(
            tableOf("device_interaction_userdevice", {"id", "user_id", "device_serial", "favorability",
                                                      "affinity_level", "last_active_at", "bound_at", "unbound_at"}),
            {"nickname"}, Feature::DeviceNicknames),
        withColumns(tableOf("userapp_affinitysetting",
                            {"id", "max_affinity", "global_daily_cap", "timezone", "enable_notify", "updated_at"}),
                    {"decay_enabled", "decay_idle_days", "decay_rule_key"}, Feature::Decay),
        tableOf("userapp_affinityrule",
                {"id", "rule_key", "name", "min_change", "max_change", "single_cap", "daily_cap", "cooldown_seconds",
                 "is_enabled", "is_deleted", "created_at", "updated_at"}),
        tableOf("userapp_affinitylevel", {"id", "level", "min_value", "name", "rewards"}),
        tableOf("userapp_affinitylog",
                {"id", "user_id", "device_id", "rule_id", "rule_key", "change_value", "before_value", "after_value",
                 "source", "event_id", "reason", "metadata", "operator_admin_id", "created_at"}),
        tableOf("userapp_useraffinitydailycounter",
                {"id", "device_id", "rule_id", "date", "accumulated_change", "trigger_count"}),
        tableOf("userapp_userlevelrewardgrant", {"id", "device_id", "level", "rewards", "granted_at"}),
        withCopied(tableOf("auth_user", {"id", "username", "password", "is_active", "is_staff", "is_superuser"}),
                   {"last_login", "first_name", "last_name", "email", "date_joined"}),
        tableOf("auth_group", {"id", "name"}, Feature::DesignerGroups),
        withCopied(tableOf("auth_user_groups", {"user_id", "group_id"}, Feature::DesignerGroups), {"id"}),
    };
}

template<typename Rows> auto* named(const Rows& rows, const QString& name) {
    const auto found = std::find_if(rows.begin(), rows.end(), [&name](const auto& row) { return row.name == name; });
    return found == rows.end() ? nullptr : &*found;
}

} // namespace

const std::vector<ProductionTable>& productionTables() {
    static const std::vector<ProductionTable> tables = allTables();
    return tables;
}

const ProductionTable* productionTable(const QString& name) {
    return named(productionTables(), name);
}

const ProductionColumn* productionColumn(const ProductionTable& table, const QString& name) {
    return named(table.columns, name);
}

} // namespace affinity::store
