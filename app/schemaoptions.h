// What the command line says of a store's tables and columns, and what is said of those it lacks.
#pragma once

#include "app/commandline.h"
#include "engine/store/schemamapping.h"
#include "engine/store/store.h"

namespace affinity::app {

/// The file of --schema-map; without the option everything has Django's name. Errors: InvalidInput.
base::Result<store::SchemaMapping> schemaMapping(const CommandLine& line);

/// One warning on stderr for each feature that is off, with what the store lacks for it.
void warnOfMissingFeatures(const store::StoreInfo& info);

} // namespace affinity::app
