#include "ui/shell/perspectives.h"

#include <QCoreApplication>

namespace affinity::ui {
namespace {

struct PerspectivesWords {
    Q_DECLARE_TR_FUNCTIONS(affinity::ui::Perspectives)
};

} // namespace

QString perspectiveWord(Perspective perspective) {
    switch (perspective) {
    case Perspective::General:
        break;
    case Perspective::Design:
        return QStringLiteral("design");
    case Perspective::Support:
        return QStringLiteral("support");
    case Perspective::Watch:
        return QStringLiteral("watch");
    }
    return QStringLiteral("general");
}

Perspective perspectiveOfWord(const QString& word) {
    for (const Perspective each : perspectives)
        if (perspectiveWord(each) == word)
            return each;
    return Perspective::General;
}

QString perspectiveName(Perspective perspective) {
    switch (perspective) {
    case Perspective::General:
        break;
    case Perspective::Design:
        return PerspectivesWords::tr("Design");
    case Perspective::Support:
        return PerspectivesWords::tr("Support");
    case Perspective::Watch:
        return PerspectivesWords::tr("Watch");
    }
    return PerspectivesWords::tr("Everything");
}

QString perspectiveSentence(Perspective perspective) {
    switch (perspective) {
    case Perspective::General:
        break;
    case Perspective::Design:
        return PerspectivesWords::tr("Tune rules by simulation. Begins on Simulation.");
    case Perspective::Support:
        return PerspectivesWords::tr("Answer questions about one device. Begins on Devices, ready to search.");
    case Perspective::Watch:
        return PerspectivesWords::tr(
            "Keep an eye on the service. Overview refreshes by itself, devices by last activity.");
    }
    return PerspectivesWords::tr("All screens alike. Begins on Overview.");
}

QString startScreen(Perspective perspective) {
    switch (perspective) {
    case Perspective::General:
    case Perspective::Watch:
        break;
    case Perspective::Design:
        return QStringLiteral("simulation");
    case Perspective::Support:
        return QStringLiteral("devices");
    }
    return QStringLiteral("overview");
}

bool refreshesByItself(Perspective perspective) {
    return perspective == Perspective::General || perspective == Perspective::Watch;
}

} // namespace affinity::ui
