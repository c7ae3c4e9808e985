#include "tests/ui/simulation/bench.h"

#include "engine/base/clock.h"
#include "engine/store/open.h"
#include "ui/shared/buttons.h"

#include <QFile>
#include <QTest>

namespace affinity::test {

QString benchFile() {
    return QStringLiteral(AFFINITY_SOURCE_DIR "/resources/scenarios/bench8.json");
}

QString demoFile() {
    return QStringLiteral(AFFINITY_SOURCE_DIR "/resources/scenarios/demo.json");
}

sim::Scenario smallScenario(qint64 devices, int days) {
    QFile file(benchFile());
    if (!file.open(QIODevice::ReadOnly))
        qFatal("resources/scenarios/bench8.json is missing");
    auto scenario = sim::scenarioFromText(file.readAll(), QStringLiteral("bench8.json"));
    if (!scenario)
        qFatal("%s", qPrintable(scenario.error().what));
    scenario->devices = devices;
    scenario->days = days;
    return *scenario;
}

Bench::Bench(const QString& draftsFolder) {
    const QString fileName = m_folder.filePath(QStringLiteral("store.sqlite"));
    if (const auto made = store::createEmbedded(fileName, base::SystemClock()); !made)
        qFatal("%s", qPrintable(made.error().what));
    m_engine = std::make_unique<Engine>(Connection{QStringLiteral("sqlite:") + fileName});
    Answer<Opened> opened = m_engine->open();
    if (!QTest::qWaitFor([&opened] { return opened.isFinished(); }, patienceMs) || !opened.result())
        qFatal("The store does not open.");
    m_workspace = std::make_unique<ui::Workspace>(*m_engine, jobs, *opened.result());
    screen = std::make_unique<ui::SimulationScreen>(*m_workspace, nullptr, ui::SimulationState{}, draftsFolder);
    commands = std::make_unique<CommandHost>(*screen, screen->commands());
    screen->resize(1264, 860);
    screen->show();
}

Bench::~Bench() {
    commands.reset();
    screen.reset();
}

QLineEdit* Bench::field(const char* name) {
    return screen->findChild<QLineEdit*>(QString::fromLatin1(name));
}

ui::Button* Bench::runButton() {
    return screen->findChild<ui::Button*>(QStringLiteral("run"));
}

void Bench::open(const QString& fileName) {
    screen->openScenario(fileName);
    const auto isThere = [&] { return screen->draft().isOpen() && screen->draft().fileName() == fileName; };
    if (!QTest::qWaitFor(isThere, patienceMs))
        qFatal("The scenario is not read.");
}

void Bench::setNumbers(const QString& devices, const QString& days) {
    for (const auto& [name, text] : {std::pair{"devices", devices}, std::pair{"days", days}}) {
        QLineEdit* line = field(name);
        line->selectAll();
        QTest::keyClicks(line, text);
    }
}

bool Bench::runWhole() {
    screen->run();
    return QTest::qWaitFor([this] { return !screen->isRunning() && screen->outcome() && screen->outcome()->isWhole(); },
                           patienceMs);
}

bool Bench::activate() {
    screen->activateWindow();
    return QTest::qWaitForWindowActive(screen.get());
}

} // namespace affinity::test
