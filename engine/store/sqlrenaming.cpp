#include "engine/store/sqlrenaming.h"

#include "engine/store/sqltokens.h"

#include <QSet>

#include <algorithm>
#include <optional>
#include <vector>

namespace affinity::store {

namespace {

using Kind = SqlToken::Kind;

/// Words that may follow a table and are no alias of it.
const QSet<QString>& wordsAfterTable() {
    static const QSet<QString> words = [] {
        QSet<QString> made;
        for (const char* word :
             {"ADD",   "CROSS",     "DEFAULT", "DISABLE",       "DO",         "DROP",      "ENABLE", "EXCEPT",
              "FETCH", "FOR",       "FORCE",   "FROM",          "FULL",       "GROUP",     "HAVING", "INDEXED",
              "INNER", "INTERSECT", "INTO",    "JOIN",          "LEFT",       "LIMIT",     "LOOP",   "NATURAL",
              "NOT",   "OFFSET",    "ON",      "ORDER",         "OVERRIDING", "PARTITION", "RENAME", "RETURNING",
              "RIGHT", "SELECT",    "SET",     "STRAIGHT_JOIN", "THEN",       "TO",        "UNION",  "USE",
              "USING", "VALUES",    "WHERE",   "WINDOW",        "WITH"})
            made.insert(QString::fromLatin1(word));
        return made;
    }();
    return words;
}

struct NamedTable {
    enum class Origin { Renamed, Other, Derived };
    QString name;  ///< as the statement has it; empty for a derived one
    QString alias; ///< empty: none
    Origin origin = Origin::Renamed;
};

/// What a SELECT, a whole INSERT, UPDATE or DELETE, or a table's list of columns can see.
struct Scope {
    int parent = -1; ///< what a name is looked up in next; none: -1
    std::vector<NamedTable> tables;
    QString insertedInto;
};

/// A part of the statement that is no space, and what it was found to be.
struct Part {
    Kind kind = Kind::Sign;
    QString name; ///< of words and quoted names, without quotes
    size_t token = 0;
    int scope = 0;
    bool isTable = false;
    bool isFixed = false; ///< an alias, or where one is given
};

class Renamer {
public:
    Renamer(const QString& sql, const Renaming& renaming, Dialect dialect)
        : m_renaming(renaming), m_dialect(dialect), m_tokens(sqlTokens(sql, dialect)) {
        for (size_t i = 0; i < m_tokens.size(); ++i) {
            const SqlToken& token = m_tokens[i];
            if (token.kind == Kind::Space)
                continue;
            Part part{token.kind, {}, i};
            if (token.kind == Kind::Word)
                part.name = token.text.toString();
            else if (token.kind == Kind::QuotedName)
                part.name = token.text.mid(1, token.text.size() - 2).toString();
            m_parts.push_back(part);
        }
        for (const TableRenaming& table : renaming)
            m_columnNames.unite(QSet<QString>(table.columns.keyBegin(), table.columns.keyEnd()));
    }

    RenamedSql run() {
        findTables();
        for (size_t i = 0; i < m_parts.size(); ++i)
            rename(i);
        RenamedSql made;
        for (size_t i = 0; i < m_tokens.size(); ++i) {
            const auto replaced = m_replaced.constFind(i);
            if (replaced == m_replaced.constEnd())
                made.text += m_tokens[i].text;
            else
                made.text += *replaced;
        }
        made.doubtful = m_doubtful;
        return made;
    }

private:
    /// What a parenthesis, or the statement, holds.
    struct Level {
        int scope = 0;
        bool hasSelect = false;
        bool isDerivedTable = false;
    };

    // Looking at parts; beyond the ends there is nothing.
    bool isSign(size_t at, QChar sign) const {
        return at < m_parts.size() && m_parts[at].kind == Kind::Sign && m_tokens[m_parts[at].token].text[0] == sign;
    }
    bool isName(size_t at) const {
        return at < m_parts.size() && (m_parts[at].kind == Kind::Word || m_parts[at].kind == Kind::QuotedName);
    }
    bool isWord(size_t at, QLatin1String word) const {
        return at < m_parts.size() && m_parts[at].kind == Kind::Word &&
               m_parts[at].name.compare(word, Qt::CaseInsensitive) == 0;
    }
    bool isAnyWord(size_t at, std::initializer_list<QLatin1String> words) const {
        return std::any_of(words.begin(), words.end(), [&](QLatin1String word) { return isWord(at, word); });
    }

    int addScope(int parent) {
        m_scopes.push_back({parent, {}, {}});
        return static_cast<int>(m_scopes.size()) - 1;
    }
    Scope& scope(int index) { return m_scopes[static_cast<size_t>(index)]; }

