#include "ui/charts/csvlines.h"

#include <QIODevice>

#include <array>
#include <charconv>
#include <cmath>

namespace affinity::ui {

void CsvLines::separate() {
    if (!m_isLineStart)
        m_text += ',';
    m_isLineStart = false;
}

CsvLines& CsvLines::heading(const char* words) {
    separate();
    m_text += words;
    return *this;
}

CsvLines& CsvLines::name(const QString& text) {
    separate();
    QByteArray cell = text.toUtf8();
    cell.replace("\"", "\"\"");
    const char first = cell.isEmpty() ? 'a' : cell.front();
    const bool isFormula =
        first == '=' || first == '+' || first == '-' || first == '@' || first == '\t' || first == '\r' || first == '\n';
    m_text += isFormula ? "\"'" : "\"";
    m_text += cell;
    m_text += '"';
    return *this;
}

CsvLines& CsvLines::number(double value) {
    separate();
    if (!std::isfinite(value))
        return *this;
    std::array<char, 32> digits{};
    const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    m_text.append(digits.data(), static_cast<qsizetype>(written.ptr - digits.data()));
    return *this;
}

CsvLines& CsvLines::empty() {
    separate();
    return *this;
}

CsvLines& CsvLines::endLine() {
    constexpr qsizetype piece = 1 << 18;
    m_text += '\n';
    m_isLineStart = true;
    if (m_text.size() >= piece)
        flush();
    return *this;
}

void CsvLines::flush() {
    if (m_isWritten)
        m_isWritten = m_device.write(m_text) == m_text.size();
    m_text.clear();
}

bool CsvLines::finish() {
    flush();
    return m_isWritten;
}

} // namespace affinity::ui
