// Reading a schema mapping: what it says, and every way to write it wrong.
#pragma once

#include <QObject>

namespace affinity::test {

class SchemaMappingFileTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void namesAreRead();
    void namesThatAreDjangosOwnAreNoMapping();
    void whatIsNotListedHasDjangosName();
    void columnsMayChangePlaces();
    void mistakeIsNamedWithItsLine_data();
    void mistakeIsNamedWithItsLine();
    void missingFileIsNamed();
    void publishedSchemaListsTheTables();
};

} // namespace affinity::test
