#include "ui/shell/environmentstrip.h"

#include "ui/shared/buttons.h"
#include "ui/shared/formatting.h"
#include "ui/shared/keysinforce.h"
#include "ui/shared/painting.h"

#include <QAbstractButton>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace affinity::ui {
namespace {

constexpr double tagHeight = 24;
constexpr double separatorHeight = 16;
constexpr double gap = 12;

Icon environmentIcon(Environment environment) {
    switch (environment) {
    case Environment::Demo:
        return Icon::Flask;
    case Environment::Development:
        return Icon::AngleBrackets;
    case Environment::Staging:
        return Icon::Layers;
    case Environment::Production:
        return Icon::Server;
    }
    return Icon::Server;
}

QFont tagFont() {
    QFont in = uiFont(12, 700);
    in.setLetterSpacing(QFont::AbsoluteSpacing, 0.5);
    return in;
}

QString tagWords(Environment environment) {
    return environmentName(environment).toUpper();
}

/// A hairline that is seen on every tint.
QColor separatorColor() {
    return tokens().theme == Theme::Dark ? QColor(255, 255, 255, 40) : QColor(0, 0, 0, 40);
}

constexpr int widestField = 300;
constexpr int narrowestField = 90; // icon and keys

} // namespace

/// Looks like a search field; a click or Space opens the palette.
class PaletteField : public QAbstractButton {
public:
    explicit PaletteField(QWidget* parent) : QAbstractButton(parent) {
        setObjectName(QStringLiteral("paletteField"));
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
        setCursor(Qt::PointingHandCursor);
        setCommand(*this, QStringLiteral("window.palette"));
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        const Tokens& t = tokens();
        const QRectF box(rect());
        drawBox(painter, box, measure::radiusControl, underMouse() || isDown() ? t.hover : t.surface, t.borderStrong);
        drawIcon(painter, QPointF(9, box.center().y() - 7), Icon::Search, t.muted, measure::iconSmall);
        const double cap = drawKeyCap(painter, box.right() - 4, box.center().y(),
                                      keyCapText(keysInForce(QStringLiteral("window.palette"))));
        const double room = box.width() - 30 - cap - 12;
        if (room > 40)
            drawText(painter, QRectF(30, 0, room, box.height()), text(), ui::font(TextStyle::Caption), t.muted);
    }
};

EnvironmentStrip::EnvironmentStrip(Place place, QWidget* parent)
    : QWidget(parent),
      m_place(place),
      m_button(new Button({}, ButtonKind::Normal, Icon::None, this)),
      m_field(new PaletteField(this)) {
    setObjectName(QStringLiteral("environmentStrip"));
    setFixedHeight(place == Place::Window ? measure::strip : measure::dialogStrip);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_button->setObjectName(QStringLiteral("lockButton"));
    m_button->setFont(ui::font(TextStyle::Label));
    connect(m_button, &QPushButton::clicked, this, [this] {
        if (m_state.lock == LockState::Unlocked)
            Q_EMIT lockRequested();
        else
            Q_EMIT unlockRequested();
    });
    connect(m_field, &QAbstractButton::clicked, this, &EnvironmentStrip::paletteRequested);
    m_field->setVisible(place == Place::Window);
    setState({});
}

void EnvironmentStrip::setState(const ConnectionState& state) {
    m_state = state;
    const bool canUnlock = state.lock == LockState::ReadOnly;
    const bool canLock = state.lock == LockState::Unlocked;
    m_button->setText(canLock ? tr("Lock") : tr("Unlock writing…"));
    m_button->setVisible(m_place == Place::Window && state.link != LinkState::Lost && (canUnlock || canLock));
    const QString link = state.link == LinkState::Lost ? tr("Link lost") : lockText(state);
    setAccessibleName(tr("%1, %2, %3").arg(environmentName(state.environment), state.storeName, link));
    m_field->setText(tr("Find a device, rule or action"));
    m_field->setToolTip(tr("Find a device, rule or action"));
    m_field->setAccessibleName(m_field->text());
    placeButton();
    placeField();
    update();
}

