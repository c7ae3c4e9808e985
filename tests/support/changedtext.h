// changedText(): a good file with one place made wrong, for tables of bad inputs.
#pragma once

#include <QByteArray>
#include <QTest>

namespace affinity::test {

/// `text` with `from` replaced by `to`. Fails the test (and gives an empty text) when `from` is not there exactly once:
/// a row that changes nothing would test nothing.
inline QByteArray changedText(QByteArray text, const QByteArray& from, const QByteArray& to) {
    if (text.count(from) != 1) {
        const QByteArray message = "not exactly once in the good file: " + from;
        QTest::qFail(message.constData(), __FILE__, __LINE__);
        return {};
    }
    return text.replace(from, to);
}

} // namespace affinity::test
