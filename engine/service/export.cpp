#include "engine/service/export.h"

#include "engine/service/exportrows.h"

#include <QSaveFile>

#include <algorithm>

namespace affinity::service {

using base::Error;
using base::ErrorKind;
using base::Result;
using Table = ExportRequest::Table;

namespace {

constexpr int devicesOfPage = 1000;
constexpr int logRowsOfPage = 5000;
constexpr qint64 rowsBetweenReports = 1000;
constexpr qsizetype bytesOfBuffer = 256 * 1024;

QStringList columnsOf(Table table) {
    const auto columns = [](const char* names) { return QString::fromLatin1(names).split(QLatin1Char(' ')); };
    switch (table) {
    case Table::Devices:
        return columns("id device_serial nickname user_id username user_nickname favorability affinity_level "
                       "last_active_at bound_at unbound_at");
    case Table::Log:
        return columns("id created_at device_id user_id rule_key change_value before_value after_value source event_id "
                       "reason metadata rule_id operator_admin_id drawn_change operation_id reason_code ticket "
                       "reverses_log_id");
    case Table::Grants:
        return columns("id device_id level rewards granted_at");
    case Table::Counters:
        return columns("id device_id rule_id rule_key date accumulated_change trigger_count");
    }
    Q_UNREACHABLE();
}

Error cancelled() {
    return {ErrorKind::Cancelled, QStringLiteral("The export was cancelled. No file was written.")};
}

std::optional<Error> invalidity(const ExportRequest& request) {
    const auto invalid = [](const char* what) { return Error{ErrorKind::InvalidInput, QString::fromLatin1(what)}; };
    if ((request.from && !request.from->isValid()) || (request.to && !request.to->isValid()))
        return invalid("A date of the export is not a date.");
    if (request.from && request.to && *request.to < *request.from)
        return invalid("The export's last date is before its first. Exchange them.");
    if (request.table == Table::Devices && (request.from || request.to || request.device))
        return invalid("The list of devices cannot be narrowed by a device or by dates. Use its own filters.");
    return std::nullopt;
}

/// The whole requested stretch of local days as instants; absent ends are open. A day that the zone skipped begins
/// where the next one does.
struct Window {
    std::optional<qint64> fromUs;
    std::optional<qint64> toUs;

    bool contains(qint64 timeUs) const { return (!fromUs || timeUs >= *fromUs) && (!toUs || timeUs < *toUs); }
};

Window windowOf(const ExportRequest& request, const QTimeZone& zone) {
    const auto startUs = [&zone](QDate date) {
        rules::LocalDay day = rules::localDay(date, zone);
        while (day.isEmpty())
            day = rules::localDay(day.date.addDays(1), zone);
        return day.startUs();
    };
    Window window;
    if (request.from)
        window.fromUs = startUs(*request.from);
    if (request.to)
        window.toUs = startUs(request.to->addDays(1));
    return window;
}

/// Writes rows to a device in blocks, and looks now and then whether to go on.
class Writer {
public:
    Writer(QIODevice& device, const ExportRequest& request, const ExportProgress& progress,
           const std::atomic<bool>* isCancelled)
        : m_device(device),
          m_rows(request.format, columnsOf(request.table)),
          m_progress(progress),
          m_isCancelled(isCancelled),
          m_buffer(m_rows.begin()) {}

    Result<void> add(const std::vector<Cell>& cells, double share) {
        m_buffer += m_rows.row(cells);
        if (m_rows.count() % rowsBetweenReports == 0 && m_progress)
            m_progress(m_rows.count(), std::clamp(share, 0.0, 1.0));
        return goOn();
    }
    /// Also where a stretch of the work gave no row.
    Result<void> goOn() {
        if (m_isCancelled && *m_isCancelled)
            return cancelled();
        return m_buffer.size() < bytesOfBuffer ? Result<void>() : flush();
    }
    Result<qint64> finish() {
        m_buffer += m_rows.end();
        if (const auto done = flush(); !done)
            return done.error();
        if (m_progress)
            m_progress(m_rows.count(), 1.0);
        return m_rows.count();
    }

private:
    Result<void> flush() {
        if (m_device.write(m_buffer) != m_buffer.size())
            return Error{ErrorKind::StorageFull,
                         QStringLiteral("The export cannot be written: %1").arg(m_device.errorString())};
        m_buffer.clear();
        return {};
    }

