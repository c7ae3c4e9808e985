#include "ui/shared/style.h"

#include "ui/shared/focusring.h"
#include "ui/shared/fonts.h"
#include "ui/shared/painting.h"

#include <QAbstractButton>
#include <QApplication>
#include <QFocusFrame>
#include <QPainter>
#include <QStyleOption>

namespace affinity::ui {
namespace {

Theme& desktopTheme() {
    static Theme theme = Theme::Light;
    return theme;
}

// Short on purpose: Fusion and the palette do the rest. Never names QWidget or *: that would replace the palette of
// every widget and slow each polish down. The dot means Qt's own buttons only (message boxes): Button paints itself.
const char* const sheet = R"(
.QPushButton{border:1px solid @borderStrong;border-radius:6px;padding:0 12px;min-height:28px;max-height:28px;background:@surface;color:@text;font-weight:500}
.QPushButton:hover{background:@hover} .QPushButton:pressed{background:@sunken}
.QPushButton:disabled{color:@muted;border-color:@border;background:@canvas}
QLineEdit,QComboBox,QAbstractSpinBox{border:1px solid @field;border-radius:6px;min-height:28px;max-height:28px;padding:0 8px;background:@surface;color:@text;selection-background-color:@accentFill;selection-color:@onFill}
QPlainTextEdit,QTextEdit{border:1px solid @field;border-radius:6px;padding:4px;background:@surface;color:@text;selection-background-color:@accentFill;selection-color:@onFill}
QLineEdit:focus,QComboBox:focus,QAbstractSpinBox:focus,QPlainTextEdit:focus,QTextEdit:focus{border:2px solid @accentText;padding-left:7px}
QLineEdit[hasError="true"],QComboBox[hasError="true"],QAbstractSpinBox[hasError="true"],QPlainTextEdit[hasError="true"]{border-color:@danger}
QLineEdit[isConfirmed="true"]{border-color:@ok}
QLineEdit:disabled,QComboBox:disabled,QAbstractSpinBox:disabled,QPlainTextEdit:disabled{color:@muted;border-color:@border;background:@canvas}
QLineEdit[isCell="true"]{border:2px solid @accentText;border-radius:4px;min-height:0;max-height:100px;padding:0 4px}
QComboBox::drop-down{border:none;width:24px} QComboBox::down-arrow{image:url(:/icons/combo-@theme.svg);width:14px;height:14px}
QComboBox QAbstractItemView{border:1px solid @borderStrong;background:@popover;outline:0;padding:4px;selection-background-color:@selected;selection-color:@text}
QAbstractSpinBox::up-button,QAbstractSpinBox::down-button{width:0;border:none}
QAbstractItemView{border:none;background:@surface;selection-background-color:@selected;selection-color:@text;outline:0}
QHeaderView{background:@surface;border:none}
QHeaderView::section{background:@surface;color:@muted;border:none;border-bottom:1px solid @border;padding:0 8px;font-size:12px;font-weight:500}
QHeaderView::section:first{padding-left:16px}
QTableCornerButton::section{background:@surface;border:none}
QMenu{background:@popover;border:1px solid @borderStrong;border-radius:6px;padding:4px} QMenu::separator{height:1px;background:@border;margin:4px 8px}
QMenu::item{padding:6px 24px 6px 28px;border-radius:4px;color:@text} QMenu::item:selected{background:@selected} QMenu::item:disabled{color:@muted}
QMenu::icon{padding-left:8px} QMenu::indicator{width:16px;height:16px;left:6px}
QToolTip{background:@popover;color:@text;border:1px solid @borderStrong;padding:4px 8px}
QScrollBar:vertical{background:transparent;width:10px;margin:0} QScrollBar::handle:vertical{background:@borderStrong;border-radius:3px;min-height:28px;margin:2px}
QScrollBar:horizontal{background:transparent;height:10px;margin:0} QScrollBar::handle:horizontal{background:@borderStrong;border-radius:3px;min-width:28px;margin:2px}
QScrollBar::handle:hover{background:@field} QScrollBar::add-line,QScrollBar::sub-line{width:0;height:0} QScrollBar::add-page,QScrollBar::sub-page{background:transparent}
)";

void setForAllGroups(QPalette& palette, std::initializer_list<QPalette::ColorRole> roles, const QColor& color) {
    for (const QPalette::ColorRole role : roles)
        palette.setColor(role, color);
}

constexpr int focusDistance = 3; // from the control to the outside of its ring

/// Text fields and tables show focus themselves: a 2 px frame, the current cell.
bool wantsRing(const QWidget* widget) {
    return qobject_cast<const QAbstractButton*>(widget) != nullptr || widget->property("focusRadius").isValid();
}

void drawIndicator(QPainter& painter, const QStyleOption& option, bool isRound) {
    const Tokens& t = tokens();
    const bool isOn = option.state.testFlag(QStyle::State_On);
    const bool isEnabled = option.state.testFlag(QStyle::State_Enabled);
    const QRectF box(option.rect);
    const QColor fill = isOn ? (isEnabled ? t.accentFill : t.borderStrong) : t.surface;
    const QColor line = isOn ? fill : isEnabled ? t.field : t.borderStrong;
    drawBox(painter, box, isRound ? 8 : measure::radiusTag, fill, line);
    if (isOn && isRound)
        drawBox(painter, box.adjusted(5, 5, -5, -5), 3, t.onFill);
    else if (isOn)
        drawIcon(painter, box.topLeft() + QPointF(2, 2), Icon::Check, t.onFill, measure::iconTiny);
}

} // namespace

