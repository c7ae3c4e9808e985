// LayoutState: keeps columns and panel borders of every screen, one set for each perspective.
#pragma once

#include "ui/shared/settings.h"

#include <QObject>
#include <QPointer>

#include <vector>

class QTableView;

namespace affinity::ui {

class Splitter;

/// The dynamic property of a page that says which screen it is.
inline constexpr const char* screenProperty = "screen";

/// Follows each table and splitter of a window from the moment it is shown first: brings back what was kept under
/// "layout/<perspective>/<screen>/<object name>", and keeps what the user changes. What is damaged, or is of a table
/// with other columns, is dropped, and the defaults stay. GUI thread; settings and window outlive it.
class LayoutState : public QObject {
    Q_OBJECT
public:
    LayoutState(Settings& settings, QWidget& window);

    /// Shows the layout of another perspective ("watch") in everything that was shown so far.
    void setPerspective(const QString& word);
    /// Back to the defaults, in this perspective; what was kept, for bringBack().
    QJsonObject reset();
    void bringBack(const QJsonObject& kept);
    bool isAnythingKept() const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QString path() const;
    QString keyOf(const QWidget& widget) const;
    QJsonObject kept(const QString& key);
    void keep(const QString& key, const QJsonObject& state);
    void follow(QTableView& table);
    void follow(Splitter& splitter);
    void show(QTableView& table);
    void show(Splitter& splitter);
    void showAll();
    Settings& m_settings;
    QWidget& m_window;
    QString m_perspective;
    std::vector<QPointer<QTableView>> m_tables;
    std::vector<QPointer<Splitter>> m_splitters;
};

} // namespace affinity::ui
