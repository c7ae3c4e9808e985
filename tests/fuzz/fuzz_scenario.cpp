// Fuzzes the reader of scenario files.
#include "engine/sim/scenariojson.h"
#include "tests/fuzz/fuzzcheck.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, size_t size) {
    using namespace affinity;
    const QByteArray text(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size));
    fuzz::checkReader(
        text, [](const QByteArray& input) { return sim::scenarioFromText(input, QStringLiteral("fuzz.json")); },
        [](const sim::Scenario& scenario) { return sim::toJson(scenario); });
    return 0;
}
