// Result<T>: a value or the named reason why there is none; every fallible function of the engine returns one.
#pragma once

#include <QString>

#include <optional>
#include <utility>
#include <variant>

namespace affinity::base {

/// Why something could not be done. Callers branch on the kind; people read Error::what.
enum class ErrorKind {
    InvalidInput,  ///< a file, argument or form that does not mean anything; nothing was touched
    NotFound,      ///< a named thing does not exist (file, device, log row, operator)
    Refused,       ///< a rule above the engine says no: limit, role, stale preview, missing reason
    ReadOnly,      ///< the store, file or session is read-only
    Busy,          ///< a lock was not given in time; nothing was written, trying again may work
    Conflict,      ///< the database asked to do the unit again (deadlock, serialization failure); nothing was written
    CannotConnect, ///< the store cannot be opened or reached
    Damaged,       ///< the store's file or schema is not what it should be
    StorageFull,   ///< disk or database full; the unit was rolled back
    CommitUnknown, ///< the answer never came to what must not be sent twice (a COMMIT, a script of the counters): it
                   ///< may or may not stand
    Cancelled,     ///< the caller cancelled
    Internal       ///< a bug or an answer nobody expects
};

/// A named failure with a sentence that says what happened, where, and what to do.
struct Error {
    ErrorKind kind = ErrorKind::Internal;
    QString what;

    friend bool operator==(const Error&, const Error&) = default;
};

/// The kind's stable name, as logs and JSON show it ("invalid_input").
QString name(ErrorKind kind);

/// Either a T or an Error. `if (!result) return result.error();` is the usual use.
template<typename T> class [[nodiscard]] Result {
public:
    Result(T value) : m_content(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : m_content(std::in_place_index<1>, std::move(error)) {}

    bool isOk() const { return m_content.index() == 0; }
    explicit operator bool() const { return isOk(); }

    /// The value; only when isOk().
    const T& value() const& { return *checked(std::get_if<0>(&m_content)); }
    T& value() & { return *checked(std::get_if<0>(&m_content)); }
    T&& value() && { return std::move(*checked(std::get_if<0>(&m_content))); }
    const T& operator*() const& { return value(); }
    T& operator*() & { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    const T* operator->() const { return &value(); }
    T* operator->() { return &value(); }

    /// The error; only when not isOk().
    const Error& error() const { return *checked(std::get_if<1>(&m_content)); }

private:
    template<typename Pointer> static Pointer checked(Pointer pointer) {
        Q_ASSERT(pointer);
        return pointer;
    }
    std::variant<T, Error> m_content;
};

/// Result of something that has no value to give.
template<> class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error) : m_error(std::move(error)) {}

    bool isOk() const { return !m_error; }
    explicit operator bool() const { return isOk(); }
    const Error& error() const {
        Q_ASSERT(m_error);
        return *m_error;
    }

private:
    std::optional<Error> m_error;
};

} // namespace affinity::base
