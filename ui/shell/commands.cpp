#include "ui/shell/commands.h"

#include "ui/shared/keysinforce.h"

#include <algorithm>
#include <utility>

namespace affinity::ui {
namespace {

const QString keysFolder = QStringLiteral("keys/");

/// Both can be used at the same moment.
bool areUsedTogether(const Command& a, const Command& b) {
    return a.screen.isEmpty() || b.screen.isEmpty() || a.screen == b.screen;
}

bool isReadable(const QKeySequence& keys) {
    for (int i = 0; i < keys.count(); ++i)
        if (keys[static_cast<uint>(i)].key() == Qt::Key_unknown)
            return false;
    return true;
}

} // namespace

QString goCommand(const QString& screen) {
    return QStringLiteral("go.") + screen;
}

CommandList::CommandList(Settings& settings, QWidget* window)
    : QObject(window), m_settings(settings), m_window(window) {
    setKeysLookup(this, [this](const QString& id) { return keys(id).value(0); });
}

CommandList::~CommandList() {
    dropKeysLookup(this);
    for (const Key& key : m_shortcuts)
        delete key.shortcut;
}

void CommandList::setCommands(std::vector<Command> commands, std::vector<ScreenName> screens) {
    m_commands = std::move(commands);
    m_screens = std::move(screens);
    settleKeys();
    rebuildShortcuts();
    Q_EMIT commandsChanged();
}

const Command* CommandList::find(const QString& id) const {
    const auto found = std::find_if(m_commands.begin(), m_commands.end(), [&](const Command& c) { return c.id == id; });
    return found == m_commands.end() ? nullptr : &*found;
}

QString CommandList::screenTitle(const QString& id) const {
    for (const ScreenName& screen : m_screens)
        if (screen.id == id)
            return screen.title;
    return {};
}

void CommandList::setCurrentScreen(const QString& id) {
    m_screen = id;
    enableShortcuts();
}

void CommandList::setPaused(bool isPaused) {
    m_isPaused = isPaused;
    enableShortcuts();
}

// ---- keys ------------------------------------------------------------------------------------------------------

std::optional<QKeySequence> CommandList::chosenKeys(const Command& command) const {
    const QString key = keysFolder + command.id;
    if (!command.isEditable || !m_settings.contains(key))
        return std::nullopt;
    const QString text = m_settings.text(key);
    const QKeySequence keys = QKeySequence::fromString(text, QKeySequence::PortableText);
    if (!isReadable(keys) || (keys.isEmpty() && !text.isEmpty()))
        return std::nullopt; // edited by hand: as if nothing was chosen
    return keys;
}

QList<QKeySequence> CommandList::wantedKeys(const Command& command) const {
    const std::optional<QKeySequence> chosen = chosenKeys(command);
    if (!chosen)
        return command.keys;
    if (chosen->isEmpty())
        return {};
    QList<QKeySequence> wanted = command.keys.mid(1);
    wanted.removeAll(*chosen);
    wanted.prepend(*chosen);
    return wanted;
}

/// What the user chose counts first; then, in the order of the list, what is still free. Two commands of one key would
/// both fall silent.
void CommandList::settleKeys() {
    m_keys.clear();
    const auto isTaken = [this](const Command& command, const QKeySequence& keys) {
        return std::any_of(m_commands.begin(), m_commands.end(), [&](const Command& other) {
            if (&other == &command || !other.isEditable || !areUsedTogether(command, other))
                return false;
            const auto found = m_keys.find(other.id);
            return found != m_keys.end() && found->second.contains(keys);
        });
    };
    for (const bool isChosen : {true, false}) {
        for (const Command& command : m_commands) {
            if (chosenKeys(command).has_value() != isChosen)
                continue;
            QList<QKeySequence>& settled = m_keys[command.id];
            for (const QKeySequence& keys : wantedKeys(command))
                if (!command.isEditable || !isTaken(command, keys))
                    settled.push_back(keys);
        }
    }
}

QList<QKeySequence> CommandList::keys(const QString& id) const {
    const auto found = m_keys.find(id);
    return found == m_keys.end() ? QList<QKeySequence>() : found->second;
}

bool CommandList::isChanged(const QString& id) const {
    const Command* command = find(id);
    const auto chosen = command ? chosenKeys(*command) : std::nullopt;
    return chosen && *chosen != command->keys.value(0);
}

const Command* CommandList::conflict(const QString& id, const QKeySequence& keys) const {
    const Command* command = find(id);
    if (!command || keys.isEmpty())
        return nullptr;
    for (const Command& other : m_commands)
        if (other.id != id && areUsedTogether(*command, other) && this->keys(other.id).contains(keys))
            return &other;
    return nullptr;
}

bool CommandList::setKeys(const QString& id, const QKeySequence& keys) {
    const Command* command = find(id);
    if (!command || !command->isEditable || conflict(id, keys))
        return false;
    if (keys == command->keys.value(0))
        m_settings.remove(keysFolder + id);
    else
        m_settings.setValue(keysFolder + id, keys.toString(QKeySequence::PortableText));
    settleKeys();
    rebuildShortcuts();
    Q_EMIT keysChanged();
    return true;
}

bool CommandList::resetKeys(const QString& id) {
    const Command* command = find(id);
    return command && setKeys(id, command->keys.value(0));
}

void CommandList::resetAllKeys() {
    m_settings.remove(keysFolder);
    settleKeys();
    rebuildShortcuts();
    Q_EMIT keysChanged();
}

// ---- doing -----------------------------------------------------------------------------------------------------

void CommandList::rebuildShortcuts() {
    for (const Key& key : std::exchange(m_shortcuts, {})) {
        if (!key.shortcut)
            continue;
        key.shortcut->setEnabled(false);
        key.shortcut->deleteLater(); // it may be the one that is pressed
    }
    for (const Command& command : m_commands) {
        if (!command.isEditable || !command.run)
            continue;
        for (const QKeySequence& keys : this->keys(command.id)) {
            auto* shortcut = new QShortcut(keys, m_window);
            connect(shortcut, &QShortcut::activated, this, [this, id = command.id] { activate(id); });
            m_shortcuts.push_back({shortcut, command.screen});
        }
    }
    enableShortcuts();
}

void CommandList::enableShortcuts() {
    for (const Key& key : m_shortcuts)
        if (key.shortcut)
            key.shortcut->setEnabled(!m_isPaused && (key.screen.isEmpty() || key.screen == m_screen));
}

void CommandList::activate(const QString& id) {
    const Command* command = find(id);
    if (!command)
        return;
    const QString text = command->text;
    const QString reason = run(id);
    if (!reason.isEmpty())
        Q_EMIT refused(text, reason);
}

QString CommandList::obstacle(const QString& id) const {
    const Command* command = find(id);
    if (!command)
        return tr("This cannot be done here.");
    if (!command->run)
        return tr("These keys belong to the control that has the focus.");
    return command->obstacle ? command->obstacle() : QString();
}

QString CommandList::run(const QString& id) {
    const QString reason = obstacle(id);
    if (!reason.isEmpty())
        return reason;
    const Command* command = find(id);
    if (!command->screen.isEmpty() && command->screen != m_screen) {
        const QString screen = command->screen;
        Q_EMIT screenWanted(screen);
        command = find(id);
        if (!command || screen != m_screen)
            return tr("Its screen cannot be shown now.");
    }
    const std::function<void()> todo = command->run; // the list may be made anew meanwhile
    todo();
    return {};
}

} // namespace affinity::ui
