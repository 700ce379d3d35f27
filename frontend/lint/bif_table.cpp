#include "frontend/lint/bif_table.h"

#include <algorithm>
#include <unordered_map>

namespace hj::lint {

namespace {

struct Signature {
  std::string_view name;
  uint32_t arity;
  bool operator==(const Signature&) const = default;
};

struct SignatureHash {
  size_t operator()(const Signature& s) const { return std::hash<std::string_view>{}(s.name) * 31 + s.arity; }
};

struct NameArity {
  std::string_view name;
  uint32_t arity;
};

}  // namespace

// Operators may be called as functions of erlang in guards: erlang:'+'(X, 1).
static constexpr NameArity kGuardOperators[] = {
    {"+", 1},   {"-", 1},    {"bnot", 1}, {"not", 1},  {"+", 2},   {"-", 2},   {"*", 2},   {"/", 2},   {"div", 2},
    {"rem", 2}, {"band", 2}, {"bor", 2},  {"bxor", 2}, {"bsl", 2}, {"bsr", 2}, {"and", 2}, {"or", 2},  {"xor", 2},
    {"==", 2},  {"/=", 2},   {"=<", 2},   {"<", 2},    {">=", 2},  {">", 2},   {"=:=", 2}, {"=/=", 2},
};

static constexpr std::string_view kObsoleteTests[] = {
    "atom", "binary", "float", "function", "integer", "list", "number", "pid", "port", "reference", "tuple",
};

static constexpr Callback kCallbacks[] = {
#define HJ_CALLBACK(behaviour, function, arity) {behaviour, function, arity},
#include "frontend/lint/behaviours.def"
#undef HJ_CALLBACK
};

std::optional<AutoImport> auto_imported_bif(std::string_view name, uint32_t arity) {
  static const std::unordered_map<Signature, AutoImport, SignatureHash> table = {
#define HJ_AUTO_IMPORTED(name, arity, place, age) {{name, arity}, {BifPlace::place, BifAge::age}},
#include "frontend/lint/auto_imported.def"
#undef HJ_AUTO_IMPORTED
  };
  auto found = table.find({name, arity});
  if (found == table.end()) return std::nullopt;
  return found->second;
}

bool is_guard_function(std::string_view name, uint32_t arity) {
  if (auto bif = auto_imported_bif(name, arity)) return bif->place == BifPlace::Guard;
  return std::ranges::any_of(kGuardOperators,
                             [&](const NameArity& op) { return op.name == name && op.arity == arity; });
}

bool is_obsolete_test(std::string_view name, uint32_t arity) {
  if (name == "record") return arity == 2;
  return arity == 1 && std::ranges::find(kObsoleteTests, name) != std::end(kObsoleteTests);
}

bool is_builtin_type(std::string_view name, uint32_t arity) {
  static constexpr NameArity kTypes[] = {
#define HJ_BUILTIN_TYPE(name, arity) {name, arity},
#include "frontend/lint/builtin_types.def"
#undef HJ_BUILTIN_TYPE
  };
  return std::ranges::any_of(kTypes, [&](const NameArity& type) { return type.name == name && type.arity == arity; });
}

std::span<const Callback> required_callbacks(std::string_view behaviour) {
  auto same = [&](const Callback& callback) { return callback.behaviour == behaviour; };
  auto first = std::ranges::find_if(kCallbacks, same);
  auto last = std::find_if_not(first, std::end(kCallbacks), same);
  return {first, last};
}

std::vector<std::string_view> known_behaviours() {
  std::vector<std::string_view> names;
  for (const Callback& callback : kCallbacks) {
    if (names.empty() || names.back() != callback.behaviour) names.push_back(callback.behaviour);
  }
  return names;
}

}  // namespace hj::lint
