// Result<T>: a value, or the reason why the world did not give one (file, memory, LLVM).
//
// The second of the four kinds of error (docs/architecture.md, "Errors"). Mistakes of the Erlang programmer go to
// Diagnostics, exceptions of the Erlang program are data in its Process, our own bugs fail a check.
// C++23's std::expected would do; C++20 has none, and this is the part of it that is used.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "base/check.h"

namespace hj {

struct Error {
  // One sentence without a final full stop, ready to stand behind "hotjit: ".
  std::string message;
};

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  T& value() & {
    HJ_CHECK(ok(), "value() of a failed Result: {}", std::get<1>(state_).message);
    return std::get<0>(state_);
  }
  T&& value() && { return std::move(value()); }
  const T& value() const& { return const_cast<Result*>(this)->value(); }
  T& operator*() & { return value(); }
  T* operator->() { return &value(); }

  const Error& error() const { return std::get<1>(state_); }

 private:
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}

  bool ok() const { return !error_; }
  explicit operator bool() const { return ok(); }
  const Error& error() const { return *error_; }

 private:
  std::optional<Error> error_;
};

}  // namespace hj

// HJ_TRY(auto x, expression): x is the value, or the enclosing function returns the error.
#define HJ_TRY_JOIN2(a, b) a##b
#define HJ_TRY_JOIN(a, b) HJ_TRY_JOIN2(a, b)
#define HJ_TRY(declaration, ...)                                      \
  auto HJ_TRY_JOIN(hj_try_, __LINE__) = (__VA_ARGS__);                \
  if (!HJ_TRY_JOIN(hj_try_, __LINE__).ok()) return HJ_TRY_JOIN(hj_try_, __LINE__).error(); \
  declaration = std::move(HJ_TRY_JOIN(hj_try_, __LINE__)).value()