QSize EnvironmentStrip::sizeHint() const {
    return {600, height()};
}

double EnvironmentStrip::tagWidth() const {
    return textWidth(tagFont(), tagWords(m_state.environment)) + 36;
}

double EnvironmentStrip::stateLeft() const {
    const double name = textWidth(ui::font(TextStyle::Strong), visibleText(m_state.storeName));
    return gap + tagWidth() + gap + name + gap + 1 + gap;
}

void EnvironmentStrip::placeButton() {
    const double left = stateLeft() + 22 + textWidth(ui::font(TextStyle::Body), lockText(m_state)) + gap;
    const int high = static_cast<int>(tagHeight);
    const int top = (height() + measure::stripLine - high) / 2;
    m_button->setGeometry(static_cast<int>(left), top, m_button->sizeHint().width(), high);
}

double EnvironmentStrip::zoneLeft() const {
    const QString zone = QString::fromLatin1(m_state.zone.id());
    return width() - measure::pageEdge - textWidth(ui::font(TextStyle::Caption), zone);
}

/// Between what the strip says and the time zone, as far right as it goes.
void EnvironmentStrip::placeField() {
    const int right = static_cast<int>(zoneLeft()) - 20 - measure::pageEdge;
    const int least = m_button->isHidden() ? m_button->x() : m_button->geometry().right();
    const int wide = std::clamp(right - least - 2 * measure::pageEdge, narrowestField, widestField);
    const int high = static_cast<int>(tagHeight);
    m_field->setGeometry(right - wide, (height() + measure::stripLine - high) / 2, wide, high);
}

void EnvironmentStrip::resizeEvent(QResizeEvent*) {
    placeButton();
    placeField();
}

void EnvironmentStrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens& t = tokens();
    const EnvironmentColors& colors = environmentColors(m_state.environment);
    painter.fillRect(rect(), colors.strip);
    painter.fillRect(QRect(0, 0, width(), measure::stripLine), colors.fill);
    const double middle = (height() + measure::stripLine) / 2.0;
    const double top = middle - tagHeight / 2;
    drawBox(painter, QRectF(gap, top, tagWidth(), tagHeight), 5, colors.fill);
    drawIcon(painter, QPointF(gap + 8, middle - 7), environmentIcon(m_state.environment), t.onFill, measure::iconSmall);
    drawText(painter, QRectF(gap + 28, top, tagWidth(), tagHeight), tagWords(m_state.environment), tagFont(), t.onFill);
    double x = gap + tagWidth() + gap;
    const QString name = visibleText(m_state.storeName);
    drawText(painter, QRectF(x, top, width() - x, tagHeight), name, ui::font(TextStyle::Strong), t.text);
    x = stateLeft() - gap - 1;
    painter.fillRect(QRectF(std::round(x), std::round(middle - separatorHeight / 2), 1, separatorHeight),
                     separatorColor());
    x = stateLeft();
    const bool isLost = m_state.link == LinkState::Lost;
    const bool isUnlocked = m_state.lock == LockState::Unlocked;
    const QColor color = isLost ? t.danger : isUnlocked ? colors.stripText : t.secondary;
    drawIcon(painter, QPointF(x, middle - 8), isLost ? Icon::Unlink : lockIcon(m_state), color);
    drawText(painter, QRectF(x + 22, top, width() - x, tagHeight), isLost ? tr("Link lost") : lockText(m_state),
             ui::font(isLost || isUnlocked ? TextStyle::Strong : TextStyle::Body), color);
    if (m_place == Place::Dialog)
        return;
    const QFont caption = ui::font(TextStyle::Caption);
    const QString zone = QString::fromLatin1(m_state.zone.id());
    const double left = zoneLeft();
    drawText(painter, QRectF(left, top, width() - left, tagHeight), zone, caption, t.secondary);
    drawIcon(painter, QPointF(left - 20, middle - 7), Icon::Clock, t.secondary, measure::iconSmall);
}

} // namespace affinity::ui