    QIODevice& m_device;
    ExportRows m_rows;
    const ExportProgress& m_progress;
    const std::atomic<bool>* m_isCancelled;
    QByteArray m_buffer;
};

/// What all tables need to be written.
struct Context {
    store::Store& store;
    const ExportRequest& request;
    rules::RuleSet ruleSet;
    QTimeZone zone;
    Window window;
    qint64 devices = 1; ///< bound ones, to tell how far the work is; at least 1

    Cell time(qint64 timeUs) const { return isoInZone(timeUs, zone); }
    Cell time(const std::optional<qint64>& timeUs) const { return timeUs ? time(*timeUs) : Cell(); }
    double shareOf(qint64 devicesDone) const { return static_cast<double>(devicesDone) / static_cast<double>(devices); }
};

std::vector<Cell> deviceCells(const Context& context, const store::DeviceRow& row) {
    const rules::Binding& binding = row.binding;
    return {binding.id.value,
            TextCell{binding.serial},
            TextCell{binding.nickname},
            row.user.id.value,
            TextCell{row.user.username},
            TextCell{row.user.nickname},
            qint64{binding.favorability},
            qint64{binding.affinityLevel},
            context.time(binding.lastActiveAtUs),
            context.time(binding.boundAtUs),
            context.time(binding.unboundAtUs)};
}

Result<void> writeDevices(const Context& context, Writer& writer) {
    store::DeviceQuery query = context.request.devices;
    query.cursor.reset();
    query.isBackwards = false;
    query.limit = devicesOfPage;
    for (qint64 done = 0;;) {
        const auto page = context.store.devices(query);
        if (!page)
            return page.error();
        for (const store::DeviceRow& row : page->rows) {
            if (const auto added = writer.add(deviceCells(context, row), context.shareOf(++done)); !added)
                return added;
        }
        if (!page->next)
            return {};
        query.cursor = page->next;
    }
}

Cell textOrAbsent(const QString& text) {
    return text.isEmpty() ? Cell() : Cell(TextCell{text});
}

std::vector<Cell> logCells(const Context& context, const store::LogEntry& entry) {
    const rules::LogRow& row = entry.row;
    const rules::LogNote note = entry.note.value_or(rules::LogNote{});
    return {row.id.value,
            context.time(row.createdAtUs),
            row.deviceId.value,
            row.userId.value,
            TextCell{row.ruleKey},
            qint64{row.changeValue},
            qint64{row.beforeValue},
            qint64{row.afterValue},
            TextCell{row.source},
            textOrAbsent(row.eventId),
            TextCell{row.reason},
            row.metadata,
            idCell(row.ruleId),
            idCell(row.operatorId),
            note.drawnChange ? Cell(qint64{*note.drawnChange}) : Cell(),
            textOrAbsent(note.operationId),
            textOrAbsent(note.reasonCode),
            textOrAbsent(note.ticket),
            idCell(note.reversesLogId)};
}

/// The narrower of two limits, where there are any.
std::optional<qint64> latest(const std::optional<qint64>& a, const std::optional<qint64>& b) {
    return a && b ? std::max(*a, *b) : a ? a : b;
}

std::optional<qint64> earliest(const std::optional<qint64>& a, const std::optional<qint64>& b) {
    return a && b ? std::min(*a, *b) : a ? a : b;
}

Result<void> writeLog(const Context& context, Writer& writer) {
    store::LogQuery query = context.request.log;
    query.limit = logRowsOfPage;
    query.fromUs = latest(query.fromUs, context.window.fromUs);
    query.toUs = earliest(query.toUs, context.window.toUs);
    if (context.request.device)
        query.deviceId = context.request.device;
    const auto extent = context.store.logExtent();
    if (!extent)
        return extent.error();
    const store::LogExtent log = extent->value_or(store::LogExtent{});
    const qint64 firstUs = std::max(log.firstUs, query.fromUs.value_or(log.firstUs));
    const qint64 lastUs = std::min(log.lastUs, query.toUs.value_or(log.lastUs));
    const auto lengthUs = static_cast<double>(std::max<qint64>(lastUs - firstUs, 1));
    for (;;) {
        const auto page = context.store.log(query);
        if (!page)
            return page.error();
        for (const store::LogEntry& entry : page->entries) {
            const double share = static_cast<double>(entry.row.createdAtUs - firstUs) / lengthUs;
            const auto added = writer.add(logCells(context, entry), query.isOldestFirst ? share : 1 - share);
            if (!added)
                return added;
        }
        if (!page->hasMore)
            return {};
        (query.isOldestFirst ? query.afterId : query.beforeId) = page->entries.back().row.id;
    }
}

Result<void> writeGrants(const Context& context, base::DeviceId id, double share, Writer& writer) {
    const auto grants = context.store.grants(id);
    if (!grants)
        return grants.error();
    for (const rules::Grant& grant : *grants) {
        if (!context.window.contains(grant.grantedAtUs))
            continue;
        const auto added = writer.add(
            {grant.id, grant.deviceId.value, qint64{grant.level}, grant.rewards, context.time(grant.grantedAtUs)},
            share);
        if (!added)
            return added;
    }
    return writer.goOn();
}

Cell ruleKeyCell(const rules::RuleSet& ruleSet, base::RuleId id) {
    for (const rules::Rule& rule : ruleSet.rules) {
        if (rule.id == id)
            return TextCell{rule.key};
    }
    return {};
}

Result<void> writeCounters(const Context& context, base::DeviceId id, double share, Writer& writer) {
    const auto counters = context.store.dailyCounters(id, context.request.from.value_or(QDate(1, 1, 1)));
    if (!counters)
        return counters.error();
    for (const rules::DailyCounter& counter : *counters) {
        if (context.request.to && counter.date > *context.request.to)
            continue;
        const auto added = writer.add({counter.id, counter.deviceId.value, counter.ruleId.value,
                                       ruleKeyCell(context.ruleSet, counter.ruleId), counter.date.toString(Qt::ISODate),
                                       counter.accumulatedChange, counter.triggerCount},
                                      share);
        if (!added)
            return added;
    }
    return writer.goOn();
}

/// Grants or counters of one binding or of all, unbound ones too.
Result<void> writeByDevice(const Context& context, Writer& writer) {
    const auto write = context.request.table == Table::Grants ? writeGrants : writeCounters;
    if (context.request.device)
        return write(context, *context.request.device, 1.0, writer);
    base::DeviceId after;
    for (qint64 done = 0;;) {
        const auto bindings = context.store.bindingsAfter(after, devicesOfPage, false);
        if (!bindings)
            return bindings.error();
        if (bindings->empty())
            return {};
        for (const rules::Binding& binding : *bindings) {
            if (const auto written = write(context, binding.id, context.shareOf(++done), writer); !written)
                return written;
        }
        after = bindings->back().id;
    }
}

Result<Context> contextOf(store::Store& store, const ExportRequest& request) {
    auto ruleSet = store.ruleSet();
    if (!ruleSet)
        return ruleSet.error();
    const auto zone = rules::settingZone(ruleSet->setting.timeZone);
    if (!zone)
        return zone.error();
    if (request.device) {
        const auto device = store.device(*request.device);
        if (!device)
            return device.error();
        if (!*device)
            return Error{ErrorKind::NotFound,
                         QStringLiteral("There is no binding %1 in this store.").arg(request.device->value)};
    }
    const auto counts = store.valueCounts();
    if (!counts)
        return counts.error();
    Context context{store, request, *std::move(ruleSet), *zone, windowOf(request, *zone)};
    qint64 devices = 0;
    for (const store::ValueCount& count : *counts)
        devices += count.devices;
    context.devices = std::max<qint64>(devices, 1);
    return context;
}

} // namespace

Result<qint64> exportTo(QIODevice& device, store::Store& store, const ExportRequest& request,
                        const ExportProgress& progress, const std::atomic<bool>* isCancelled) {
    if (const auto invalid = invalidity(request))
        return *invalid;
    const auto transaction = store.begin(store::Access::Read); // one view for all pages
    if (!transaction)
        return transaction.error();
    const auto context = contextOf(store, request);
    if (!context)
        return context.error();
    Writer writer(device, request, progress, isCancelled);
    const Result<void> written = request.table == Table::Devices ? writeDevices(*context, writer)
                                 : request.table == Table::Log   ? writeLog(*context, writer)
                                                                 : writeByDevice(*context, writer);
    if (!written)
        return written.error();
    return writer.finish();
}

Result<qint64> exportTable(store::Store& store, const ExportRequest& request, const ExportProgress& progress,
                           const std::atomic<bool>* isCancelled) {
    const auto unwritable = [&request](const QSaveFile& file) {
        return Error{ErrorKind::InvalidInput,
                     QStringLiteral("\"%1\" cannot be written: %2").arg(request.fileName, file.errorString())};
    };
    QSaveFile file(request.fileName);
    if (!file.open(QIODevice::WriteOnly))
        return unwritable(file);
    const Result<qint64> rows = exportTo(file, store, request, progress, isCancelled);
    if (!rows) {
        file.cancelWriting();
        return rows;
    }
    return file.commit() ? rows : Result<qint64>(unwritable(file));
}

} // namespace affinity::service
