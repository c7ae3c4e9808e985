// runAll(): the main function of a test program that holds several Qt Test classes.
#pragma once

#include <QCoreApplication>
#include <QObject>
#include <QTest>

#include <functional>
#include <memory>
#include <vector>

namespace affinity::test {

/// Makes one test object; testClass<T>() is the usual one.
using TestFactory = std::function<std::unique_ptr<QObject>()>;

template<typename T> TestFactory testClass() {
    return [] { return std::make_unique<T>(); };
}

/// Runs every test class in order and returns the number of failures, at most 127 (an exit status). Arguments are Qt
/// Test's own; with names of test functions (`rules_tests eventOfUnboundDeviceIsRefused`) only classes that have one of
/// them run. The program makes its QCoreApplication, QGuiApplication or QApplication first.
inline int runAll(int argumentCount, char** arguments, const std::vector<TestFactory>& factories) {
    std::vector<QByteArray> wanted;
    std::vector<char*> options;
    for (int i = 0; i < argumentCount; ++i) {
        const QByteArray argument(arguments[i]);
        const bool isOptionValue = i > 1 && QByteArrayList{"-o", "-seed", "-maxwarnings"}.contains(arguments[i - 1]);
        if (i == 0 || isOptionValue || argument.startsWith('-'))
            options.push_back(arguments[i]);
        else
            wanted.push_back(argument);
    }

    int failures = 0;
    int classesRun = 0;
    for (const TestFactory& factory : factories) {
        const std::unique_ptr<QObject> test = factory();
        std::vector<char*> chosen = options;
        for (QByteArray& name : wanted) {
            const QByteArray function = name.left(name.indexOf(':') < 0 ? name.size() : name.indexOf(':'));
            if (test->metaObject()->indexOfMethod((function + "()").constData()) >= 0)
                chosen.push_back(name.data());
        }
        if (!wanted.empty() && chosen.size() == options.size())
            continue;
        ++classesRun;
        failures += QTest::qExec(test.get(), static_cast<int>(chosen.size()), chosen.data());
    }
    if (classesRun == 0) {
        qWarning("No test class of this program has a test function of that name.");
        return 1;
    }
    return failures > 127 ? 127 : failures;
}

} // namespace affinity::test
