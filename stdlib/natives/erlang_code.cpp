// What module erlang knows of code: which modules are loaded, what they export, who is in old code.
#include <algorithm>

#include "jit/code_server.h"
#include "runtime/code/export_table.h"
#include "runtime/code/module_table.h"
#include "runtime/heap/build.h"
#include "runtime/native/native_call.h"
#include "runtime/process/process.h"
#include "runtime/term/atoms.h"
#include "stdlib/library.h"
#include "stdlib/natives/all_natives.h"

namespace hj::stdlib {

using namespace rt;

static Term boolean(bool value) { return value ? am::true_ : am::false_; }

// "Returns true if the module Module is loaded, otherwise false."
static Term erlang_module_loaded_1(Process& process, Term module) {
  if (!module.is_atom()) return raise_badarg(process);
  return boolean(current_version(module) != nullptr || is_native_module(module));
}

// "Returns true if the module Module is current and contains an exported function Function/Arity, or if there is a BIF with
// the specified name; otherwise returns false."
static Term erlang_function_exported_3(Process& process, Term module, Term function, Term arity) {
  if (!module.is_atom() || !function.is_atom() || !arity.is_small() || arity.small() < 0) return raise_badarg(process);
  if (arity.small() > kMaxArity) return am::false_;
  const Export* cell = find_export(module, function, static_cast<uint32_t>(arity.small()));
  return boolean(cell != nullptr && is_defined(cell));
}

// "Returns true if Module has old code, otherwise false."
static Term erlang_check_old_code_1(Process& process, Term module) {
  if (!module.is_atom()) return raise_badarg(process);
  return boolean(old_version_count(module) > 0);
}

static Term erlang_loaded_0(Process& process) {
  std::vector<Term> modules;
  for (const Version* version : current_versions()) modules.push_back(version->module);
  return make_list(process, modules);
}

// -- module_info

// [{Name, Arity}] of the functions `wanted` accepts, in the order of the source.
template <class Wanted>
static Term function_list(Process& process, const Version& version, Wanted wanted) {
  std::vector<Term> functions;
  for (const FunctionInfo& function : version.functions) {
    if (!wanted(function)) continue;
    functions.push_back(make_tuple(process, {function.name, Term::from_small(function.arity)}));
  }
  return make_list(process, functions);
}

static Term pair_list(Process& process, const std::vector<std::pair<Term, Term>>& pairs) {
  std::vector<Term> tuples;
  for (const auto& [name, value] : pairs) tuples.push_back(make_tuple(process, {name, value}));
  return make_list(process, tuples);
}

// One item, or a non-value when there is none of that name.
static Term module_info(Process& process, const Version& version, std::string_view item) {
  if (item == "module") return version.module;
  if (item == "exports") return function_list(process, version, [](const auto& f) { return f.exported; });
  if (item == "functions") return function_list(process, version, [](const auto& f) { return f.entry != nullptr; });
  if (item == "attributes") return pair_list(process, version.attributes);
  if (item == "compile") return pair_list(process, version.compile_info);
  if (item == "md5") return make_binary(process, version.hash);
  if (item == "nifs") return Term::nil();
  return Term::non_value();
}

// What m:module_info(Item) is.
static Term erlang_get_module_info_2(Process& process, Term module, Term item) {
  const Version* version = module.is_atom() ? current_version(module) : nullptr;
  if (version == nullptr || !item.is_atom()) return raise_badarg(process);
  const Term value = module_info(process, *version, atom_text(item));
  return value.is_value() ? value : raise_badarg(process);
}

// What m:module_info() is.
static Term erlang_get_module_info_1(Process& process, Term module) {
  const Version* version = module.is_atom() ? current_version(module) : nullptr;
  if (version == nullptr) return raise_badarg(process);
  std::vector<Term> items;
  for (std::string_view item : {"module", "exports", "attributes", "compile", "md5"}) {
    items.push_back(make_tuple(process, {intern_atom(item), module_info(process, *version, item)}));
  }
  return make_list(process, items);
}

// -- old code

// "Checks if the node local process identified by Pid executes old code for Module."
static NativeResult erlang_check_process_code_2(Process& p, Term* args) noexcept {
  if (!args[0].is_pid() || !args[1].is_atom()) return raised(raise_badarg(p));
  return return_value(p, boolean(code_server()->is_lingering(args[0], args[1])));
}

// "Makes the current code for Module become old code and deletes all references for this module from the export table."
static NativeResult erlang_delete_module_1(Process& p, Term* args) noexcept {
  if (!args[0].is_atom()) return raised(raise_badarg(p));
  if (!code_server()->is_loaded(args[0])) return return_value(p, am::undefined);
  return code_server()->delete_module(args[0]) ? return_value(p, am::true_) : raised(raise_badarg(p));
}

// "Removes old code for Module." badarg when there is none.
static NativeResult erlang_purge_module_1(Process& p, Term* args) noexcept {
  if (!args[0].is_atom() || !code_server()->has_old_code(args[0])) return raised(raise_badarg(p));
  code_server()->purge(args[0]);
  return return_value(p, am::true_);
}

NativeTable erlang_code_natives() {
  static const NativeEntry kTable[] = {
      HJ_NATIVE_ROW("erlang", "check_old_code", 1, Leaf, false, erlang_check_old_code_1),
      HJ_NATIVE_ROW("erlang", "check_process_code", 2, Blocking, true, erlang_check_process_code_2),
      HJ_NATIVE_ROW("erlang", "delete_module", 1, Blocking, true, erlang_delete_module_1),
      HJ_NATIVE_ROW("erlang", "function_exported", 3, Leaf, false, erlang_function_exported_3),
      HJ_NATIVE_ROW("erlang", "get_module_info", 1, Leaf, true, erlang_get_module_info_1),
      HJ_NATIVE_ROW("erlang", "get_module_info", 2, Leaf, true, erlang_get_module_info_2),
      HJ_NATIVE_ROW("erlang", "loaded", 0, Leaf, true, erlang_loaded_0),
      HJ_NATIVE_ROW("erlang", "module_loaded", 1, Leaf, false, erlang_module_loaded_1),
      HJ_NATIVE_ROW("erlang", "purge_module", 1, Blocking, true, erlang_purge_module_1),
  };
  return kTable;
}

}  // namespace hj::stdlib
