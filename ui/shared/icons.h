// Our own icons: one SVG each (16-unit grid, 1.4 stroke, one colour), coloured when drawn.
#pragma once

#include "ui/shared/tokens.h"

#include <QIcon>
#include <QPixmap>

class QPainter;
class QPointF;

namespace affinity::ui {

/// Each name is a file resources/icons/<name>.svg; see iconName().
enum class Icon {
    None,
    Overview,
    Devices,
    Rules,
    Levels,
    Simulation,
    Adjustments,
    Live,
    Audit,
    Connections,
    Settings,
    Search,
    Lock,
    Unlock,
    Clock,
    Check,
    CheckCircle,
    Warning,
    Error,
    Info,
    Help,
    ArrowUp,
    ArrowDown,
    ArrowRight,
    ChevronUp,
    ChevronDown,
    ChevronLeft,
    ChevronRight,
    Star,
    Gift,
    Bolt,
    Copy,
    Refresh,
    Close,
    Plus,
    Minus,
    PlusMinus,
    Filter,
    Export,
    Import,
    Play,
    Pause,
    Stop,
    Undo,
    Redo,
    User,
    Database,
    Flask,
    AngleBrackets,
    Layers,
    Server,
    Sun,
    Moon,
    Contrast,
    External,
    History,
    Bell,
    Edit,
    Trash,
    Table,
    Expand,
    Merge,
    Unlink,
    Link,
    Dots,
    Keyboard,
    Target,
    Calendar,
    Save,
    Eye,
    Count
};

/// Makes the files of resources/icons available in the program; installStyle() calls it.
void loadIcons();

/// File name without ending, e.g. "check-circle"; empty for None.
QString iconName(Icon icon);

/// The icon in one colour at `size` logical pixels, sharp at `devicePixelRatio` (0: that of the application). Cached.
QPixmap iconPixmap(Icon icon, const QColor& color, int size = measure::icon, double devicePixelRatio = 0);

/// An icon for buttons and menus: secondary colour, disabled muted. Make it again on ThemeSignal::changed.
QIcon themedIcon(Icon icon);
QIcon themedIcon(Icon icon, const QColor& color);

/// Draws the icon with its top left corner at `at`.
void drawIcon(QPainter& painter, QPointF at, Icon icon, const QColor& color, int size = measure::icon);

} // namespace affinity::ui
