// What lint learns about a module while it walks the forms: who is defined, exported, imported, called, used.
//
// Plain tables, filled by the walk and read by the checks at the end of the module. Names are the tree's interned ones,
// so a function is one 64-bit key.
//
// Threads: owner only.
#pragma once
#include <cstdint>
#include <map>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "frontend/lint/warning_flags.h"
#include "frontend/syntax/ast.h"

namespace hj::lint {

// name/arity of a function, type or callback.
struct FunctionId {
  syntax::Name name;
  uint32_t arity = 0;
  auto operator<=>(const FunctionId&) const = default;
};

struct FunctionIdHash {
  size_t operator()(FunctionId id) const noexcept { return id.name.index * size_t{1'000'003} + id.arity; }
};

template <class Value>
using FunctionMap = std::unordered_map<FunctionId, Value, FunctionIdHash>;
using FunctionSet = std::unordered_set<FunctionId, FunctionIdHash>;

// What running some code may reach: kept per function and per record field with a default.
struct References {
  std::vector<FunctionId> functions;
  std::vector<syntax::Name> records;
};

struct FunctionFacts {
  syntax::NodeId node;
  References references;
};

struct CallSite {
  FunctionId function;
  Span span;
};

struct RecordFieldFacts {
  syntax::Name name;
  bool has_default = false;
  References default_references;
};

struct RecordFacts {
  Span span;
  std::vector<RecordFieldFacts> fields;
  std::unordered_set<uint32_t> field_names;
  bool in_main_file = false;
};

struct TypeFacts {
  Span span;
  bool is_opaque = false;
  bool in_main_file = false;
  // Types that its definition names.
  std::vector<FunctionId> references;
};

struct TypeUse {
  FunctionId type;
  Span span;
};

struct Import {
  FunctionId function;
  syntax::Name module;
  Span span;
  bool used = false;
};

// -deprecated([{f, 1}]) and -removed.
struct Deprecation {
  FunctionId function;  // arity UINT32_MAX: any
  Span span;
  bool is_removed = false;
};

struct BehaviourUse {
  std::string_view name;
  Span span;
};

// The -compile attributes that concern lint.
struct Directives {
  WarningFlags flags;
  bool export_all = false;
  bool no_auto_import_all = false;
  bool silent_bif_clash = false;
  // Somebody rewrites the module later: who is used there is not known here.
  bool has_parse_transform = false;
  FunctionSet no_auto_import;
  FunctionSet nowarn_unused_functions;
  std::vector<syntax::Name> nowarn_unused_records;
};

struct ModuleFacts {
  Directives directives;

  // Known before the walk.
  FunctionMap<FunctionFacts> functions;

  // In the order of the forms.
  FunctionSet exports;
  FunctionMap<Import> imports;
  std::unordered_map<uint32_t, RecordFacts> records;  // by name
  std::vector<syntax::Name> record_order;
  std::unordered_set<uint32_t> used_records;
  FunctionMap<TypeFacts> types;
  std::vector<FunctionId> type_order;
  FunctionSet exported_types;
  FunctionMap<Span> specs;
  FunctionMap<Span> callbacks;
  FunctionMap<Span> optional_callbacks;
  std::vector<BehaviourUse> behaviours;
  std::vector<FunctionId> on_load;

  std::vector<Deprecation> deprecations;
  std::vector<CallSite> undefined_exports;

  std::vector<CallSite> calls;
  std::vector<TypeUse> type_uses;      // all, for "undefined"
  std::vector<FunctionId> type_roots;  // used by something that is not a type
};

}  // namespace hj::lint
