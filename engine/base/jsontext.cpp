#include "engine/base/jsontext.h"

#include "engine/base/jsonscanner.h"

#include <QStringList>

#include <algorithm>

namespace affinity::base {

namespace {

constexpr qsizetype shownNameLength = 60; ///< a hostile file's names must not fill the screen

std::string_view viewOf(const QByteArray& text) {
    return {text.constData(), static_cast<size_t>(text.size())};
}

bool isPlainName(const QString& name) {
    return !name.isEmpty() && std::all_of(name.begin(), name.end(), [](QChar character) {
        return character.isLetterOrNumber() || character == QLatin1Char('_') || character == QLatin1Char('-');
    });
}

bool isIndex(const QString& name) {
    return !name.isEmpty() && std::all_of(name.begin(), name.end(), [](QChar character) {
        return character >= QLatin1Char('0') && character <= QLatin1Char('9');
    });
}

/// "/rules/0/rule_key" as people write it: rules[0].rule_key
QString pathText(const std::string& pointer) {
    QString path;
    const QStringList steps = QString::fromStdString(pointer).split(QLatin1Char('/')).mid(1);
    for (QString step : steps) {
        step.replace(QStringLiteral("~1"), QStringLiteral("/")).replace(QStringLiteral("~0"), QStringLiteral("~"));
        if (isIndex(step)) {
            path += QStringLiteral("[%1]").arg(step.left(shownNameLength));
            continue;
        }
        if (!path.isEmpty())
            path += QLatin1Char('.');
        if (step.size() > shownNameLength)
            step = step.left(shownNameLength) + QStringLiteral("…");
        path += isPlainName(step) ? step : QStringLiteral("\"%1\"").arg(step);
    }
    return path;
}

Error errorOnLine(const QString& fileName, int line, const std::string& pointer, const QString& reason) {
    const QString path = pathText(pointer);
    const QString where = path.isEmpty() ? QString() : QStringLiteral(", ") + path;
    return {ErrorKind::InvalidInput,
            QStringLiteral("%1, line %2").arg(fileName).arg(line) + where + QStringLiteral(": ") + reason};
}

} // namespace

void appendPointerStep(std::string& pointer, std::string_view member) {
    pointer += '/';
    for (const char character : member) {
        if (character == '~')
            pointer += "~0";
        else if (character == '/')
            pointer += "~1";
        else
            pointer += character;
    }
}

std::string pointerTo(const std::string& parent, std::string_view member) {
    std::string pointer = parent;
    appendPointerStep(pointer, member);
    return pointer;
}

std::string pointerTo(const std::string& parent, size_t index) {
    return parent + '/' + std::to_string(index);
}

int LocatedJson::lineOf(const std::string& pointer) const {
    std::string known = pointer;
    for (;;) {
        if (const auto line = lineOfJsonValue(viewOf(text), known))
            return *line;
        if (known.empty())
            return 1;
        known.resize(std::min(known.rfind('/'), known.size() - 1));
    }
}

Error LocatedJson::errorAt(const std::string& pointer, const QString& reason) const {
    return errorOnLine(fileName, lineOf(pointer), pointer, reason);
}

Result<LocatedJson> parseLocatedJson(const QByteArray& text, const QString& fileName, qsizetype maximumBytes) {
    if (text.size() > maximumBytes)
        return Error{ErrorKind::InvalidInput,
                     QStringLiteral("%1: the file has %2 bytes; at most %3 are read. Check that it is the right file.")
                         .arg(fileName)
                         .arg(text.size())
                         .arg(maximumBytes)};
    const QByteArray content = text.startsWith("\xEF\xBB\xBF") ? text.mid(3) : text;
    if (const auto fault = findJsonFault(viewOf(content)))
        return errorOnLine(fileName, fault->line, fault->pointer, fault->reason);
    LocatedJson document{Json::parse(viewOf(content), nullptr, false), fileName, content};
    if (document.root.is_discarded()) // the scanner takes nothing that the parser refuses; the fuzz tests hold that
        return Error{ErrorKind::Internal, QStringLiteral("%1: the file cannot be read as JSON.").arg(fileName)};
    return document;
}

} // namespace affinity::base
