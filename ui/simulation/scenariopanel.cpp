#include "ui/simulation/scenariopanel.h"

#include "ui/shared/buttons.h"
#include "ui/shared/formatting.h"
#include "ui/shared/formrow.h"
#include "ui/shared/progress.h"
#include "ui/shared/textlabel.h"

#include <QClipboard>
#include <QComboBox>
#include <QFileInfo>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QScrollArea>

#include <algorithm>

namespace affinity::ui {
namespace {

constexpr int panelWidth = 304;
constexpr quint64 mostDevices = 100'000'000; // of the scenario format
constexpr quint64 mostDays = 730;

QString personasText(const sim::Scenario& scenario) {
    QStringList parts;
    for (const sim::Persona& persona : scenario.personas)
        parts << QStringLiteral("%1 %2").arg(visibleText(persona.name, 24), percentText(persona.share, 0));
    return parts.join(QStringLiteral(", "));
}

QString startText(const sim::StartValues& start) {
    if (start.histogram.size() == 1)
        return ScenarioPanel::tr("all at %1").arg(numberText(start.histogram.front().value));
    return ScenarioPanel::tr("%1 different values").arg(start.histogram.size());
}

std::vector<std::pair<QString, QString>> factsOf(const sim::Scenario& scenario) {
    const rules::Setting& setting = scenario.ruleSet.setting;
    const auto live = std::count_if(scenario.ruleSet.rules.begin(), scenario.ruleSet.rules.end(),
                                    [](const rules::Rule& rule) { return rule.isEnabled && !rule.isDeleted; });
    std::vector<std::pair<QString, QString>> facts{
        {ScenarioPanel::tr("Scenario"), visibleText(scenario.name, 40)},
        {ScenarioPanel::tr("Personas"), personasText(scenario)},
        {ScenarioPanel::tr("Start values"), startText(scenario.start)},
        {ScenarioPanel::tr("Starts on"), QLocale::c().toString(scenario.startDate, QStringLiteral("d MMM yyyy"))},
        {ScenarioPanel::tr("Time zone"), QString::fromUtf8(setting.timeZone)},
        {ScenarioPanel::tr("Rules"), ScenarioPanel::tr("%1, %2 live").arg(scenario.ruleSet.rules.size()).arg(live)},
        {ScenarioPanel::tr("Levels"), QString::number(scenario.ruleSet.levels.size())},
        {ScenarioPanel::tr("Ceiling"), numberText(setting.maxAffinity)},
        {ScenarioPanel::tr("Global daily cap"), numberText(setting.globalDailyCap)},
        {ScenarioPanel::tr("Decay"), setting.isDecayEnabled
                                         ? ScenarioPanel::tr("after %1 idle days").arg(setting.decayIdleDays)
                                         : ScenarioPanel::tr("off")},
    };
    if (!scenario.calendar.empty())
        facts.emplace_back(ScenarioPanel::tr("Calendar entries"), QString::number(scenario.calendar.size()));
    return facts;
}

std::vector<std::pair<QString, QString>> resultFacts(const SimulationSummary& summary) {
    return {{ScenarioPanel::tr("Scenario"), visibleText(summary.scenarioName, 40)},
            {ScenarioPanel::tr("Devices and days"),
             QStringLiteral("%1 × %2").arg(numberText(summary.devices)).arg(summary.days)},
            {ScenarioPanel::tr("Seed"), QString::number(summary.seed)},
            {ScenarioPanel::tr("Time"),
             ScenarioPanel::tr("%1 s on %2 threads").arg(decimalText(summary.wallS, 1)).arg(summary.threads)},
            {ScenarioPanel::tr("Digest"), summary.digest.left(16)}};
}

/// The error of a number that must be whole and from 1 (or 0) to `most`; empty when it is.
QString rangeError(const QLineEdit& field, quint64 least, quint64 most) {
    const std::optional<quint64> number = positiveNumber(field.text());
    if (number && *number >= least && *number <= most)
        return {};
    return ScenarioPanel::tr("Write a whole number from %1 to %2.")
        .arg(numberText(static_cast<qint64>(least)), numberText(static_cast<qint64>(most)));
}

} // namespace

std::optional<quint64> positiveNumber(const QString& text) {
    const QString digits = QString(text).remove(QLatin1Char(',')).trimmed();
    const bool isPlain = !digits.isEmpty() && std::all_of(digits.begin(), digits.end(), [](QChar letter) {
        return letter >= QLatin1Char('0') && letter <= QLatin1Char('9');
    });
    bool isOk = false;
    const quint64 number = digits.toULongLong(&isOk);
    return isPlain && isOk ? std::optional<quint64>(number) : std::nullopt;
}

ScenarioPanel::ScenarioPanel(QWidget* parent)
    : Panel(tr("Scenario"), {}, parent),
      m_files(new QComboBox),
      m_facts(new QGridLayout),
      m_devices(new QLineEdit),
      m_days(new QLineEdit),
      m_seed(new QLineEdit),
      m_running(new QWidget),
      m_progress(new ProgressLine),
      m_progressText(new TextLabel({}, TextStyle::Caption, TextTone::Secondary)),
      m_result(new QWidget),
      m_resultFacts(new QGridLayout),
      m_copy(new Button(tr("Copy digest"), ButtonKind::Normal, Icon::Copy)) {
    setFixedWidth(panelWidth);
    auto* open = new Button(tr("Open file…"), ButtonKind::Link);
    open->setObjectName(QStringLiteral("openFile"));
    addAction(open);
    m_files->setObjectName(QStringLiteral("scenarioFile"));
    m_files->setAccessibleName(tr("Scenario"));
    m_files->setPlaceholderText(tr("Choose a scenario"));
    m_devices->setObjectName(QStringLiteral("devices"));
    m_days->setObjectName(QStringLiteral("days"));
    m_seed->setObjectName(QStringLiteral("seed"));
    for (QLineEdit* field : {m_devices, m_days, m_seed})
        field->setAlignment(Qt::AlignRight);
    m_devicesRow = new FormRow(tr("Devices"), m_devices);
    m_daysRow = new FormRow(tr("Days"), m_days);
    m_seedRow = new FormRow(tr("Seed"), m_seed);

    auto* content = new QWidget;
    auto* rows = new QVBoxLayout(content);
    rows->setContentsMargins(measure::pageEdge - 1, 4, measure::pageEdge - 1, 12);
    rows->setSpacing(measure::panelGap);
    rows->addWidget(m_files);
    auto* numbers = new QHBoxLayout;
    numbers->setSpacing(measure::panelGap);
    numbers->addWidget(m_devicesRow, 3, Qt::AlignTop);
    numbers->addWidget(m_daysRow, 2, Qt::AlignTop);
    rows->addLayout(numbers);
    rows->addWidget(m_seedRow);
    auto* running = new QHBoxLayout(m_running);
    running->setContentsMargins(0, 0, 0, 0);
    running->setSpacing(measure::gap);
    auto* cancel = new Button(tr("Cancel"), ButtonKind::Link);
    cancel->setObjectName(QStringLiteral("cancelRun"));
    running->addWidget(m_progress, 1, Qt::AlignVCenter);
    running->addWidget(m_progressText);
    running->addWidget(cancel);
    rows->addWidget(m_running);
    rows->addWidget(new Hairline);
    rows->addLayout(m_facts);
    auto* result = new QVBoxLayout(m_result);
    result->setContentsMargins(0, 0, 0, 0);
    result->setSpacing(measure::panelGap);
    result->addWidget(new Hairline);
    result->addWidget(new TextLabel(tr("Result"), TextStyle::PanelTitle));
    result->addLayout(m_resultFacts);
    result->addWidget(m_copy, 0, Qt::AlignLeft);
    rows->addWidget(m_result);
    rows->addStretch(1);
    for (QGridLayout* grid : {m_facts, m_resultFacts}) {
        grid->setHorizontalSpacing(measure::gap);
        grid->setVerticalSpacing(6);
        grid->setColumnStretch(1, 1);
    }
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->viewport()->setAutoFillBackground(false);
    scroll->setWidget(content);
    content->setAutoFillBackground(false); // setWidget() switches it on
    setFlushBody();
    body()->addWidget(scroll, 1);
    m_running->hide();
    m_result->hide();

    connect(open, &QPushButton::clicked, this, &ScenarioPanel::openRequested);
    connect(cancel, &QPushButton::clicked, this, &ScenarioPanel::cancelRequested);
    connect(m_files, &QComboBox::currentIndexChanged, this, [this](int index) {
        if (index >= 0)
            Q_EMIT fileChosen(m_files->itemData(index).toString());
    });
    for (QLineEdit* field : {m_devices, m_days, m_seed})
        connect(field, &QLineEdit::textChanged, this, &ScenarioPanel::refresh);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_digest);
        Q_EMIT digestCopied();
    });
    refresh();
}

