// What lint knows of OTP's built-in names: auto-imported BIFs, guard BIFs, obsolete guard tests, built-in types, and
// the callbacks of OTP's behaviours.
//
// Threads: any thread (immutable tables).
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace hj::lint {

enum class BifPlace : uint8_t { Body, Guard };
enum class BifAge : uint8_t { New, Old };

struct AutoImport {
  BifPlace place;
  BifAge age;
};

// The auto-imported BIF name/arity, or nothing.
std::optional<AutoImport> auto_imported_bif(std::string_view name, uint32_t arity);
// erlang:name/arity may stand in a guard (BIFs and operators).
bool is_guard_function(std::string_view name, uint32_t arity);
// atom/1, list/1 ...: guard tests that only guards know, superseded by is_atom/1 ...
bool is_obsolete_test(std::string_view name, uint32_t arity);

bool is_builtin_type(std::string_view name, uint32_t arity);

struct Callback {
  std::string_view behaviour;
  std::string_view function;
  uint32_t arity;
};
// The required callbacks of a behaviour of OTP; empty when it is not one.
std::span<const Callback> required_callbacks(std::string_view behaviour);
// Each of OTP's behaviours once.
std::vector<std::string_view> known_behaviours();

}  // namespace hj::lint
