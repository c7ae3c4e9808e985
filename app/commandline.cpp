#include "app/commandline.h"

#include <vector>

namespace affinity::app {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

struct Option {
    QString name;
    QString valueName; ///< empty: a flag
    QString help;
    bool isRequired = false;
};

struct Command {
    QString name;
    QString help;
    std::vector<Option> options;
    QStringList arguments; ///< names of the positional arguments, all of them needed
};

using S = QString;

const std::vector<Option>& globalOptions() {
    static const std::vector<Option> options{
        {S::fromLatin1("store"), S::fromLatin1("URL"),
         S::fromLatin1("sqlite:FILE, postgresql://USER@HOST:PORT/DB, mysql://USER@HOST:PORT/DB or memory:"), false},
        {S::fromLatin1("schema-map"), S::fromLatin1("FILE"),
         S::fromLatin1("what this database calls Django's tables and columns, as JSON; see the help on stores"), false},
        {S::fromLatin1("redis"), S::fromLatin1("URL"),
         S::fromLatin1("counters that a Django service shares: redis://[USER@]HOST:PORT/DB, rediss:// for TLS"), false},
        {S::fromLatin1("redis-prefix"), S::fromLatin1("TEXT"), S::fromLatin1("Django's KEY_PREFIX; none if not given"),
         false},
        {S::fromLatin1("redis-version"), S::fromLatin1("N"), S::fromLatin1("Django's VERSION of keys; 1 if not given"),
         false},
        {S::fromLatin1("push"), S::fromLatin1("URL"),
         S::fromLatin1("Redis of Django's channel layer, where a user's clients are told: redis://[USER@]HOST:PORT/DB"),
         false},
        {S::fromLatin1("rewards"), S::fromLatin1("WHERE"),
         S::fromLatin1("who hands out levels' rewards: https://HOST/PATH, signed with AFFINITY_REWARD_KEY, or ledger"),
         false},
        {S::fromLatin1("no-other-writer"),
         {},
         S::fromLatin1("no Django service writes to this store: events may be applied without Redis"),
         false},
        {S::fromLatin1("read-only"), {}, S::fromLatin1("write nothing"), false},
        {S::fromLatin1("help"), {}, S::fromLatin1("show this text"), false},
        {S::fromLatin1("version"), {}, S::fromLatin1("show the version"), false},
    };
    return options;
}

const std::vector<Command>& commands() {
    const auto text = [](const char* latin1) { return S::fromLatin1(latin1); };
    const auto required = [&](const char* name, const char* value, const char* help) {
        return Option{text(name), text(value), text(help), true};
    };
    const auto optional = [&](const char* name, const char* value, const char* help) {
        return Option{text(name), text(value), text(help), false};
    };
    static const std::vector<Command> list{
        {text("replay"),
         text("run a recorded file of operations"),
         {required("events", "FILE", "operations, one JSON object a line"),
          required("results", "FILE", "where the results go, one JSON object a line"),
          optional("state", "FILE", "where tables and counters go at the end"),
          optional("virtual-clock", "", "time is each line's \"now\"")},
         {}},
        {text("apply"),
         text("apply one event"),
         {required("user", "ID", "user id"), required("device", "ID", "binding id"),
          required("rule", "KEY", "rule key"), required("source", "NAME", "where the event came from"),
          optional("event-id", "ID", "makes a second delivery harmless"),
          optional("metadata", "JSON", "kept with the log row"), optional("operator-id", "ID", "member of staff"),
          optional("reason", "TEXT", "kept with the log row"), optional("preview", "", "write nothing"),
          optional("trace", "", "show every step of the decision")},
         {}},
        {text("adjust"),
         text("make one adjustment"),
         {required("user", "ID", "user id"), required("device", "ID", "binding id"),
          optional("delta", "N", "points to add or take"), optional("set-to", "N", "value to set"),
          required("reason-code", "CODE", "lost_event, duplicate, goodwill, correction, test or other"),
          required("reason", "TEXT", "why"), required("operator", "NAME", "staff user name"),
          optional("ticket", "NUMBER", "kept with the adjustment"),
          optional("operation-id", "ID", "a retry under it has no second effect"),
          optional("preview", "", "write nothing")},
         {}},
        {text("simulate"),
         text("simulate a population"),
         {optional("devices", "N", "instead of the scenario's"), optional("days", "N", "instead of the scenario's"),
          optional("seed", "N", "instead of the scenario's"), optional("threads", "N", "default: all cores"),
          optional("kernel", "NAME", "plain or auto"), optional("out", "FILE", "where the result goes; - is stdout"),
          optional("report", "DIR", "also a page with charts, index.html")},
         {text("SCENARIO")}},
        {text("compare"),
         text("simulate two scenarios on the same devices and show what differs"),
         {optional("devices", "N", "instead of the scenarios'"), optional("days", "N", "instead of the scenarios'"),
          optional("seed", "N", "of both, instead of the scenarios'"),
          optional("seed-b", "N", "of B alone: the two are then independent"),
          optional("threads", "N", "default: all cores"),
          optional("out", "FILE", "where the result goes; - is stdout")},
         {text("A"), text("B")}},
        {text("decay"),
         text("run the decay job of today"),
         {optional("date", "DATE", "another local day, only with --dry-run"), optional("dry-run", "", "write nothing"),
          optional("resume-after", "ID", "go on after this binding")},
         {}},
        {text("reconcile"),
         text("compare the log with what stands beside it"),
         {optional("device", "ID", "one binding only"),
          optional("repair-counters", "", "show which of today's counters in Redis would be raised to the log"),
          optional("commit", "", "with --repair-counters: raise them")},
         {}},
        {text("export"),
         text("write a table as CSV or JSON: devices, log, grants or counters"),
         {optional("device", "ID", "of one binding only; not for devices"),
          optional("from", "DATE", "from this local day on; not for devices"),
          optional("to", "DATE", "up to and including this local day; not for devices"),
          optional("format", "NAME", "csv or json; csv if not given"),
          optional("out", "FILE", "where it goes; stdout if not given")},
         {text("TABLE")}},
        {text("rewards"),
         text("show the deliveries of levels' rewards, newest first"),
         {optional("state", "NAME", "waiting, delivered or dead only"), optional("device", "ID", "of one binding only"),
          optional("before", "ID", "those before this delivery: the next page"),
          optional("resend", "ID", "have this dead delivery tried again"),
          optional("operator", "NAME", "with --resend: staff user name")},
         {}},
        {text("serve"), text("send what waits in the store's outbox until Ctrl+C"), {}, {}},
        {text("prepare"),
         text("add the console's own tables to a store"),
         {optional("roles", "", "make roles with no more rights than people need; on a database server"),
          optional("sql", "", "only show the statements")},
         {}},
    };
    return list;
}

Error usage(const QString& what) {
    return {ErrorKind::InvalidInput, what + QStringLiteral(" See affinity-console --help.")};
}

const Command* findCommand(const QString& name) {
    for (const Command& command : commands()) {
        if (command.name == name)
            return &command;
    }
    return nullptr;
}

const Option* findIn(const std::vector<Option>& options, const QString& name) {
    for (const Option& option : options) {
        if (option.name == name)
            return &option;
    }
    return nullptr;
}

/// The option of that name, global or of the command; before the command is known, global ones only.
const Option* findOption(const Command* command, const QString& name) {
    if (const Option* option = findIn(globalOptions(), name))
        return option;
    return command ? findIn(command->options, name) : nullptr;
}

std::optional<Error> missing(const Command& command, const CommandLine& line) {
    for (const Option& option : command.options) {
        if (option.isRequired && !line.has(option.name))
            return usage(QStringLiteral("%1 needs --%2 %3.").arg(command.name, option.name, option.valueName));
    }
    const qsizetype wanted = command.arguments.size();
    if (line.arguments.size() < wanted) {
        const QStringList absent = command.arguments.mid(line.arguments.size());
        return usage(QStringLiteral("%1 needs %2.").arg(command.name, absent.join(QStringLiteral(" and "))));
    }
    if (line.arguments.size() > wanted)
        return usage(QStringLiteral("%1 does not take \"%2\".").arg(command.name, line.arguments.at(wanted)));
    return std::nullopt;
}

QString optionHelp(const Option& option) {
    const QString left = option.valueName.isEmpty() ? QStringLiteral("--%1").arg(option.name)
                                                    : QStringLiteral("--%1 %2").arg(option.name, option.valueName);
    return QStringLiteral("      %1 %2\n").arg(left, -22).arg(option.help);
}

} // namespace

