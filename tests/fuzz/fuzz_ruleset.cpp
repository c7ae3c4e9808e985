// Fuzzes the reader of rule-set files.
#include "engine/rules/rulesetjson.h"
#include "tests/fuzz/fuzzcheck.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, size_t size) {
    using namespace affinity;
    const QByteArray text(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size));
    fuzz::checkReader(
        text, [](const QByteArray& input) { return rules::ruleSetFromText(input, QStringLiteral("fuzz.json")); },
        [](const rules::RuleSet& ruleSet) { return rules::toJson(ruleSet); });
    return 0;
}
