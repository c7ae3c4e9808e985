// ProcessWatch: the end of a process that is not a child of this one, to wait for and to bring about.
#pragma once

#include <vector>

#include <sys/types.h>

namespace affinity::test {

/// Holds the process by a descriptor: no other process that gets its number later is ever meant. Any thread.
class ProcessWatch {
public:
    /// A process that is there no more counts as ended.
    explicit ProcessWatch(pid_t process);
    ~ProcessWatch();
    ProcessWatch(ProcessWatch&& other) noexcept;
    ProcessWatch(const ProcessWatch&) = delete;
    ProcessWatch& operator=(const ProcessWatch&) = delete;

    void signal(int signal) const;
    /// Waits up to `timeoutMs` for the end.
    bool hasEnded(int timeoutMs) const;

private:
    int m_descriptor;
};

/// The processes that `parent` has started and that have not ended, in no order.
std::vector<pid_t> childrenOf(pid_t parent);

} // namespace affinity::test
