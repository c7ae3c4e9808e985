// Writes comma-separated lines of names and numbers to a device in pieces, so that long series need no copy in memory.
#pragma once

#include <QByteArray>
#include <QString>

class QIODevice;

namespace affinity::ui {

/// Cells in order, endLine() after the last of a line, finish() at the end. UTF-8, lines end in \n.
class CsvLines {
public:
    explicit CsvLines(QIODevice& device) : m_device(device) {}
    /// A heading as it is: plain words of ours.
    CsvLines& heading(const char* words);
    /// A name from data, quoted. One that a table program would take for a formula (= + - @ or a control character at
    /// its start) gets an apostrophe before it.
    CsvLines& name(const QString& text);
    /// The shortest digits that are read back as the same double, always with a point; nothing where it is not finite.
    CsvLines& number(double value);
    CsvLines& empty();
    CsvLines& endLine();
    /// False when the device did not take everything.
    bool finish();

private:
    void separate();
    void flush();
    QIODevice& m_device;
    QByteArray m_text;
    bool m_isLineStart = true, m_isWritten = true;
};

} // namespace affinity::ui
