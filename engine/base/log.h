// The log: the program's last messages in memory, secrets masked before anything is kept or written.
#pragma once

#include <QString>
#include <QtGlobal>

#include <vector>

namespace affinity::base {

/// One message, as it was kept.
struct LogLine {
    qint64 number = 0; ///< 1, 2, …; gaps mean that older lines were dropped
    qint64 atUs = 0;   ///< microseconds since 1970 UTC, this machine's clock
    QtMsgType type = QtDebugMsg;
    QString category; ///< "affinity.service"
    QString text;     ///< masked

    friend bool operator==(const LogLine&, const LogLine&) = default;
};

/// Replaces everything in a text that looks like a secret (passwords in URLs, "password=…", "AUTH …", bearer tokens,
/// webhook signatures) and every secret that was told by rememberSecret() with "•••". Any thread.
QString maskSecrets(const QString& text);

/// From now on maskSecrets() knows this text; kept only as what is needed to find it. Texts under 4 characters are
/// not remembered: they would mask everything. Any thread.
void rememberSecret(const QByteArray& secret);

/// Takes over Qt's messages: each is masked, kept (the last `most`), and printed to standard error as before. Call it
/// first in main(); any thread may log from then on. A second call changes `most`, and takes over again where somebody
/// else had.
void installLog(int most = 5000);

/// What is kept with a number above `after`, oldest first. Any thread.
std::vector<LogLine> logLines(qint64 after = 0);

} // namespace affinity::base
