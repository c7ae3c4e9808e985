// Stores whose tables and columns have other names, or are not all there.
#pragma once

#include <QObject>

namespace affinity::test {

class SchemaMappingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rowsAreWrittenUnderTheOtherNames();
    void renamedStoreIsRefusedWithoutItsMapping();
    void missingColumnIsNamedWithDjangosName();
    void tableOfUnknownSchemaIsNamed();
    void schemaOfAnSqliteFileIsRefused();
    void storeWithoutOptionalPartsWorksAndSaysSo_data();
    void storeWithoutOptionalPartsWorksAndSaysSo();
    void whatIsMissingIsNamedAsTheMappingHasIt();
    void preparationFollowsTheMapping();
};

} // namespace affinity::test
