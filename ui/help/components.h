// What the program is made of: the libraries it is linked with or loads, with their licences.
#pragma once

#include <QString>

#include <vector>

namespace affinity::ui {

struct Component {
    QString name;
    QString version;       ///< empty: that of this system, unknown to the program
    QString licence;       ///< SPDX name
    QString address;       ///< of the project; only shown, never opened
    bool isLoaded = false; ///< when the program runs, not linked with it

    friend bool operator==(const Component&, const Component&) = default;
};

/// As packaging/sbom.py finds them in the built program, without what they bring themselves; a test compares.
std::vector<Component> components();

/// The program's own licence in full, from the program itself.
QString licenceText();

} // namespace affinity::ui
