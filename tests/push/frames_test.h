// The bytes of a message and the members of an event, against what a Django service was seen to write.
#pragma once

#include <QObject>

namespace affinity::test {

class FramesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void messageHasTheRecordedBytes();
    void eventsHaveTheRecordedMembersInTheirOrder();
    void eventsAreReadBackFromTheirJson();
    void objectThatIsNoEventIsRefusedByItsMember_data();
    void objectThatIsNoEventIsRefusedByItsMember();
    void numbersAndTextsArePackedAsPythonPacksThem_data();
    void numbersAndTextsArePackedAsPythonPacksThem();
    void anyEventIsUnpackedAsItWas();
    void deepOrForeignValuesAreRefused();
    void largeEventIsRefused();
    void textThatIsNotUtf8IsReplaced();
};

} // namespace affinity::test
