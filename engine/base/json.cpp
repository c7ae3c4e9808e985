#include "engine/base/json.h"

namespace affinity::base {

namespace {

/// Text that came from a database may hold invalid UTF-8; it is shown as U+FFFD, never thrown over.
void write(const Json& value, bool isEscaped, std::string& out) {
    if (value.is_object()) {
        out += '{';
        const char* separator = "";
        for (const auto& [key, member] : value.items()) {
            out += separator;
            out += Json(key).dump(-1, ' ', isEscaped, Json::error_handler_t::replace);
            out += ": ";
            write(member, isEscaped, out);
            separator = ", ";
        }
        out += '}';
    } else if (value.is_array()) {
        out += '[';
        const char* separator = "";
        for (const Json& item : value) {
            out += separator;
            write(item, isEscaped, out);
            separator = ", ";
        }
        out += ']';
    } else {
        out += value.dump(-1, ' ', isEscaped, Json::error_handler_t::replace);
    }
}

} // namespace

QByteArray pythonJson(const Json& value, NonAscii nonAscii) {
    std::string out;
    write(value, nonAscii == NonAscii::Escape, out);
    return QByteArray::fromStdString(out);
}

} // namespace affinity::base
