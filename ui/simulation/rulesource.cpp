#include "ui/simulation/rulesource.h"

#include "ui/shared/formatting.h"

#include <QCoreApplication>

#include <utility>

namespace affinity::ui {
namespace {

struct RuleSourceWords {
    Q_DECLARE_TR_FUNCTIONS(affinity::ui::RuleSource)
};

} // namespace

PaletteSource rulePaletteSource(const rules::RuleSet& ruleSet, std::function<QString(const QString& ruleKey)> choose) {
    return [ruleSet, choose = std::move(choose)](const QString& text, const auto& reply) {
        std::vector<PaletteItem> items;
        for (const rules::Rule& rule : ruleSet.rules) {
            const auto match = matchWords(text, rule.key + QLatin1Char(' ') + rule.name);
            if (rule.isDeleted || text.isEmpty() || !match || match->closeness == Closeness::Letters)
                continue;
            PaletteItem item;
            item.id = rule.key;
            item.text = visibleText(rule.key);
            item.note =
                rule.isEnabled ? visibleText(rule.name) : RuleSourceWords::tr("%1 · off").arg(visibleText(rule.name));
            item.icon = Icon::Rules;
            item.run = [choose, key = rule.key] { return choose(key); };
            items.push_back(std::move(item));
        }
        reply(std::move(items));
    };
}

} // namespace affinity::ui
