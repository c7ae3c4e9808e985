// exportTable(): a table as people see it, filtered and in order, into a CSV or JSON file.
#pragma once

#include "engine/base/result.h"
#include "engine/store/store.h"

#include <QDate>

#include <atomic>
#include <functional>
#include <optional>

class QIODevice;

namespace affinity::service {

/// What to write where. Devices and Log are exactly the filtered view of their queries, in its order and over all its
/// pages (cursors and limits are not looked at); Grants and Counters come by device, then level or newest date.
///
/// CSV is RFC 4180: a header, lines ending in CR LF, quotes where a cell needs them, UTF-8 without a byte order mark
/// (it would become part of the first column's name in most readers; spreadsheets ask for the encoding). Numbers stand
/// as stored, without separators; absent values are empty cells. A text cell that a spreadsheet would take for a
/// formula, one that begins with = + - @ (also full-width), a tab or a carriage return, gets an apostrophe before it;
/// columns of numbers, times and JSON never need one. JSON is an array of objects, one a line, texts as stored.
/// Times are ISO 8601 in the setting's zone with its offset then.
struct ExportRequest {
    enum class Table { Devices, Log, Grants, Counters };
    enum class Format { Csv, Json };

    Table table = Table::Devices;
    Format format = Format::Csv;
    QString fileName;
    store::DeviceQuery devices;           ///< of Devices
    store::LogQuery log;                  ///< of Log
    std::optional<base::DeviceId> device; ///< of Log, Grants and Counters: of this binding alone
    std::optional<QDate> from; ///< of Log, Grants and Counters: from this local day of the setting's zone on …
    std::optional<QDate> to;   ///< … up to and including this one

    friend bool operator==(const ExportRequest&, const ExportRequest&) = default;
};

/// Gets the rows written so far and the share of the work done, 0 to 1, now and then, on the calling thread.
using ExportProgress = std::function<void(qint64 rows, double share)>;

/// Writes the file, whole or not at all, and answers how many rows it has. One consistent view of the store, however
/// long it takes; any thread that owns the store. Errors: InvalidInput for a request that cannot be (a date range
/// back to front, a device list by dates), for an unknown time zone, or for a file that cannot be written; Cancelled;
/// those of reading.
base::Result<qint64> exportTable(store::Store& store, const ExportRequest& request, const ExportProgress& progress = {},
                                 const std::atomic<bool>* isCancelled = nullptr);

/// The same into an open device, whatever its request's file name; what was written before an error stays there.
base::Result<qint64> exportTo(QIODevice& device, store::Store& store, const ExportRequest& request,
                              const ExportProgress& progress = {}, const std::atomic<bool>* isCancelled = nullptr);

} // namespace affinity::service
