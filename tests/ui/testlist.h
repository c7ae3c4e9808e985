// The test objects of this program; main.cpp runs them all.
#pragma once

#include <QObject>

#include <memory>

namespace affinity::ui::tests {

std::unique_ptr<QObject> formattingTest();
std::unique_ptr<QObject> decimateTest();
std::unique_ptr<QObject> tableExportTest();
std::unique_ptr<QObject> themeTest();
std::unique_ptr<QObject> delegateTest();
std::unique_ptr<QObject> widgetsTest();
std::unique_ptr<QObject> chartsTest();
std::unique_ptr<QObject> chartsInputTest();
std::unique_ptr<QObject> chartsKindsTest();
std::unique_ptr<QObject> shellTest();
std::unique_ptr<QObject> commandsTest();
std::unique_ptr<QObject> paletteTest();
std::unique_ptr<QObject> settingsTest();

} // namespace affinity::ui::tests