ThemeSignal& ThemeSignal::instance() {
    static ThemeSignal signal;
    return signal;
}

ConsoleStyle::ConsoleStyle() : QProxyStyle(QStringLiteral("Fusion")), m_focusRing(new FocusRing(this)) {
}

int ConsoleStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const {
    switch (metric) {
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_ToolBarIconSize:
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return measure::icon;
    case PM_FocusFrameHMargin:
    case PM_FocusFrameVMargin:
        return focusDistance;
    case PM_ScrollBarExtent:
        return 10;
    case PM_DefaultFrameWidth:
        return 1;
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return 8;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int ConsoleStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                            QStyleHintReturn* returnData) const {
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
        return 0;
    case SH_Table_GridLineColor:
        return static_cast<int>(tokens().border.rgb());
    case SH_ComboBox_Popup: // a list below the field, not a menu over it
        return 0;
    case SH_FocusFrame_AboveWidget:
        return 1;
    case SH_FocusFrame_Mask:
        return 0;
    case SH_ToolTip_WakeUpDelay:
        return 500;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

void ConsoleStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                                 const QWidget* widget) const {
    switch (element) {
    case PE_FrameFocusRect: // the ring is outside, see FocusRing
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorRadioButton:
        return drawIndicator(*painter, *option, element == PE_IndicatorRadioButton);
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void ConsoleStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                               const QWidget* widget) const {
    if (element == CE_FocusFrame) {
        const auto* frame = qobject_cast<const QFocusFrame*>(widget);
        const double radius = FocusRing::radiusOf(frame == nullptr ? nullptr : frame->widget());
        drawFocusRing(*painter, QRectF(option->rect), radius + focusDistance, -1);
        return;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void ConsoleStyle::polish(QWidget* widget) {
    QProxyStyle::polish(widget);
    if (wantsRing(widget))
        widget->installEventFilter(m_focusRing);
}

void installStyle(QApplication& application) {
    loadIcons();
    const QColor window = application.palette().color(QPalette::Window);
    desktopTheme() = lightness(window) < 50 ? Theme::Dark : Theme::Light;
    application.setStyle(new ConsoleStyle);
}

Theme themeFor(ThemeChoice choice) {
    switch (choice) {
    case ThemeChoice::Light:
        return Theme::Light;
    case ThemeChoice::Dark:
        return Theme::Dark;
    case ThemeChoice::System:
        break;
    }
    return desktopTheme();
}

QPalette paletteOf(Theme theme) {
    const Tokens& t = tokensOf(theme);
    QPalette p;
    setForAllGroups(p, {QPalette::Window}, t.canvas);
    setForAllGroups(p, {QPalette::Base, QPalette::Button, QPalette::Light}, t.surface);
    setForAllGroups(p, {QPalette::AlternateBase}, t.hover);
    setForAllGroups(p,
                    {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText,
                     QPalette::BrightText, QPalette::ToolTipText},
                    t.text);
    setForAllGroups(p, {QPalette::Highlight}, t.selected);
    setForAllGroups(p, {QPalette::PlaceholderText}, t.muted);
    setForAllGroups(p, {QPalette::Link, QPalette::LinkVisited}, t.accentText);
    setForAllGroups(p, {QPalette::ToolTipBase}, t.popover);
    setForAllGroups(p, {QPalette::Mid, QPalette::Midlight}, t.border);
    setForAllGroups(p, {QPalette::Dark, QPalette::Shadow}, t.borderStrong);
    for (const QPalette::ColorRole role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, t.muted);
    return p;
}

QString styleSheetOf(Theme theme) {
    const Tokens& t = tokensOf(theme);
    // Longer names first: @border is a prefix of @borderStrong.
    const std::initializer_list<std::pair<const char*, QColor>> names{{"@borderStrong", t.borderStrong},
                                                                      {"@border", t.border},
                                                                      {"@surface", t.surface},
                                                                      {"@sunken", t.sunken},
                                                                      {"@hover", t.hover},
                                                                      {"@canvas", t.canvas},
                                                                      {"@field", t.field},
                                                                      {"@text", t.text},
                                                                      {"@muted", t.muted},
                                                                      {"@accentFill", t.accentFill},
                                                                      {"@accentText", t.accentText},
                                                                      {"@onFill", t.onFill},
                                                                      {"@selected", t.selected},
                                                                      {"@popover", t.popover},
                                                                      {"@danger", t.danger},
                                                                      {"@ok", t.ok}};
    QString text = QString::fromLatin1(sheet);
    text.replace(QLatin1String("@theme"), theme == Theme::Dark ? QLatin1String("dark") : QLatin1String("light"));
    for (const auto& [name, color] : names)
        text.replace(QLatin1String(name), color.name());
    return text;
}

void applyTheme(QApplication& application, Theme theme) {
    setCurrentTheme(theme);
    application.setPalette(paletteOf(theme));
    application.setFont(font(TextStyle::Body));
    application.setStyleSheet(styleSheetOf(theme));
    Q_EMIT ThemeSignal::instance().changed();
    for (QWidget* window : application.topLevelWidgets())
        window->update();
}

} // namespace affinity::ui
