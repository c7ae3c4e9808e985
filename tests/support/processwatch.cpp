#include "tests/support/processwatch.h"

#include <QDir>
#include <QFile>

#include <poll.h>
#include <unistd.h>

extern "C" {
#include <sys/pidfd.h> // that of glibc 2.36 does not say that it is C
}

namespace affinity::test {

namespace {

/// The fourth field of /proc/PID/stat; the second may hold spaces, but ends with the last parenthesis.
pid_t parentOf(const QString& process) {
    QFile file(QStringLiteral("/proc/%1/stat").arg(process));
    if (!file.open(QIODevice::ReadOnly))
        return 0; // it has just ended
    const QByteArray text = file.readAll();
    const QByteArrayList fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
    return fields.size() > 1 ? fields[1].toInt() : 0;
}

} // namespace

ProcessWatch::ProcessWatch(pid_t process) : m_descriptor(::pidfd_open(process, 0)) {
}

ProcessWatch::~ProcessWatch() {
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

ProcessWatch::ProcessWatch(ProcessWatch&& other) noexcept : m_descriptor(other.m_descriptor) {
    other.m_descriptor = -1;
}

void ProcessWatch::signal(int signal) const {
    if (m_descriptor >= 0)
        ::pidfd_send_signal(m_descriptor, signal, nullptr, 0);
}

bool ProcessWatch::hasEnded(int timeoutMs) const {
    if (m_descriptor < 0)
        return true;
    pollfd wait{m_descriptor, POLLIN, 0};
    return ::poll(&wait, 1, timeoutMs) == 1;
}

std::vector<pid_t> childrenOf(pid_t parent) {
    std::vector<pid_t> children;
    const QStringList names = QDir(QStringLiteral("/proc")).entryList({QStringLiteral("[1-9]*")}, QDir::Dirs);
    for (const QString& name : names) {
        if (parentOf(name) == parent)
            children.push_back(name.toInt());
    }
    return children;
}

} // namespace affinity::test