void ScenarioPanel::addFile(const QString& title, const QString& fileName) {
    const int known = m_files->findData(fileName);
    if (known >= 0 && known == m_files->currentIndex()) {
        Q_EMIT fileChosen(fileName); // opened again: it may have been edited
        return;
    }
    if (known < 0)
        m_files->addItem(title, fileName);
    m_files->setCurrentIndex(known < 0 ? m_files->count() - 1 : known);
}

QString ScenarioPanel::chosenFile() const {
    return m_files->currentData().toString();
}

void ScenarioPanel::setScenario(const sim::Scenario& scenario) {
    m_scenario = scenario;
    m_devices->setText(numberText(scenario.devices));
    m_days->setText(QString::number(scenario.days));
    m_seed->setText(QString::number(scenario.seed));
    fillFacts(*m_facts, factsOf(scenario));
    refresh();
}

void ScenarioPanel::clearScenario() {
    m_scenario.reset();
    fillFacts(*m_facts, {});
    refresh();
}

std::optional<sim::Scenario> ScenarioPanel::scenario() const {
    if (!obstacle().isEmpty())
        return std::nullopt;
    sim::Scenario scenario = *m_scenario;
    scenario.devices = static_cast<qint64>(*positiveNumber(m_devices->text()));
    scenario.days = static_cast<int>(*positiveNumber(m_days->text()));
    scenario.seed = *positiveNumber(m_seed->text());
    return scenario;
}

