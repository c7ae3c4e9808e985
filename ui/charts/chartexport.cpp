// How ChartFrame leaves the window: pictures, files, clipboard.
#include "ui/charts/chartframe.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMenu>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>

namespace affinity::ui {

QImage ChartFrame::picture(double scale) {
    setHover(std::nullopt);
    QImage image((QSizeF(size()) * scale).toSize(), QImage::Format_RGB32);
    image.setDevicePixelRatio(scale);
    image.fill(tokens().surface);
    QPainter painter(&image);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    render(&painter, QRectF(rect()), viewport()->rect());
    return image;
}

bool ChartFrame::save(const QString& path) {
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return false;
    return save(file, QFileInfo(path).suffix().toLower()) && file.commit();
}

bool ChartFrame::save(QIODevice& device, const QString& ending) {
    setHover(std::nullopt);
    if (ending == QLatin1String("png"))
        return picture().save(&device, "PNG");
    if (ending == QLatin1String("csv")) {
        const QByteArray text = csv().toUtf8();
        return device.write(text) == text.size();
    }
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
    if (ending == QLatin1String("pdf")) {
        QPdfWriter writer(&device);
        writer.setPageSize(QPageSize(QSizeF(size()) * 0.75, QPageSize::Point)); // 96 pixels are 72 points
        writer.setPageMargins(QMarginsF());
        writer.setResolution(96);
        QPainter painter(&writer);
        painter.fillRect(target, tokens().surface);
        render(&painter, target, viewport()->rect());
        return painter.end();
    }
    return false;
}

void ChartFrame::contextMenuEvent(QContextMenuEvent* event) {
    QMenu menu(this);
    menu.addAction(tr("Copy picture"), this, [this] { QGuiApplication::clipboard()->setImage(picture()); });
    menu.addAction(tr("Copy values"), this, [this] { QGuiApplication::clipboard()->setText(csv()); });
    menu.addAction(tr("Save as…"), this, [this] {
        const QString kinds = tr("Picture (*.png);;Drawing (*.svg);;Document (*.pdf);;Values (*.csv)");
        const QString path = QFileDialog::getSaveFileName(this, tr("Save chart"), QString(), kinds);
        if (!path.isEmpty() && !save(path))
            Q_EMIT saveFailed(path);
    });
    menu.addSeparator();
    QAction* all = menu.addAction(tr("Show everything"), this, [this] {
        setView(std::nullopt);
        Q_EMIT viewChanged();
    });
    all->setEnabled(m_view.has_value());
    menu.exec(event->globalPos());
}

} // namespace affinity::ui
