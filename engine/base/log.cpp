#include "engine/base/log.h"

#include "engine/base/secretforms.h"

#include <QDateTime>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <deque>
#include <mutex>

namespace affinity::base {

namespace {

const QString& maskText() {
    static const QString& mask = *new QString(QStringLiteral("•••"));
    return mask;
}

/// A thing that looks like a secret: what the first group holds stays, the rest of the match is masked, the second
/// group stays behind it.
QRegularExpression pattern(const QString& text) {
    QRegularExpression expression(text, QRegularExpression::CaseInsensitiveOption |
                                            QRegularExpression::UseUnicodePropertiesOption);
    expression.optimize();
    return expression;
}

/// In order: forms that hold others first.
const std::array<QRegularExpression, 10>& patterns() {
    static const QString names =
        QStringLiteral("(?:pass(?:word|wd|phrase)?|pwd|secret|token|api[_-]?key|access[_-]?key|signature|auth)");
    // Never destroyed, as the log itself.
    static const auto& all = *new std::array<QRegularExpression, 10>{{
        // scheme://user:password@host: up to the last @ before the path, since passwords have been seen with @ in them.
        pattern(QStringLiteral("(\\b[a-z][a-z0-9+.-]*://[^\\s:/@\"']*:)[^\\s/\"']+(@)")),
        // A "/" within the password is wrong in a URL, and is typed all the same.
        pattern(QStringLiteral("(\\b[a-z][a-z0-9+.-]*://[^\\s:/@\"']*:)(?!•)[^\\s@\"']+(@)")),
        // Django's password hashes.
        pattern(QStringLiteral("(\\b(?:pbkdf2_sha(?:1|256|512)|argon2|bcrypt(?:_sha256)?|scrypt)\\$)[^\\s\"';]+()")),
        // "password": "…" in JSON; then the same within a quoted text, where each quote has a backslash.
        pattern(QStringLiteral("([\"'][\\w.-]*%1[\\w.-]*[\"']\\s*[:=]\\s*\")(?:[^\"\\\\]|\\\\.)*(\"|$)").arg(names)),
        pattern(QStringLiteral("(\\\\\"[\\w.-]*%1[\\w.-]*\\\\\"\\s*:\\s*\\\\\")"
                               "(?:[^\"\\\\]|\\\\\\\\\\\\.|\\\\\\\\[^\\\\]|\\\\[^\"\\\\])*(\\\\\"|$)")
                    .arg(names)),
        // password="two words"
        pattern(QStringLiteral("(\\b[\\w.-]*%1\\s*[=:]\\s*\")[^\"]+(\"|$)").arg(names)),
        // password=…, AFFINITY_OPERATOR_PASSWORD=…, ?token=…&, password: …
        pattern(QStringLiteral("(\\b[\\w.-]*%1\\s*=\\s*|\\b[\\w.-]*(?:password|passwd|passphrase|pwd|secret)\\s*:\\s*)"
                               "(?!•)[^\\s&;,\"']+()")
                    .arg(names)),
        // Redis: AUTH password, AUTH user password, and CONFIG's names.
        pattern(QStringLiteral("((?-i:\\bAUTH)\\s+)(?!•)\\S+(?:[ \\t]+\\S+)?()")),
        pattern(QStringLiteral("(\\b(?:requirepass|masterauth)\\s+)(?!•)\\S+()")),
        // Authorization: Bearer …, Basic …; webhook signatures, sha256=….
        pattern(QStringLiteral(
            "(\\bbearer\\s+|\\bauthorization:\\s*[a-z]+\\s+|\\bsha(?:1|256|512)=)(?!•)[A-Za-z0-9._~+/=:-]{4,}()")),
    }};
    return all;
}

/// What the log holds; one for the program.
struct Kept {
    std::mutex mutex;
    std::deque<LogLine> lines;
    size_t most = 5000;
    qint64 number = 0;
    QtMessageHandler before = nullptr;
};

/// Never destroyed: messages may come until the very end.
Kept& kept() {
    static auto* const one = new Kept;
    return *one;
}

/// Ours below a warning are only kept: a command's standard error stays for what went wrong.
bool isPrinted(QtMsgType type, const QString& category) {
    return (type != QtDebugMsg && type != QtInfoMsg) || !category.startsWith(QLatin1String("affinity."));
}

void keep(QtMsgType type, const QMessageLogContext& context, const QString& text) {
    const QString masked = maskSecrets(text);
    const QString category = QString::fromUtf8(context.category);
    QtMessageHandler before = nullptr;
    {
        Kept& log = kept();
        const std::lock_guard lock(log.mutex);
        log.lines.push_back({++log.number, QDateTime::currentMSecsSinceEpoch() * 1000, type, category, masked});
        while (log.lines.size() > log.most)
            log.lines.pop_front();
        before = log.before;
    }
    if (before && isPrinted(type, category))
        before(type, context, masked);
}

} // namespace

QString maskSecrets(const QString& text) {
    if (text.isEmpty())
        return text;
    QString masked = maskRememberedSecrets(text, maskText());
    for (const QRegularExpression& each : patterns())
        masked.replace(each, QStringLiteral("\\1") + maskText() + QStringLiteral("\\2"));
    return masked;
}

void installLog(int most) {
    Kept& log = kept();
    {
        const std::lock_guard lock(log.mutex);
        log.most = static_cast<size_t>(std::max(1, most));
        while (log.lines.size() > log.most)
            log.lines.pop_front();
    }
    // Qt's handler prints until the next line; nothing can be lost between.
    const QtMessageHandler before = qInstallMessageHandler(keep);
    if (before == keep)
        return;
    const std::lock_guard lock(log.mutex);
    log.before = before;
}

std::vector<LogLine> logLines(qint64 after) {
    Kept& log = kept();
    const std::lock_guard lock(log.mutex);
    const auto first = std::partition_point(log.lines.begin(), log.lines.end(),
                                            [after](const LogLine& line) { return line.number <= after; });
    return {first, log.lines.end()};
}

} // namespace affinity::base
