#include "tests/ui/testlist.h"

#include "ui/charts/linechart.h"
#include "ui/shared/icons.h"
#include "ui/shared/panel.h"
#include "ui/shared/style.h"
#include "ui/shared/textlabel.h"

#include <QApplication>
#include <QFile>
#include <QLineSeries>
#include <QVBoxLayout>
#include <QtTest>

#include <cmath>

namespace affinity::ui::tests {
namespace {

struct Pair {
    const char* name;
    QColor text, below;
};

std::vector<Pair> textPairs(const Tokens& t) {
    std::vector<Pair> pairs;
    for (const auto& [name, below] : std::initializer_list<std::pair<const char*, QColor>>{{"canvas", t.canvas},
                                                                                           {"rail", t.rail},
                                                                                           {"surface", t.surface},
                                                                                           {"sunken", t.sunken},
                                                                                           {"hover", t.hover},
                                                                                           {"selected", t.selected},
                                                                                           {"detail", t.detail},
                                                                                           {"popover", t.popover}}) {
        pairs.push_back({name, t.text, below});
        pairs.push_back({name, t.secondary, below});
    }
    for (const QColor& below : {t.canvas, t.rail, t.surface, t.selected, t.detail})
        pairs.push_back({"muted", t.muted, below});
    for (const Tone tone : {Tone::Neutral, Tone::Accent, Tone::Ok, Tone::Warn, Tone::Danger}) {
        const ToneColors colors = toneColors(tone, t);
        pairs.push_back({"tag", colors.text, colors.soft});
        pairs.push_back({"mark on surface", colors.text, t.surface});
    }
    pairs.push_back({"primary button", t.onFill, t.accentFill});
    for (const EnvironmentColors& colors : t.environments) {
        pairs.push_back({"environment tag", t.onFill, colors.fill});
        pairs.push_back({"environment strip", colors.stripText, colors.strip});
        pairs.push_back({"store name", t.text, colors.strip});
    }
    for (int level = 0; level <= 6; ++level)
        pairs.push_back({"level chip", textOn(levelFill(level, 6, t)), levelFill(level, 6, t)});
    return pairs;
}

int countColor(const QImage& image, const QColor& color) {
    int count = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            count += image.pixelColor(x, y).rgb() == color.rgb() ? 1 : 0;
    return count;
}

class ThemeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cleanup() { applyTheme(*qApp, Theme::Light); }

    void everyTextPairHasContrast_data() {
        QTest::addColumn<int>("theme");
        QTest::newRow("light") << static_cast<int>(Theme::Light);
        QTest::newRow("dark") << static_cast<int>(Theme::Dark);
    }

    void everyTextPairHasContrast() {
        QFETCH(int, theme);
        for (const Pair& pair : textPairs(tokensOf(static_cast<Theme>(theme)))) {
            const double ratio = contrastRatio(pair.text, pair.below);
            QVERIFY2(ratio >= 4.5, qPrintable(QStringLiteral("%1: %2 on %3 is %4")
                                                  .arg(QLatin1String(pair.name), pair.text.name(), pair.below.name())
                                                  .arg(ratio)));
        }
    }

    void seriesAndFieldsHaveContrast() {
        for (const Theme theme : {Theme::Light, Theme::Dark}) {
            const Tokens& t = tokensOf(theme);
            QVERIFY(contrastRatio(t.field, t.surface) >= 3);
            for (int i = 0; i < 5; ++i)
                QVERIFY(contrastRatio(seriesColor(i, t), t.surface) >= 3);
            for (int level = 1; level <= 6; ++level)
                QVERIFY(contrastRatio(levelLine(level, 6, t), t.surface) >= 3);
        }
    }

    void contrastIsThatOfWcag() {
        QCOMPARE(contrastRatio(Qt::black, Qt::white), 21.0);
        QCOMPARE(contrastRatio(Qt::white, Qt::white), 1.0);
        QVERIFY(std::abs(contrastRatio(QColor(0x77, 0x77, 0x77), Qt::white) - 4.48) < 0.01); // a known pair
    }

