// Tests of JSON text as Python's json.dumps writes it.
#pragma once

#include <QObject>

namespace affinity::test {

class JsonTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void valuesAreWrittenAsPythonWritesThem_data();
    void valuesAreWrittenAsPythonWritesThem();
    void membersKeepTheirOrder();
    void invalidUtf8IsShownNotThrownOver();
    void writtenTextIsReadBackEqual();
};

} // namespace affinity::test
