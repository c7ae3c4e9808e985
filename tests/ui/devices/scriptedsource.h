// ScriptedSource: a source of pages whose answers come when the test says so.
#pragma once

#include "engine/engine.h"

#include <QCoreApplication>
#include <QPromise>

#include <memory>
#include <vector>

namespace affinity::test {

template<typename Query, typename Page> class ScriptedSource {
public:
    Answer<Page> operator()(const Query& query) {
        auto promise = std::make_shared<QPromise<base::Result<Page>>>();
        promise->start();
        m_queries->push_back(query);
        m_promises->push_back(promise);
        return promise->future();
    }
    const std::vector<Query>& queries() const { return *m_queries; }
    /// Answers the request of that number and lets the answer arrive.
    void answer(size_t number, const base::Result<Page>& page) {
        m_promises->at(number)->addResult(page);
        m_promises->at(number)->finish();
        QCoreApplication::processEvents();
    }

private:
    // Shared: models keep a copy of their source.
    std::shared_ptr<std::vector<Query>> m_queries = std::make_shared<std::vector<Query>>();
    std::shared_ptr<std::vector<std::shared_ptr<QPromise<base::Result<Page>>>>> m_promises =
        std::make_shared<std::vector<std::shared_ptr<QPromise<base::Result<Page>>>>>();
};

} // namespace affinity::test
