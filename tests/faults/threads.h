// runTogether(): several pieces of work, a few at a time on threads of their own.
#pragma once

#include <QThread>

#include <atomic>
#include <functional>
#include <memory>
#include <vector>

namespace affinity::test {

/// Begins them in their order and returns when all are done. Most of them wait for a server or a time limit, so there
/// are more threads than processors.
inline void runTogether(const std::vector<std::function<void()>>& pieces, int threads = 6) {
    std::atomic<size_t> next{0};
    std::vector<std::unique_ptr<QThread>> running;
    for (int i = 0; i < threads; ++i) {
        running.emplace_back(QThread::create([&] {
            for (size_t mine = next++; mine < pieces.size(); mine = next++)
                pieces[mine]();
        }));
        running.back()->start();
    }
    for (const auto& thread : running)
        thread->wait();
}

} // namespace affinity::test
