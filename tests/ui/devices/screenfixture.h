// ScreenFixture: the Devices screen on a real engine and a copy of a made store, ready to be used.
#pragma once

#include "engine/engine.h"
#include "tests/support/commandhost.h"
#include "ui/devices/devicesscreen.h"
#include "ui/shell/jobs.h"
#include "ui/workspace/workspace.h"

#include <QTemporaryDir>

#include <memory>

namespace affinity::test {

inline constexpr int screenWaitMs = 20'000; // the store answers in milliseconds; a loaded machine may take its time

/// A second binding of user 1 (unbound, with one log row) that the stores of this fixture have besides those of
/// makeDemoStore.
inline constexpr base::DeviceId unboundDevice{261};

/// Makes the store once, in a folder of its own.
class ScreenPrototype {
public:
    /// Fails the running test when the store cannot be made.
    void make(int days);
    const QString& fileName() const { return m_fileName; }

private:
    QTemporaryDir m_folder;
    QString m_fileName;
};

/// One screen on a copy of the prototype. Use QVERIFY(fixture.open(prototype)) first.
struct ScreenFixture {
    bool open(const ScreenPrototype& prototype, QSize size = {1440, 900});
    QString filtersFile() const { return folder.filePath(QStringLiteral("filters.json")); }
    ui::DevicesScreen& operator*() const { return *screen; }
    ui::DevicesScreen* operator->() const { return screen.get(); }
    template<typename Widget> Widget* child(const char* name) const {
        return screen->findChild<Widget*>(QLatin1String(name));
    }
    /// Sends a key to whatever has the focus.
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) const;
    void type(const QString& text) const;

    QTemporaryDir folder;
    ui::JobList jobs;
    std::unique_ptr<Engine> engine;
    std::unique_ptr<ui::Workspace> workspace;
    std::unique_ptr<ui::DevicesScreen> screen;
    std::unique_ptr<CommandHost> commands;
};

} // namespace affinity::test