    void levelsStandOutMoreTheHigherTheyAre() {
        for (const Theme theme : {Theme::Light, Theme::Dark}) {
            const Tokens& t = tokensOf(theme);
            for (const int highest : {6, 9, 20}) {
                for (int level = 2; level <= highest; ++level) {
                    const double before = lightness(levelFill(level - 1, highest, t));
                    const double here = lightness(levelFill(level, highest, t));
                    QVERIFY(theme == Theme::Light ? here < before : here > before);
                }
            }
        }
    }

    void moreThanSevenLevelsAreEvenlySpaced() {
        const Tokens& t = tokensOf(Theme::Light);
        const double step = lightness(levelFill(1, 13, t)) - lightness(levelFill(2, 13, t));
        for (int level = 2; level < 13; ++level) {
            const double here = lightness(levelFill(level, 13, t)) - lightness(levelFill(level + 1, 13, t));
            QVERIFY2(std::abs(here - step) < 1.0, qPrintable(QString::number(here - step)));
        }
        QCOMPARE(levelFill(13, 13, t).name(), t.levelFill[6].name());
    }

    void everyIconHasItsFile() {
        iconPixmap(Icon::Overview, Qt::black); // loads the resources
        for (int i = 1; i < static_cast<int>(Icon::Count); ++i) {
            const auto icon = static_cast<Icon>(i);
            QVERIFY2(QFile::exists(QStringLiteral(":/icons/%1.svg").arg(iconName(icon))), qPrintable(iconName(icon)));
            QVERIFY(countColor(iconPixmap(icon, Qt::red, 32, 1).toImage(), Qt::red) > 0);
        }
    }

    void iconsAreSharpAtAnyRatio() {
        const QPixmap pixmap = iconPixmap(Icon::Lock, Qt::black, 16, 1.5);
        QCOMPARE(pixmap.size(), QSize(24, 24));
        QCOMPARE(pixmap.devicePixelRatio(), 1.5);
    }

    void theStyleSheetNamesNoWidgetAtLarge() {
        const QString sheet = styleSheetOf(Theme::Dark);
        QVERIFY(!sheet.contains(QLatin1Char('*')));
        QVERIFY(!sheet.contains(QLatin1String("QWidget")));
        QVERIFY2(!sheet.contains(QLatin1Char('@')), "every token is replaced");
    }

    void switchingLeavesNoStaleColour() {
        Panel panel(QStringLiteral("Panel"), QStringLiteral("caption"));
        auto* label = new TextLabel(QStringLiteral("Label"));
        auto* chart = new LineChart;
        LineData line;
        line.name = QStringLiteral("Value");
        line.x = {0, 1, 2, 3};
        line.y = {1, 3, 2, 4};
        line.width = 6;
        chart->setData({line});
        panel.body()->addWidget(label);
        panel.body()->addWidget(chart);
        panel.resize(400, 300);
        panel.show();
        const Tokens& light = tokensOf(Theme::Light);
        const Tokens& dark = tokensOf(Theme::Dark);
        QVERIFY(countColor(panel.grab().toImage(), light.series[0]) > 0);
        applyTheme(*qApp, Theme::Dark);
        const QImage after = panel.grab().toImage();
        QCOMPARE(countColor(after, light.series[0]), 0);
        QCOMPARE(countColor(after, light.surface), 0);
        QCOMPARE(countColor(after, light.text), 0);
        QVERIFY(countColor(after, dark.series[0]) > 0);
        QVERIFY(countColor(after, dark.surface) > 0);
        QCOMPARE(label->palette().color(QPalette::WindowText), dark.text);
        QCOMPARE(qApp->palette().color(QPalette::Window), dark.canvas);
    }

    void theSwitchIsAnnouncedOnce() {
        QSignalSpy spy(&ThemeSignal::instance(), &ThemeSignal::changed);
        applyTheme(*qApp, Theme::Dark);
        QCOMPARE(spy.count(), 1);
    }
};

} // namespace

std::unique_ptr<QObject> themeTest() {
    return std::make_unique<ThemeTest>();
}

} // namespace affinity::ui::tests

#include "themetest.moc"
