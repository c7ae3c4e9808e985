#include "tests/ui/testlist.h"

#include "ui/shared/banner.h"
#include "ui/shared/buttons.h"
#include "ui/shared/capbar.h"
#include "ui/shared/chip.h"
#include "ui/shared/emptystate.h"
#include "ui/shared/formrow.h"
#include "ui/shared/knob.h"
#include "ui/shared/kpitile.h"
#include "ui/shared/levelblock.h"
#include "ui/shared/searchfield.h"
#include "ui/shared/segmentedcontrol.h"
#include "ui/shared/textlabel.h"
#include "ui/shared/toast.h"
#include "ui/shared/whypanel.h"

#include <QClipboard>
#include <QFocusFrame>
#include <QGuiApplication>
#include <QLineEdit>
#include <QtTest>

namespace affinity::ui::tests {
namespace {

QString text(const char* words) {
    return QString::fromUtf8(words);
}

class WidgetsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void progressIsOfThisLevelOnly() {
        LevelStanding standing{3482, 10000, {4, text("Close friend"), 2400}, LevelRef{5, text("Confidant"), 4000}, 6};
        QCOMPARE(levelProgress(standing), 1082.0 / 1600.0);
        standing.next.reset();
        QCOMPARE(levelProgress(standing), 1082.0 / 7600.0);
        standing.value = 20000;
        QCOMPARE(levelProgress(standing), 1.0);
    }

    void arrowKeysMoveASegmentedControlAndSkipDisabledParts() {
        SegmentedControl control({text("Today"), text("7 days"), text("30 days")}, text("Range"));
        QSignalSpy spy(&control, &SegmentedControl::currentChanged);
        control.setPartEnabled(1, false, text("No data."));
        QTest::keyClick(&control, Qt::Key_Right);
        QCOMPARE(control.current(), 2);
        QTest::keyClick(&control, Qt::Key_Right);
        QCOMPARE(control.current(), 2);
        QTest::keyClick(&control, Qt::Key_Home);
        QCOMPARE(control.current(), 0);
        QCOMPARE(spy.count(), 2);
    }

    void aClickChoosesAPart() {
        SegmentedControl control({text("Timeline"), text("Grants")}, text("View"));
        QTest::mouseClick(&control, Qt::LeftButton, {}, QPoint(control.sizeHint().width() - 10, 14));
        QCOMPARE(control.current(), 1);
    }

    void deleteClearsASetChipAndTheCrossToo() {
        Chip chip(text("Level"));
        chip.setFilter(text("Level 3 and up"));
        chip.resize(chip.sizeHint());
        QSignalSpy cleared(&chip, &Chip::cleared);
        QSignalSpy clicked(&chip, &Chip::clicked);
        QTest::keyClick(&chip, Qt::Key_Delete);
        QTest::mouseClick(&chip, Qt::LeftButton, {}, QPoint(chip.width() - 8, 12));
        QCOMPARE(cleared.count(), 2);
        QCOMPARE(clicked.count(), 0);
        QTest::mouseClick(&chip, Qt::LeftButton, {}, QPoint(12, 12));
        QCOMPARE(clicked.count(), 1);
        chip.setFilter({});
        QTest::keyClick(&chip, Qt::Key_Delete);
        QCOMPARE(cleared.count(), 2);
    }

    void aBlockedButtonSaysWhy() {
        Button button(text("Adjust…"));
        button.setBlocked(text("The connection is read-only."));
        QVERIFY(!button.isEnabled());
        QCOMPARE(button.toolTip(), text("The connection is read-only."));
        QCOMPARE(button.accessibleDescription(), button.toolTip());
        button.setBlocked({});
        QVERIFY(button.isEnabled());
    }

    void anErrorOfAFormRowReachesItsField() {
        auto* field = new QLineEdit;
        FormRow row(text("Points"), field, text("Whole numbers."));
        QCOMPARE(field->accessibleName(), text("Points"));
        QCOMPARE(field->accessibleDescription(), text("Whole numbers."));
        row.setError(text("Above your limit."));
        QCOMPARE(field->accessibleDescription(), text("Above your limit."));
        QVERIFY(field->property("hasError").toBool());
        row.setError({});
        QVERIFY(!field->property("hasError").toBool());
        QCOMPARE(field->accessibleDescription(), text("Whole numbers."));
    }

