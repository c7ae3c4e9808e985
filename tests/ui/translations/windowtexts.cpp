#include "tests/ui/translations/windowtexts.h"

#include <QAbstractButton>
#include <QAction>
#include <QComboBox>
#include <QFile>
#include <QGroupBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QTableView>
#include <QXmlStreamReader>

namespace affinity::test {
namespace {

constexpr int mostRows = 40;

class Collector {
public:
    void add(const QObject& object, const QString& text, const char* what) {
        if (!text.trimmed().isEmpty())
            found.append({text, QStringLiteral("%1 %2 %3")
                                    .arg(QString::fromLatin1(object.metaObject()->className()), object.objectName(),
                                         QString::fromLatin1(what))});
    }

    void addModel(const QTableView& view) {
        const QAbstractItemModel* model = view.model();
        if (!model)
            return;
        for (int column = 0; column < model->columnCount(); ++column) {
            add(view, model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(), "header");
            add(view, model->headerData(column, Qt::Horizontal, Qt::ToolTipRole).toString(), "header tooltip");
            for (int row = 0; row < std::min(mostRows, model->rowCount()); ++row) {
                add(view, model->index(row, column).data(Qt::DisplayRole).toString(), "cell");
                add(view, model->index(row, column).data(Qt::ToolTipRole).toString(), "cell tooltip");
            }
        }
    }

    void addWidget(const QWidget& widget) {
        add(widget, widget.toolTip(), "tooltip");
        add(widget, widget.accessibleName(), "accessible name");
        add(widget, widget.accessibleDescription(), "accessible description");
        add(widget, widget.windowTitle(), "title");
        for (const QAction* action : widget.actions())
            add(widget, action->text(), "action");
        if (const auto* label = qobject_cast<const QLabel*>(&widget))
            add(widget, label->text(), "text");
        if (const auto* button = qobject_cast<const QAbstractButton*>(&widget))
            add(widget, button->text(), "text");
        if (const auto* box = qobject_cast<const QGroupBox*>(&widget))
            add(widget, box->title(), "title");
        if (const auto* field = qobject_cast<const QLineEdit*>(&widget))
            add(widget, field->placeholderText(), "placeholder");
        if (const auto* choice = qobject_cast<const QComboBox*>(&widget)) {
            for (int item = 0; item < choice->count(); ++item)
                add(widget, choice->itemText(item), "item");
        }
        if (const auto* table = qobject_cast<const QTableView*>(&widget))
            addModel(*table);
    }

    QList<FoundText> found;
};

} // namespace

QList<FoundText> textsOf(const QWidget& root) {
    Collector collector;
    collector.addWidget(root);
    for (const QWidget* widget : root.findChildren<QWidget*>())
        collector.addWidget(*widget);
    return collector.found;
}

QList<KnownText> knownTexts(const QString& fileName) {
    QList<KnownText> known;
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        return known;
    QXmlStreamReader reader(&file);
    KnownText text;
    while (!reader.atEnd()) {
        if (reader.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (reader.name() == QLatin1String("source"))
            text.source = reader.readElementText();
        else if (reader.name() == QLatin1String("translation"))
            known.append({text.source, reader.readElementText(QXmlStreamReader::IncludeChildElements).trimmed()});
    }
    return known;
}

bool isChinese(const QString& text) {
    static const QRegularExpression han(QStringLiteral("[\\x{4e00}-\\x{9fff}]"));
    return text.contains(han);
}

QStringList latinWords(const QString& text) {
    static const QRegularExpression word(QStringLiteral("(?<![A-Za-z0-9_.:/@-])[A-Za-z]{2,}(?![A-Za-z0-9_:/@-])"));
    QStringList words;
    for (auto found = word.globalMatch(text); found.hasNext();)
        words << found.next().captured();
    return words;
}

} // namespace affinity::test
