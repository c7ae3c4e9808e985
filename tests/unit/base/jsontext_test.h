// Tests of JSON documents that know their lines: the scanner, its limits, and the exact errors.
#pragma once

#include <QObject>

namespace affinity::test {

class JsonTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void badTextIsRefusedWithItsLine_data();
    void badTextIsRefusedWithItsLine();
    void textOverTheSizeLimitIsRefused();
    void depthOf64IsRead();
    void deeperNestingIsRefused();
    void objectOf1000MembersIsRead();
    void objectOf1001MembersIsRefused();
    void byteOrderMarkIsSkipped();
    void errorNamesFileLineAndMember_data();
    void errorNamesFileLineAndMember();
    void scannerTakesWhatTheParserTakes();
    void everyValuesLineIsFound();
};

} // namespace affinity::test