ExitCode exitCodeOf(const base::Error& error) {
    switch (error.kind) {
    case ErrorKind::InvalidInput:
        return ExitCode::Usage;
    case ErrorKind::CannotConnect:
    case ErrorKind::NotFound:
    case ErrorKind::Damaged:
        return ExitCode::CannotConnect;
    case ErrorKind::CommitUnknown:
        return ExitCode::InDoubt;
    case ErrorKind::Internal:
        return ExitCode::InternalError;
    case ErrorKind::Refused:
    case ErrorKind::ReadOnly:
    case ErrorKind::Busy:
    case ErrorKind::Conflict:
    case ErrorKind::StorageFull:
    case ErrorKind::Cancelled:
        return ExitCode::RefusedOrFindings;
    }
    Q_UNREACHABLE();
}

Result<std::optional<qint64>> CommandLine::number(const QString& option, qint64 minimum, qint64 maximum) const {
    if (!has(option))
        return std::optional<qint64>();
    bool isNumber = false;
    const qint64 number = value(option).toLongLong(&isNumber);
    if (!isNumber || number < minimum || number > maximum) {
        return usage(QStringLiteral("--%1 must be a whole number from %2 to %3, not \"%4\".")
                         .arg(option)
                         .arg(minimum)
                         .arg(maximum)
                         .arg(value(option)));
    }
    return std::optional(number);
}

