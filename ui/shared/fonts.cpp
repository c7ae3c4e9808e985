#include "ui/shared/fonts.h"

#include <QFontMetricsF>
#include <QLocale>
#include <QStringList>

#include <cmath>

namespace affinity::ui {
namespace {

QFont sized(const QStringList& families, int pixelSize, int weight) {
    QFont made;
    made.setFamilies(families);
    made.setPixelSize(pixelSize);
    made.setWeight(static_cast<QFont::Weight>(weight));
    made.setHintingPreference(QFont::PreferNoHinting);
    return made;
}

/// Noto Sans CJK has no weight 500 on Debian (it falls to Regular), so Chinese titles ask for 700.
int titleWeight() {
    return QLocale().language() == QLocale::Chinese ? 700 : 500;
}

} // namespace

QFont uiFont(int pixelSize, int weight) {
    static const QStringList families{QStringLiteral("Roboto"), QStringLiteral("Segoe UI"), QStringLiteral("Noto Sans"),
                                      QStringLiteral("Noto Sans CJK SC"), QStringLiteral("Microsoft YaHei UI")};
    return sized(families, pixelSize, weight);
}

QFont codeFont(int pixelSize, int weight) {
    static const QStringList families{QStringLiteral("JetBrains Mono"), QStringLiteral("Cascadia Mono"),
                                      QStringLiteral("DejaVu Sans Mono"), QStringLiteral("Noto Sans CJK SC")};
    QFont made = sized(families, pixelSize, weight);
    made.setStyleHint(QFont::Monospace);
    return made;
}

QFont font(TextStyle style) {
    switch (style) {
    case TextStyle::Kpi:
        return uiFont(24, 500);
    case TextStyle::KpiNarrow:
        return uiFont(22, 500);
    case TextStyle::Title:
        return uiFont(18, titleWeight());
    case TextStyle::Consequence:
        return uiFont(14, 500);
    case TextStyle::PanelTitle:
        return uiFont(13, titleWeight());
    case TextStyle::Strong:
        return uiFont(13, 500);
    case TextStyle::Body:
        return uiFont(13);
    case TextStyle::Caption:
        return uiFont(12);
    case TextStyle::Label:
        return uiFont(12, 500);
    case TextStyle::Axis:
        return uiFont(11);
    case TextStyle::AxisStrong:
        return uiFont(11, 500);
    case TextStyle::Code:
        return codeFont(12);
    case TextStyle::CodeStrong:
        return codeFont(12, 500);
    }
    return uiFont(13);
}

int textWidth(const QFont& of, const QString& text) {
    return static_cast<int>(std::ceil(QFontMetricsF(of).horizontalAdvance(text)));
}

} // namespace affinity::ui
