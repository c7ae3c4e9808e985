// How ChartFrame leaves the window: pictures, files, clipboard.
#include "ui/charts/chartframe.h"

#include <QBuffer>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMenu>
#include <QMimeData>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>

#include <utility>

namespace affinity::ui {

void ChartFrame::settleSize() {
    // A chart that was never shown has not been told how large it is, nor has its viewport.
    for (QWidget* widget : {static_cast<QWidget*>(this), viewport()}) {
        if (!widget->testAttribute(Qt::WA_PendingResizeEvent))
            continue;
        widget->setAttribute(Qt::WA_PendingResizeEvent, false);
        QResizeEvent event(widget->size(), QSize());
        QCoreApplication::sendEvent(widget, &event);
    }
}

QImage ChartFrame::picture(double scale) {
    settleSize();
    const std::optional<QPointF> shown = std::exchange(m_hover, std::nullopt); // pictures are without the hover box
    QImage image((QSizeF(size()) * scale).toSize(), QImage::Format_RGB32);
    image.setDevicePixelRatio(scale);
    image.fill(tokens().surface);
    QPainter painter(&image);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    render(&painter, QRectF(rect()), viewport()->rect());
    m_hover = shown;
    return image;
}

bool ChartFrame::save(const QString& path) {
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return false;
    return save(file, QFileInfo(path).suffix().toLower()) && file.commit();
}

QString ChartFrame::csv() const {
    QByteArray text;
    QBuffer buffer(&text);
    buffer.open(QIODevice::WriteOnly);
    writeCsv(buffer);
    return QString::fromUtf8(text);
}

void ChartFrame::copyPicture() {
    QGuiApplication::clipboard()->setImage(picture());
}

bool ChartFrame::copyValues() {
    if (valueCount() > mostCopied)
        return false;
    QGuiApplication::clipboard()->setText(csv());
    return true;
}

void ChartFrame::copy() {
    auto* copied = new QMimeData; // the clipboard owns it
    copied->setImageData(picture());
    if (valueCount() <= mostCopied) {
        const QString text = csv();
        copied->setText(text);
        copied->setData(QStringLiteral("text/csv"), text.toUtf8());
    }
    QGuiApplication::clipboard()->setMimeData(copied);
}

bool ChartFrame::save(QIODevice& device, const QString& ending) {
    if (ending == QLatin1String("png"))
        return picture().save(&device, "PNG");
    if (ending == QLatin1String("csv"))
        return writeCsv(device);
    if (ending != QLatin1String("svg") && ending != QLatin1String("pdf"))
        return false;
    const std::optional<QPointF> shown = std::exchange(m_hover, std::nullopt);
    const bool isDrawn = draw(device, ending);
    m_hover = shown;
    return isDrawn;
}

bool ChartFrame::draw(QIODevice& device, const QString& ending) {
    settleSize();
    const QRectF target(rect());
    if (ending == QLatin1String("svg")) {
        QSvgGenerator generator;
        generator.setOutputDevice(&device);
        generator.setSize(size());
        generator.setViewBox(rect());
        QPainter painter(&generator);
        painter.fillRect(target, tokens().surface);
        render(&painter, target, viewport()->rect());
        return painter.end();
    }
    QPdfWriter writer(&device);
    writer.setPageSize(QPageSize(QSizeF(size()) * 0.75, QPageSize::Point)); // 96 pixels are 72 points
    writer.setPageMargins(QMarginsF());
    writer.setResolution(96);
    QPainter painter(&writer);
    painter.fillRect(target, tokens().surface);
    render(&painter, target, viewport()->rect());
    return painter.end();
}

void ChartFrame::saveAs() {
    const QString kinds = tr("Picture (*.png);;Drawing (*.svg);;Document (*.pdf);;Values (*.csv)");
    QString chosen;
    QString path = QFileDialog::getSaveFileName(this, tr("Save chart"), QString(), kinds, &chosen);
    if (path.isEmpty())
        return;
    if (QFileInfo(path).suffix().isEmpty()) // a name without ending takes that of the kind chosen
        path += chosen.mid(chosen.lastIndexOf(QLatin1Char('.')), 4);
    if (!save(path))
        Q_EMIT saveFailed(path);
}

void ChartFrame::fillMenu(QMenu& menu) {
    const auto add = [&menu, this](const QString& words, const QKeySequence& keys, auto&& act) {
        QAction* action = menu.addAction(words, this, act);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetShortcut); // shown here, handled by keyPressEvent
        action->setShortcutVisibleInContextMenu(true);
        return action;
    };
    const bool areFew = valueCount() <= mostCopied;
    if (areFew)
        add(tr("Copy picture and values"), QKeySequence::Copy, [this] { copy(); });
    add(tr("Copy picture"), chartkeys::copyPicture, [this] { copyPicture(); });
    QAction* values = add(areFew ? tr("Copy values") : tr("Copy values (too many, save them as CSV)"),
                          chartkeys::copyValues, [this] { copyValues(); });
    values->setEnabled(hasData() && areFew);
    add(tr("Save as…"), chartkeys::saveAs, [this] { saveAs(); });
    if (!canZoom())
        return;
    menu.addSeparator();
    const double middle = (m_x.low + m_x.high) / 2;
    add(tr("Zoom in"), QKeySequence(Qt::Key_Plus), [this, middle] { zoom(0.8, middle); })->setEnabled(hasData());
    add(tr("Zoom out"), QKeySequence(Qt::Key_Minus), [this, middle] { zoom(1.25, middle); })->setEnabled(isZoomed());
    add(tr("Reset zoom"), QKeySequence(Qt::Key_0), [this] { showByHand(std::nullopt); })->setEnabled(isZoomed());
}

void ChartFrame::contextMenuEvent(QContextMenuEvent* event) {
    QMenu menu(this);
    fillMenu(menu);
    menu.exec(event->globalPos());
}

} // namespace affinity::ui
