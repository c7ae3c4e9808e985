#include "app/schemaoptions.h"

#include "app/output.h"

namespace affinity::app {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

QString consequence(store::Feature feature) {
    switch (feature) {
    case store::Feature::Decay:
        return QStringLiteral("decay is off");
    case store::Feature::DesignerGroups:
        return QStringLiteral("only superusers are designers");
    case store::Feature::UserNicknames:
        return QStringLiteral("users have no nicknames");
    case store::Feature::DeviceNicknames:
        return QStringLiteral("devices have no nicknames");
    }
    return {};
}

} // namespace

Result<store::SchemaMapping> schemaMapping(const CommandLine& line) {
    const QString option = QStringLiteral("schema-map");
    if (!line.has(option))
        return store::SchemaMapping{};
    const QString url = line.value(QStringLiteral("store"));
    if (url.isEmpty() || url.compare(QLatin1String("memory:"), Qt::CaseInsensitive) == 0)
        return Error{ErrorKind::InvalidInput, QStringLiteral("--schema-map means nothing without --store of a "
                                                             "database.")};
    return store::loadSchemaMapping(line.value(option));
}

void warnOfMissingFeatures(const store::StoreInfo& info) {
    for (const store::MissingFeature& missing : info.missingFeatures)
        printError(
            QStringLiteral("Warning: %1: the store has no %2.").arg(consequence(missing.feature), missing.lookedFor));
}

} // namespace affinity::app
