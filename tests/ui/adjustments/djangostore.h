// DjangoStore: a temporary store as Django made it, opened by a real engine, with a workspace over it.
#pragma once

#include "engine/engine.h"
#include "ui/workspace/workspace.h"

#include <QTemporaryDir>

#include <memory>

namespace affinity::test {

/// Devices 1 (Momo, 0), 2 (Kiki, 48) and 3 (小白, 500); levels 1 … 6; staff "operator" with the password "open sesame".
/// The console's own tables are added, unless it is to be bare. Fails hard when the store cannot be made: nothing can
/// be tested then.
class DjangoStore {
public:
    enum class Tables { Prepared, Bare };
    explicit DjangoStore(Environment environment = Environment::Dev, Tables tables = Tables::Prepared);

    Engine& engine() { return *m_engine; }
    ui::Workspace& workspace() { return *m_workspace; }
    ui::JobList& jobs() { return m_jobs; }
    QString url() const { return QStringLiteral("sqlite:") + m_folder.filePath(QStringLiteral("store.sqlite")); }
    /// Signs "operator" in without asking for the password.
    void signIn();
    service::DeviceDetail detail(qint64 deviceId);

private:
    QTemporaryDir m_folder;
    ui::JobList m_jobs;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<ui::Workspace> m_workspace;
};

/// Waits for an answer with the event loop running; null after 20 s.
template<typename T> std::optional<base::Result<T>> waitFor(Answer<T> answer);

} // namespace affinity::test

#include <QTest>

namespace affinity::test {

template<typename T> std::optional<base::Result<T>> waitFor(Answer<T> answer) {
    const bool isFinished = QTest::qWaitFor([&answer] { return answer.isFinished(); }, 20'000);
    return isFinished && answer.resultCount() > 0 ? std::optional<base::Result<T>>(answer.result()) : std::nullopt;
}

} // namespace affinity::test