    void searchWaitsForAPauseAndEnterDoesNot() {
        SearchField field(text("Search"), text("Search devices"));
        QSignalSpy spy(&field, &SearchField::searched);
        QTest::keyClicks(&field, text("moc"));
        QCOMPARE(spy.count(), 0);
        QVERIFY(spy.wait(2000));
        QCOMPARE(spy.count(), 1);
        QTest::keyClick(&field, Qt::Key_Return);
        QCOMPARE(spy.count(), 2);
        QTest::keyClick(&field, Qt::Key_Escape);
        QCOMPARE(spy.last().first().toString(), QString());
    }

    void bannersOfOneCauseAreOneAndAThirdIsCounted() {
        BannerStack stack;
        Banner* first = stack.show(text("link"), {Tone::Danger, text("Link lost.")});
        QCOMPARE(stack.show(text("link"), {Tone::Danger, text("Still lost.")}), first);
        stack.show(text("b"), {Tone::Warn, text("B.")});
        Banner* third = stack.show(text("c"), {Tone::Warn, text("C.")});
        QCOMPARE(stack.count(), 3);
        QVERIFY(third->isHidden());
        stack.remove(text("link"));
        QCOMPARE(stack.count(), 2);
        QVERIFY(!third->isHidden());
    }

    void aNextStepIsReachedByKeyboard() {
        int runs = 0;
        EmptyState empty(Icon::Devices, text("No device yet"), text("Because."),
                         {{Icon::Search, text("Find a device"), {}, {}, [&] { ++runs; }}});
        auto* step = empty.findChild<QAbstractButton*>();
        QVERIFY(step != nullptr);
        QVERIFY(step->focusPolicy() & Qt::TabFocus);
        QTest::keyClick(step, Qt::Key_Space);
        QCOMPARE(runs, 1);
    }

    void theWhyIsCopiedAsText() {
        WhyPanel panel;
        panel.setWhy({text("Only 2 of 5 points counted."),
                      {{text("Rule daily cap"), text("28 of 30 used"), text("+5 cut to +2"), StepState::Decided}}});
        QSignalSpy spy(&panel, &WhyPanel::copied);
        panel.findChild<Button*>(text("copyWhy"))->click();
        QCOMPARE(spy.count(), 1);
        QCOMPARE(QGuiApplication::clipboard()->text(),
                 text("Only 2 of 5 points counted.\n- Rule daily cap: 28 of 30 used; +5 cut to +2 (decided)"));
    }

    void aWhyGrowsInNarrowWindows() {
        WhyPanel panel;
        panel.setWhy({QString(300, QLatin1Char('w')).replace(20, 1, QStringLiteral(" ")), {}});
        QVERIFY(panel.heightForWidth(400) >= panel.heightForWidth(1600));
    }

    void aKnobStepsAndGoesBackToLive() {
        Knob knob({text("Daily cap"), text("pts"), 0, 100, 1, 0, 30});
        QSignalSpy changed(&knob, &Knob::valueChanged);
        QVERIFY(!knob.isChanged());
        QTest::keyClick(&knob, Qt::Key_Right);
        QTest::keyClick(&knob, Qt::Key_PageUp);
        QCOMPARE(knob.value(), 41.0);
        QVERIFY(knob.isChanged());
        QTest::keyClick(&knob, Qt::Key_Home);
        QCOMPARE(knob.value(), 30.0);
        QCOMPARE(changed.count(), 3);
    }

    void draggingAKnobChangesOftenAndSettlesOnce() {
        Knob knob({text("Daily cap"), text("pts"), 0, 100, 1, 0, 30});
        knob.resize(272, 48);
        QSignalSpy changed(&knob, &Knob::valueChanged);
        QSignalSpy settled(&knob, &Knob::valueSettled);
        QTest::mousePress(&knob, Qt::LeftButton, {}, QPoint(136, 36));
        QTest::mouseMove(&knob, QPoint(180, 36));
        QTest::mouseRelease(&knob, Qt::LeftButton, {}, QPoint(180, 36));
        QVERIFY(changed.count() >= 1);
        QCOMPARE(settled.count(), 1);
        QVERIFY(knob.value() >= 0 && knob.value() <= 100);
    }