    void findTables();
    size_t takeTable(size_t at, Level& level);
    QString takeAlias(size_t at);
    void openParenthesis(size_t at, std::vector<Level>& levels);
    void closeParenthesis(size_t at, std::vector<Level>& levels);

    void rename(size_t at);
    void renameTable(size_t at);
    void renameColumn(size_t at, const QString& table, bool hasQualifier);
    void renameBareColumn(size_t at);
    NamedTable tableCalled(const QString& name, int scopeIndex) const;
    NamedTable::Origin originOf(const QString& table) const {
        return m_renaming.contains(table) ? NamedTable::Origin::Renamed : NamedTable::Origin::Other;
    }
    void replace(size_t at, const QString& text) { m_replaced.insert(m_parts[at].token, text); }

    const Renaming& m_renaming;
    Dialect m_dialect;
    std::vector<SqlToken> m_tokens;
    std::vector<Part> m_parts;
    std::vector<Scope> m_scopes;
    QSet<QString> m_columnNames;      ///< of all renamed tables
    QMap<size_t, QString> m_replaced; ///< by token
    QStringList m_doubtful;
    struct TablePart {
        size_t part = 0;
        NamedTable table;
    };
    std::optional<TablePart> m_lastTable; ///< of which a parenthesis right behind it holds columns
};

void Renamer::findTables() {
    std::vector<Level> levels{{addScope(-1)}};
    for (size_t at = 0; at < m_parts.size(); ++at) {
        if (isSign(at, u';')) {
            levels = {{addScope(-1)}};
        } else if (isSign(at, u'(')) {
            openParenthesis(at, levels);
        } else if (isSign(at, u')')) {
            closeParenthesis(at, levels);
        } else if (isWord(at, QLatin1String("SELECT"))) {
            Level& level = levels.back();
            // A second SELECT here is the other half of a UNION and sees nothing of the first.
            level.scope = addScope(level.hasSelect ? scope(level.scope).parent : level.scope);
            level.hasSelect = true;
        } else if (isName(at)) {
            const size_t last = takeTable(at, levels.back());
            while (at < last)
                m_parts[at++].scope = levels.back().scope;
        }
        m_parts[at].scope = levels.back().scope;
    }
}

/// Notes the table that a name is, if it is one; answers the last part that was taken with it.
size_t Renamer::takeTable(size_t at, Level& level) {
    Part& part = m_parts[at];
    const auto wordBefore = [&](const char* word) { return at > 0 && isWord(at - 1, QLatin1String(word)); };
    const bool isInto = wordBefore("INTO");
    const bool isListed = isInto || wordBefore("FROM") || wordBefore("JOIN"); // whatever stands here is a table
    const bool isKnown = m_renaming.contains(part.name) || part.name.startsWith(QLatin1String("affinity_console_"));
    if ((at > 0 && isSign(at - 1, u'.')) || wordBefore("AS") || !(isListed || isKnown))
        return at;
    if (isSign(at + 1, u'.') && !isListed)
        return at; // before a column
    size_t last = at;
    NamedTable table{part.name, {}, originOf(part.name)};
    if (isSign(at + 1, u'.') && isName(at + 2)) { // in a schema that the statement names
        table = {m_parts[at + 2].name, {}, NamedTable::Origin::Other};
        last = at + 2;
        part.isFixed = true;
        m_parts[last].isFixed = true;
    }
    part.isTable = table.origin == NamedTable::Origin::Renamed;
    part.isFixed = true;
    if (isInto)
        scope(level.scope).insertedInto = table.name;
    if (const bool isFunction = isSign(last + 1, u'(') && isListed && !isInto; !isFunction)
        m_lastTable = {last, table};
    if (isListed || wordBefore("UPDATE") || (at > 0 && isSign(at - 1, u','))) {
        table.alias = takeAlias(last + 1);
        if (!table.alias.isEmpty())
            last += isWord(last + 1, QLatin1String("AS")) ? 2 : 1;
    }
    if (!wordBefore("REFERENCES")) // a foreign key sees nothing of the other table but the columns it names
        scope(level.scope).tables.push_back(table);
    return last;
}

/// The alias that stands here, if one does.
QString Renamer::takeAlias(size_t at) {
    const size_t name = isWord(at, QLatin1String("AS")) ? at + 1 : at;
    const bool isAlias = isName(name) && (m_parts[name].kind == Kind::QuotedName ||
                                          !wordsAfterTable().contains(m_parts[name].name.toUpper()));
    if (!isAlias)
        return {};
    m_parts[name].isFixed = true;
    return m_parts[name].name;
}

void Renamer::openParenthesis(size_t at, std::vector<Level>& levels) {
    Level level{levels.back().scope};
    if (m_lastTable && m_lastTable->part + 1 == at) { // INSERT INTO t (…), REFERENCES t (…): that table's columns alone
        level.scope = addScope(-1);
        scope(level.scope).tables.push_back(m_lastTable->table);
    }
    level.isDerivedTable = at > 0 && isAnyWord(at - 1, {QLatin1String("FROM"), QLatin1String("JOIN")});
    levels.push_back(level);
}

void Renamer::closeParenthesis(size_t at, std::vector<Level>& levels) {
    if (levels.size() == 1)
        return;
    const Level closed = levels.back();
    levels.pop_back();
    if (closed.isDerivedTable)
        scope(levels.back().scope).tables.push_back({{}, takeAlias(at + 1), NamedTable::Origin::Derived});
}

void Renamer::rename(size_t at) {
    const Part& part = m_parts[at];
    if (!isName(at) || (at > 0 && isSign(at - 1, u'.')))
        return;
    if (part.isTable) {
        renameTable(at);
        return;
    }
    if (part.isFixed || (at > 0 && isWord(at - 1, QLatin1String("AS"))) || isSign(at + 1, u'('))
        return;
    if (!isSign(at + 1, u'.') || !isName(at + 2)) {
        renameBareColumn(at);
        return;
    }
    const NamedTable table = tableCalled(part.name, part.scope);
    if (table.origin != NamedTable::Origin::Renamed)
        return;
    renameColumn(at + 2, table.name, true);
    if (table.alias.isEmpty() && !m_replaced.contains(part.token))
        renameTable(at);
}

void Renamer::renameTable(size_t at) {
    const QString& name = m_parts[at].name;
    const TableRenaming& table = *m_renaming.constFind(name);
    if (table.name != name)
        replace(at, quotedName(table.name, m_dialect));
}

void Renamer::renameColumn(size_t at, const QString& table, bool hasQualifier) {
    const QMap<QString, QString>& columns = m_renaming.constFind(table)->columns;
    const auto column = columns.constFind(m_parts[at].name);
    if (column == columns.constEnd() || *column == m_parts[at].name)
        return;
    if (!column->isEmpty()) {
        replace(at, quotedName(*column, m_dialect));
        return;
    }
    replace(at, QStringLiteral("''"));
    if (hasQualifier) {
        replace(at - 2, {});
        replace(at - 1, {});
    }
}

/// A name with nothing before it is a column of a table in sight, or no column at all.
void Renamer::renameBareColumn(size_t at) {
    const QString& name = m_parts[at].name;
    if (!m_columnNames.contains(name))
        return;
    for (int index = m_parts[at].scope; index >= 0; index = scope(index).parent) {
        std::vector<const NamedTable*> owners;
        bool hasOther = false;
        bool hasDerived = false;
        for (const NamedTable& table : scope(index).tables) {
            hasOther = hasOther || table.origin == NamedTable::Origin::Other;
            hasDerived = hasDerived || table.origin == NamedTable::Origin::Derived;
            if (table.origin == NamedTable::Origin::Renamed && m_renaming.constFind(table.name)->columns.contains(name))
                owners.push_back(&table);
        }
        const bool isOfOneTable = std::all_of(
            owners.begin(), owners.end(), [&](const NamedTable* table) { return table->name == owners.front()->name; });
        if (!owners.empty() && isOfOneTable && !hasOther && !hasDerived) {
            renameColumn(at, owners.front()->name, false);
            return;
        }
        if (!owners.empty() || hasDerived)
            m_doubtful << name;
        if (!owners.empty() || hasOther || hasDerived)
            return;
    }
}

/// The table that a qualifier means: by its alias, by its name, or as the row that an INSERT proposed.
NamedTable Renamer::tableCalled(const QString& name, int scopeIndex) const {
    for (int index = scopeIndex; index >= 0; index = m_scopes[static_cast<size_t>(index)].parent) {
        const Scope& scope = m_scopes[static_cast<size_t>(index)];
        for (const NamedTable& table : scope.tables) {
            if (name == (table.alias.isEmpty() ? table.name : table.alias))
                return table;
        }
        if (!scope.insertedInto.isEmpty() && name.compare(QLatin1String("excluded"), Qt::CaseInsensitive) == 0)
            return {scope.insertedInto, name, originOf(scope.insertedInto)};
    }
    return {name, {}, originOf(name)};
}

} // namespace

RenamedSql renamed(const QString& sql, const Renaming& renaming, Dialect dialect) {
    return Renamer(sql, renaming, dialect).run();
}

} // namespace affinity::store
