// Which names groups and channels may have, and the keys made of them.
#pragma once

#include <QObject>

namespace affinity::test {

class NamesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void groupIsTheTemplateWithTheUsersId();
    void groupThatChannelsWouldRefuseIsRefused_data();
    void groupThatChannelsWouldRefuseIsRefused();
    void channelsAreToldFromOtherNames_data();
    void channelsAreToldFromOtherNames();
    void keysAreThoseOfTheRecording();
};

} // namespace affinity::test
