#include "ui/help/helpdocument.h"

#include "ui/shared/fonts.h"
#include "ui/shared/language.h"
#include "ui/shared/tokens.h"

#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextFrame>
#include <QTextTable>

#include <algorithm>

namespace affinity::ui {
namespace {

constexpr double lineHeight = 145; // per cent

/// Chinese has no medium weight (fonts.h): its headings are bold.
int headingWeight() {
    return currentLanguage() == Language::Chinese ? 700 : 500;
}

QFont headingFont(int level) {
    return uiFont(level == 1 ? 20 : level == 2 ? 15 : 13, headingWeight());
}

/// Fonts and colours of the pieces of one block: links, code, strong text, the rest.
void formatText(QTextDocument& document, const QTextBlock& block) {
    const Tokens& t = tokens();
    const int level = block.blockFormat().headingLevel();
    struct Piece {
        int from, to;
        QTextCharFormat format;
    };
    std::vector<Piece> pieces;
    for (auto at = block.begin(); !at.atEnd(); ++at) {
        const QTextFragment fragment = at.fragment();
        const QTextCharFormat had = fragment.charFormat();
        QTextCharFormat format = had;
        format.clearProperty(QTextFormat::FontSizeAdjustment); // Markdown's own sizes of headings
        if (level > 0)
            format.setFont(headingFont(level));
        else if (had.fontFixedPitch())
            format.setFont(codeFont(12));
        else
            format.setFont(uiFont(13, had.fontWeight() > QFont::Normal ? headingWeight() : 400));
        format.setForeground(had.isAnchor()                                  ? t.accentText
                             : level > 0 || had.fontWeight() > QFont::Normal ? t.text
                                                                             : t.secondary);
        if (had.fontFixedPitch() && level == 0) {
            format.setForeground(t.text);
            format.setBackground(t.sunken);
        }
        format.setFontUnderline(had.isAnchor());
        format.setFontItalic(had.fontItalic());
        pieces.push_back({fragment.position(), fragment.position() + fragment.length(), format});
    }
    for (const Piece& piece : pieces) {
        QTextCursor cursor(&document);
        cursor.setPosition(piece.from);
        cursor.setPosition(piece.to, QTextCursor::KeepAnchor);
        cursor.setCharFormat(piece.format);
    }
}

void formatBlock(QTextDocument& document, const QTextBlock& block) {
    QTextBlockFormat format = block.blockFormat();
    QTextCursor cursor(block);
    const int level = format.headingLevel();
    const bool isInTable = cursor.currentTable() != nullptr;
    format.setLineHeight(lineHeight, QTextBlockFormat::ProportionalHeight);
    format.setTopMargin(isInTable ? 0 : level == 1 ? 4 : level > 1 ? 18 : 0);
    format.setBottomMargin(isInTable ? 0 : level > 0 ? 6 : block.textList() ? 4 : 10);
    cursor.setBlockFormat(format);
    formatText(document, block);
}

void formatTables(QTextFrame* frame) {
    const Tokens& t = tokens();
    for (QTextFrame* child : frame->childFrames()) {
        if (auto* table = qobject_cast<QTextTable*>(child)) {
            QTextTableFormat format = table->format();
            format.setBorder(1);
            format.setBorderBrush(t.border);
            format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
            format.setBorderCollapse(true);
            format.setCellPadding(6);
            format.setCellSpacing(0);
            format.setMargin(0);
            format.setBottomMargin(12);
            table->setFormat(format);
            for (int column = 0; column < table->columns(); ++column) {
                QTextTableCell head = table->cellAt(0, column);
                QTextCharFormat cell = head.format();
                cell.setBackground(t.sunken);
                head.setFormat(cell);
            }
        }
        formatTables(child);
    }
}

} // namespace

void showMarkdown(QTextDocument& document, const QString& markdown) {
    document.setUndoRedoEnabled(false);
    document.setDefaultFont(font(TextStyle::Body));
    document.setMarkdown(markdown, QTextDocument::MarkdownDialectGitHub);
    document.setDocumentMargin(measure::dialogEdge);
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next())
        formatBlock(document, block);
    formatTables(document.rootFrame());
}

} // namespace affinity::ui
