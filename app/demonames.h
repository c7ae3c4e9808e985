// Names for the demo store: Chinese and English people, and what they call their devices; put together from parts.
#pragma once

#include "engine/base/philox.h"

#include <QString>

namespace affinity::app {

/// Four random words: the same words, the same name.
using NameWords = base::PhiloxCounter;

struct DemoPerson {
    QString username; ///< "lin.yue", "grace_miller"; not unique
    QString nickname; ///< "林悦", "Grace Miller"
    bool isChinese = false;
};

DemoPerson demoPerson(const NameWords& words);

/// What a person calls a device: "团子", "Captain Bean". Chinese speakers mostly choose Chinese names.
QString demoNickname(const NameWords& words, bool isChinese);

} // namespace affinity::app
