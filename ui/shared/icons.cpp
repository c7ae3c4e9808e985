#include "ui/shared/icons.h"

#include <QCache>
#include <QFile>
#include <QGuiApplication>
#include <QPainter>
#include <QSvgRenderer>

#include <array>
#include <cmath>

/// Resources of a static library are only linked in when named, outside any namespace.
static void loadIconResources() {
    Q_INIT_RESOURCE(icons);
}

namespace affinity::ui {
namespace {

constexpr std::array<const char*, static_cast<size_t>(Icon::Count)> names{
    "",         "overview",   "devices",      "rules",      "levels",       "simulation",   "adjustments",
    "live",     "audit",      "connections",  "settings",   "search",       "lock",         "unlock",
    "clock",    "check",      "check-circle", "warning",    "error",        "info",         "help",
    "arrow-up", "arrow-down", "arrow-right",  "chevron-up", "chevron-down", "chevron-left", "chevron-right",
    "star",     "gift",       "bolt",         "copy",       "refresh",      "close",        "plus",
    "minus",    "plus-minus", "filter",       "export",     "import",       "play",         "pause",
    "stop",     "undo",       "redo",         "user",       "database",     "flask",        "angle-brackets",
    "layers",   "server",     "sun",          "moon",       "contrast",     "external",     "history",
    "bell",     "edit",       "trash",        "table",      "expand",       "merge",        "unlink",
    "link",     "dots",       "keyboard",     "target",     "calendar",     "save",         "eye"};
static_assert(names.back() != nullptr, "every Icon has a file name");

QByteArray svgOf(Icon icon) {
    loadIconResources();
    QFile file(QStringLiteral(":/icons/%1.svg").arg(iconName(icon)));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return file.readAll();
}

QPixmap rendered(Icon icon, const QColor& color, int size, double ratio) {
    const int pixels = static_cast<int>(std::lround(size * ratio));
    QPixmap pixmap(pixels, pixels);
    pixmap.fill(Qt::transparent);
    QByteArray svg = svgOf(icon);
    // QtSvg does not know currentColor: the colour is written into the text.
    svg.replace("currentColor", color.name(QColor::HexRgb).toLatin1());
    QSvgRenderer renderer(svg);
    QPainter painter(&pixmap);
    painter.setOpacity(color.alphaF());
    renderer.render(&painter);
    painter.end();
    pixmap.setDevicePixelRatio(ratio);
    return pixmap;
}

} // namespace

void loadIcons() {
    loadIconResources();
}

QString iconName(Icon icon) {
    return QString::fromLatin1(names[static_cast<size_t>(icon)]);
}

QPixmap iconPixmap(Icon icon, const QColor& color, int size, double devicePixelRatio) {
    if (icon == Icon::None)
        return {};
    const double ratio = devicePixelRatio > 0 ? devicePixelRatio : qGuiApp->devicePixelRatio();
    static QCache<QString, QPixmap> cache(2000);
    const QString key = QStringLiteral("%1/%2/%3/%4")
                            .arg(static_cast<int>(icon))
                            .arg(color.name(QColor::HexArgb))
                            .arg(size)
                            .arg(ratio, 0, 'f', 3);
    if (const QPixmap* known = cache.object(key))
        return *known;
    const QPixmap made = rendered(icon, color, size, ratio);
    cache.insert(key, new QPixmap(made));
    return made;
}

QIcon themedIcon(Icon icon) {
    return themedIcon(icon, tokens().secondary);
}

QIcon themedIcon(Icon icon, const QColor& color) {
    QIcon made;
    for (const double ratio : {1.0, 1.25, 1.5, 2.0}) {
        made.addPixmap(iconPixmap(icon, color, measure::icon, ratio));
        made.addPixmap(iconPixmap(icon, tokens().disabledText, measure::icon, ratio), QIcon::Disabled);
    }
    return made;
}

void drawIcon(QPainter& painter, QPointF at, Icon icon, const QColor& color, int size) {
    if (icon == Icon::None)
        return;
    painter.drawPixmap(at, iconPixmap(icon, color, size, painter.device()->devicePixelRatioF()));
}

} // namespace affinity::ui