    void aNumberIsTypedIntoAKnob() {
        Knob knob({text("Level 5 from"), text("pts"), 2400, 7000, 1, 0, 4000});
        knob.resize(272, 48);
        knob.show();
        QTest::keyClick(&knob, Qt::Key_Return);
        auto* editor = knob.findChild<QLineEdit*>();
        QVERIFY(editor != nullptr);
        editor->setText(text("3,900"));
        QTest::keyClick(editor, Qt::Key_Return);
        QCOMPARE(knob.value(), 3900.0);
        QVERIFY(editor->isHidden());
        QTest::keyClick(&knob, Qt::Key_Return);
        editor->setText(text("5000"));
        QTest::keyClick(editor, Qt::Key_Escape);
        QCOMPARE(knob.value(), 3900.0);
        QVERIFY(editor->isHidden());
    }

    void toastsGoByThemselvesAndAtMostThreeAreShown() {
        QWidget window;
        window.resize(600, 400);
        QLineEdit field(&window); // has the focus: a toast that has it stays
        ToastHost host(&window);
        host.setStayMs(30);
        window.show();
        field.setFocus();
        for (int i = 0; i < 5; ++i)
            host.showToast(text("3 rows were exported."), text("Show"));
        QCOMPARE(host.count(), 3);
        QVERIFY(host.geometry().right() < window.width());
        QTRY_COMPARE(host.count(), 0);
        QTRY_VERIFY(host.isHidden());
    }

    void theButtonOfAToastRuns() {
        QWidget window;
        window.resize(600, 400);
        ToastHost host(&window);
        int runs = 0;
        host.showToast(text("Deleted."), text("Undo"), [&] { ++runs; });
        host.findChild<Button*>()->click();
        QCOMPARE(runs, 1);
        QTRY_COMPARE(host.count(), 0);
    }

    void whatIsUsedUpIsSaidToScreenReaders() {
        CapBars caps;
        caps.setCaps({{text("chat_turn"), 30, 30}, {text("head_pat"), 6, 20}});
        QCOMPARE(caps.accessibleDescription(), text("chat_turn: 30 of 30; head_pat: 6 of 20"));
        QCOMPARE(caps.sizeHint().height(), 64);
    }

    void aTileWithoutAScreenBehindItTakesNoFocus() {
        KpiTile tile({text("Devices"), text("20,000")});
        QCOMPARE(tile.focusPolicy(), Qt::NoFocus);
        tile.setOpens(text("Open Devices"));
        QCOMPARE(tile.focusPolicy(), Qt::StrongFocus);
        QCOMPARE(tile.accessibleName(), text("Devices: 20,000"));
    }

    void theFocusRingIsForTheKeyboardOnly() {
        QWidget window;
        window.resize(300, 100);
        Button button(text("Export…"), ButtonKind::Normal, Icon::None, &window);
        button.move(40, 30);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        const auto ring = [&]() -> QFocusFrame* {
            auto* frame = window.findChild<QFocusFrame*>();
            return frame != nullptr && frame->isVisible() ? frame : nullptr;
        };
        button.clearFocus();
        button.setFocus(Qt::MouseFocusReason);
        QVERIFY(ring() == nullptr);
        button.clearFocus();
        button.setFocus(Qt::TabFocusReason);
        QTRY_VERIFY(ring() != nullptr);
        QVERIFY(ring()->geometry().contains(button.geometry()));
        const QImage image = window.grab().toImage();
        QCOMPARE(image.pixelColor(button.x() + 30, button.y() - 3).rgb(), tokens().accentText.rgb());
        button.clearFocus();
        QVERIFY(ring() == nullptr);
    }

    void foreignTextIsNeverMarkup() {
        TextLabel label(text("<b>Mochi</b>"));
        QCOMPARE(label.textFormat(), Qt::PlainText);
    }
};

} // namespace

std::unique_ptr<QObject> widgetsTest() {
    return std::make_unique<WidgetsTest>();
}

} // namespace affinity::ui::tests

#include "widgetstest.moc"
