// SQL text cut into its smallest parts, without losing a character.
#pragma once

#include "engine/store/dialect.h"

#include <QStringView>

#include <vector>

namespace affinity::store {

struct SqlToken {
    enum class Kind {
        Space,      ///< white space or a comment
        Word,       ///< a keyword or a name without quotes
        QuotedName, ///< with its quotes
        Number,
        Text, ///< with its quotes
        Sign  ///< any other character, alone
    };
    Kind kind = Kind::Sign;
    QStringView text;
};

/// The parts in their order; together they are `sql`, which has to outlive them.
std::vector<SqlToken> sqlTokens(const QString& sql, Dialect dialect);
std::vector<SqlToken> sqlTokens(QString&& sql, Dialect dialect) = delete;

/// A name in the quotes of that dialect; each part of one with dots by itself. SQLite gets backquotes: a name in double
/// quotes that it does not know counts as a text there.
QString quotedName(const QString& name, Dialect dialect);

} // namespace affinity::store