Result<CommandLine> parseCommandLine(const QStringList& arguments) {
    CommandLine line;
    const Command* command = nullptr;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString& argument = arguments.at(i);
        if (!argument.startsWith(QLatin1String("--"))) {
            if (command) {
                line.arguments << argument;
                continue;
            }
            command = findCommand(argument);
            if (!command)
                return usage(QStringLiteral("There is no command \"%1\".").arg(argument));
            line.command = argument;
            continue;
        }
        const qsizetype equals = argument.indexOf(QLatin1Char('='));
        const QString name = argument.mid(2, equals < 0 ? -1 : equals - 2);
        const Option* option = findOption(command, name);
        if (!option) {
            return usage(QStringLiteral("There is no option --%1%2.")
                             .arg(name, command ? QStringLiteral(" for %1").arg(command->name) : QString()));
        }
        if (line.has(name))
            return usage(QStringLiteral("--%1 is given twice.").arg(name));
        if (option->valueName.isEmpty()) {
            if (equals >= 0)
                return usage(QStringLiteral("--%1 takes no value.").arg(name));
            line.options.insert(name, {});
        } else if (equals >= 0) {
            line.options.insert(name, argument.mid(equals + 1));
        } else if (i + 1 < arguments.size()) {
            line.options.insert(name, arguments.at(++i));
        } else {
            return usage(QStringLiteral("--%1 needs a value.").arg(name));
        }
    }
    if (command && !line.has(QStringLiteral("help"))) {
        if (const auto error = missing(*command, line))
            return *error;
    }
    return line;
}

QString helpText() {
    QString text = QStringLiteral(
        "affinity-console [OPTIONS] [COMMAND …]\n\n"
        "Without a command the window opens, on the embedded demo store unless --store names another.\n\n");
    for (const Option& option : globalOptions())
        text += optionHelp(option).mid(4);
    for (const Command& command : commands()) {
        const QString call = (QStringList(command.name) + command.arguments).join(QLatin1Char(' '));
        text += QStringLiteral("\n  %1: %2\n").arg(call, command.help);
        for (const Option& option : command.options)
            text += optionHelp(option);
    }
    text += QStringLiteral(
        "\nThe operator's password comes from AFFINITY_OPERATOR_PASSWORD or a prompt, the database's from\n"
        "AFFINITY_SQL_PASSWORD, that of Redis (counters and push) from AFFINITY_REDIS_PASSWORD.\n"
        "Exit codes: 0 done, 1 refused or findings, 2 usage, 3 cannot connect, 4 in doubt, 5 internal error.\n");
    return text;
}

} // namespace affinity::app
