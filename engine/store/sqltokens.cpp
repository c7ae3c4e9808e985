#include "engine/store/sqltokens.h"

#include <QStringList>

namespace affinity::store {

namespace {

bool isWordStart(QChar character) {
    return character.isLetter() || character == u'_';
}

bool isWordPart(QChar character) {
    return character.isLetterOrNumber() || character == u'_' || character == u'$';
}

bool isNameQuote(QChar character, Dialect dialect) {
    return character == (dialect == Dialect::MariaDb ? u'`' : u'"') ||
           (character == u'`' && dialect == Dialect::Sqlite);
}

class Cutter {
public:
    Cutter(QStringView sql, Dialect dialect) : m_sql(sql), m_dialect(dialect) {}

    std::vector<SqlToken> tokens() {
        std::vector<SqlToken> found;
        while (m_at < m_sql.size()) {
            const qsizetype start = m_at;
            const SqlToken::Kind kind = pass();
            found.push_back({kind, m_sql.mid(start, m_at - start)});
        }
        return found;
    }

private:
    QChar next(qsizetype distance = 0) const {
        return m_at + distance < m_sql.size() ? m_sql[m_at + distance] : QChar();
    }

    template<typename Condition> void passWhile(Condition condition) {
        while (m_at < m_sql.size() && condition(m_sql[m_at]))
            ++m_at;
    }

    /// To the end of what `quote` opened; a doubled quote inside begins another part right behind it.
    void passQuoted(QChar quote) {
        const bool hasEscapes = m_dialect == Dialect::MariaDb && quote != u'`';
        for (++m_at; m_at < m_sql.size() && m_sql[m_at] != quote; ++m_at) {
            if (hasEscapes && m_sql[m_at] == u'\\')
                ++m_at;
        }
        m_at = std::min(m_at + 1, m_sql.size());
    }

    SqlToken::Kind pass() {
        const QChar first = next();
        if (first.isSpace()) {
            passWhile([](QChar character) { return character.isSpace(); });
            return SqlToken::Kind::Space;
        }
        if (first == u'-' && next(1) == u'-') {
            passWhile([](QChar character) { return character != u'\n'; });
            return SqlToken::Kind::Space;
        }
        if (first == u'/' && next(1) == u'*') {
            const qsizetype end = m_sql.indexOf(QLatin1String("*/"), m_at + 2);
            m_at = end < 0 ? m_sql.size() : end + 2;
            return SqlToken::Kind::Space;
        }
        if (isNameQuote(first, m_dialect)) {
            passQuoted(first);
            return SqlToken::Kind::QuotedName;
        }
        if (first == u'\'' || first == u'"') {
            passQuoted(first);
            return SqlToken::Kind::Text;
        }
        if (isWordStart(first)) {
            passWhile(isWordPart);
            return SqlToken::Kind::Word;
        }
        if (first.isDigit()) {
            passWhile([](QChar character) { return isWordPart(character) || character == u'.'; });
            return SqlToken::Kind::Number;
        }
        ++m_at;
        return SqlToken::Kind::Sign;
    }

    QStringView m_sql;
    Dialect m_dialect;
    qsizetype m_at = 0;
};

} // namespace

std::vector<SqlToken> sqlTokens(const QString& sql, Dialect dialect) {
    return Cutter(sql, dialect).tokens();
}

QString quotedName(const QString& name, Dialect dialect) {
    const QChar quote = dialect == Dialect::PostgreSql ? u'"' : u'`';
    QStringList parts = name.split(QLatin1Char('.'));
    for (QString& part : parts)
        part = quote + part + quote;
    return parts.join(QLatin1Char('.'));
}

} // namespace affinity::store
