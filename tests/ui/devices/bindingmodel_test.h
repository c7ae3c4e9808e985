// The bindings of a user's page.
#pragma once

#include <QObject>

namespace affinity::test {

class BindingModelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void boundOnesComeFirstThenTheLatest();
    void unboundOnesAreMarkedWithTheirTimes();
};

} // namespace affinity::test