QString ScenarioPanel::obstacle() const {
    if (!m_scenario)
        return tr("Choose a scenario first.");
    if (m_devicesRow->hasError())
        return tr("The number of devices is not usable.");
    if (m_daysRow->hasError())
        return tr("The number of days is not usable.");
    return m_seedRow->hasError() ? tr("The seed is not usable.") : QString();
}

void ScenarioPanel::refresh() {
    const bool isThere = m_scenario.has_value();
    for (QLineEdit* field : {m_devices, m_days, m_seed})
        field->setEnabled(isThere);
    m_devicesRow->setError(isThere ? rangeError(*m_devices, 1, mostDevices) : QString());
    m_daysRow->setError(isThere ? rangeError(*m_days, 1, mostDays) : QString());
    const bool isSeed = !isThere || positiveNumber(m_seed->text()).has_value();
    m_seedRow->setError(isSeed ? QString() : tr("Write a whole number from 0 to 2^64 − 1."));
    Q_EMIT changed();
}

void ScenarioPanel::setRunning(bool isRunning, double share) {
    m_running->setVisible(isRunning);
    m_progress->setShare(share > 0 ? std::optional<double>(share) : std::nullopt);
    m_progressText->setText(percentText(share, 0));
}

void ScenarioPanel::setSummary(const std::optional<SimulationSummary>& summary) {
    m_result->setVisible(summary.has_value());
    m_digest = summary ? summary->digest : QString();
    m_copy->setToolTip(m_digest);
    fillFacts(*m_resultFacts, summary ? resultFacts(*summary) : std::vector<std::pair<QString, QString>>());
}

void ScenarioPanel::fillFacts(QGridLayout& grid, const std::vector<std::pair<QString, QString>>& facts) {
    while (QLayoutItem* item = grid.takeAt(0)) {
        delete item->widget();
        delete item;
    }
    int row = 0;
    for (const auto& [name, value] : facts) {
        auto* words = new TextLabel(value, TextStyle::Caption);
        words->setWordWrap(true);
        words->setAlignment(Qt::AlignRight | Qt::AlignTop);
        words->setAccessibleName(QStringLiteral("%1: %2").arg(name, value));
        grid.addWidget(new TextLabel(name, TextStyle::Caption, TextTone::Secondary), row, 0, Qt::AlignTop);
        grid.addWidget(words, row, 1);
        ++row;
    }
}

} // namespace affinity::ui
