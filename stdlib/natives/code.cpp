// The module code: loading, purging, the code path. Everything here may read files, compile or wait, and so blocks.
#include <algorithm>

#include "jit/code_server.h"
#include "runtime/heap/build.h"
#include "runtime/native/native_call.h"
#include "runtime/process/process.h"
#include "runtime/term/atoms.h"
#include "runtime/term/binary.h"
#include "runtime/term/order.h"
#include "stdlib/library.h"
#include "stdlib/natives/all_natives.h"
#include "stdlib/natives/file_name.h"

namespace hj::stdlib {

using namespace rt;
using jit::LoadResult;
using jit::OldCode;

static jit::CodeServer& server() { return *code_server(); }

static NativeResult function_clause(Process& process) { return raised(raise_error(process, am::function_clause)); }

static Term load_error_atom(LoadError error) {
  switch (error) {
    case LoadError::None: break;
    case LoadError::Nofile: return intern_atom("nofile");
    case LoadError::Badfile: return intern_atom("badfile");
    case LoadError::NotPurged: return intern_atom("not_purged");
    case LoadError::OnLoadFailure: return intern_atom("on_load_failure");
  }
  return am::ok;
}

static Term error_tuple(Process& process, std::string_view reason) {
  return make_tuple(process, {am::error, intern_atom(reason)});
}

// {module, M} or {error, What}.
static NativeResult load_answer(Process& process, Term module, const LoadResult& result) {
  if (!result.ok()) return return_value(process, make_tuple(process, {am::error, load_error_atom(result.error)}));
  return return_value(process, make_tuple(process, {am::module, module}));
}

static Term file_term(Process& process, const std::string& file) {
  if (file.empty()) return Term::nil();
  return make_string(process, file);
}

// -- loading

// "Tries to load the Erlang module Module, using the code path." Refuses when there is old code.
static NativeResult code_load_file_1(Process& p, Term* args) noexcept {
  if (!args[0].is_atom()) return function_clause(p);
  return load_answer(p, args[0], server().load_from_path(args[0], OldCode::Refuse));
}

// "Same as load_file(Module), but Filename is an absolute or relative filename" without its ending.
static NativeResult code_load_abs_1(Process& p, Term* args) noexcept {
  const auto file = args[0].is_list() || args[0].is_atom() ? file_name_of(args[0]) : std::nullopt;
  if (!file) return function_clause(p);
  const LoadResult result = server().load_abs(*file);
  return load_answer(p, result.report.module, result);
}

// "Load object code for module Module": what compile:file/2 gives with the option binary.
static NativeResult code_load_binary_3(Process& p, Term* args) noexcept {
  const auto file = args[1].is_list() || args[1].is_atom() ? file_name_of(args[1]) : std::nullopt;
  if (!args[0].is_atom() || !file || !is_binary(args[2])) return function_clause(p);
  return load_answer(p, args[0], server().load_binary(args[0], *file, binary_bytes(args[2])));
}

// "Tries to load a module in the same way as load_file/1, unless the module is already loaded."
static NativeResult code_ensure_loaded_1(Process& p, Term* args) noexcept {
  if (!args[0].is_atom()) return function_clause(p);
  if (is_native_module(args[0])) return load_answer(p, args[0], {});
  return load_answer(p, args[0], server().ensure_loaded_report(args[0]));
}

static NativeResult code_ensure_modules_loaded_1(Process& p, Term* args) noexcept {
  std::vector<Term> failures;
  Term rest = args[0];
  for (; rest.is_cons(); rest = rest.tail()) {
    const Term module = rest.head();
    if (!module.is_atom()) return function_clause(p);
    if (is_native_module(module)) continue;
    const LoadResult result = server().ensure_loaded_report(module);
    if (!result.ok()) failures.push_back(make_tuple(p, {module, load_error_atom(result.error)}));
  }
  if (!rest.is_nil()) return function_clause(p);
  if (failures.empty()) return return_value(p, am::ok);
  return return_value(p, make_tuple(p, {am::error, make_list(p, failures)}));
}

// A module for each time it is named once more, greatest first.
static std::vector<Term> duplicates(std::vector<Term> modules) {
  std::sort(modules.begin(), modules.end(), [](Term a, Term b) { return compare(a, b) > 0; });
  std::vector<Term> found;
  for (size_t i = 1; i < modules.size(); ++i) {
    if (modules[i] == modules[i - 1]) found.push_back(modules[i]);
  }
  return found;
}

// "Tries to load all of the modules in the list Modules atomically. That means that either all modules are loaded at the same
// time, or none of the modules are loaded if there is a problem with any of the modules."
static NativeResult code_atomic_load_1(Process& p, Term* args) noexcept {
  std::vector<Term> modules;
  Term rest = args[0];
  for (; rest.is_cons(); rest = rest.tail()) {
    if (!rest.head().is_atom()) return function_clause(p);
    modules.push_back(rest.head());
  }
  if (!rest.is_nil()) return function_clause(p);
  std::vector<Term> failures;
  for (const Term module : duplicates(modules)) failures.push_back(make_tuple(p, {module, intern_atom("duplicated")}));
  if (!failures.empty()) return return_value(p, make_tuple(p, {am::error, make_list(p, failures)}));
  std::vector<jit::PreparedModule> prepared;
  for (const Term module : modules) {
    auto result = server().prepare_from_path(module);
    if (result.prepared) {
      prepared.push_back(std::move(*result.prepared));
    } else {
      failures.push_back(make_tuple(p, {module, load_error_atom(result.error)}));
    }
  }
  if (failures.empty()) {
    for (const LoadResult& result : server().finish(std::move(prepared), OldCode::Refuse)) {
      if (!result.ok()) failures.push_back(make_tuple(p, {result.report.module, load_error_atom(result.error)}));
    }
  }
  if (failures.empty()) return return_value(p, am::ok);
  return return_value(p, make_tuple(p, {am::error, make_list(p, failures)}));
}

// -- removing

// "Removes code marked as old. If some processes still linger in the old code, these processes are killed before the code is
// removed." True when any was.
static NativeResult code_purge_1(Process& p, Term* args) noexcept {
  if (!args[0].is_atom()) return function_clause(p);
  return return_value(p, server().purge(args[0]).killed.empty() ? am::false_ : am::true_);
}

// "Removes code marked as old, but only if no processes linger in it."
static NativeResult code_soft_purge_1(Process& p, Term* args) noexcept {
  if (!args[0].is_atom()) return function_clause(p);
  return return_value(p, server().soft_purge(args[0]) ? am::true_ : am::false_);
}

// "Removes the current code for Module, that is, the current code is made old."
static NativeResult code_delete_1(Process& p, Term* args) noexcept {
  if (!args[0].is_atom()) return function_clause(p);
  return return_value(p, server().delete_module(args[0]) ? am::true_ : am::false_);
}

// -- questions

// {file, Loaded} or false.
static NativeResult code_is_loaded_1(Process& p, Term* args) noexcept {
  if (!args[0].is_atom()) return function_clause(p);
  if (server().is_loaded(args[0])) {
    return return_value(p, make_tuple(p, {am::file, file_term(p, server().file_of(args[0]))}));
  }
  if (is_native_module(args[0])) return return_value(p, make_tuple(p, {am::file, intern_atom("preloaded")}));
  return return_value(p, am::false_);
}

// The file a loaded module came from, or would come from; non_existing.
static NativeResult code_which_1(Process& p, Term* args) noexcept {
  if (!args[0].is_atom()) return function_clause(p);
  if (server().is_loaded(args[0])) return return_value(p, file_term(p, server().file_of(args[0])));
  if (is_native_module(args[0])) return return_value(p, intern_atom("preloaded"));
  const auto file = server().path().find(atom_text(args[0]));
  return return_value(p, file ? file_term(p, *file) : intern_atom("non_existing"));
}

static NativeResult code_all_loaded_0(Process& p, Term*) noexcept {
  std::vector<Term> modules;
  for (const auto& loaded : server().all_loaded()) {
    modules.push_back(make_tuple(p, {loaded.module, file_term(p, loaded.file)}));
  }
  return return_value(p, make_list(p, modules));
}

static NativeResult code_get_mode_0(Process& p, Term*) noexcept { return return_value(p, intern_atom("interactive")); }

// -- the code path

static NativeResult code_get_path_0(Process& p, Term*) noexcept {
  std::vector<Term> directories;
  for (const std::string& directory : server().path().directories()) directories.push_back(make_string(p, directory));
  return return_value(p, make_list(p, directories));
}

static NativeResult added(Process& process, bool is_directory) {
  return return_value(process, is_directory ? am::true_ : error_tuple(process, "bad_directory"));
}

static NativeResult code_add_patha_1(Process& p, Term* args) noexcept {
  const auto directory = args[0].is_list() ? file_name_of(args[0]) : std::nullopt;
  return directory ? added(p, server().path().add_first(*directory)) : function_clause(p);
}

static NativeResult code_add_pathz_1(Process& p, Term* args) noexcept {
  const auto directory = args[0].is_list() ? file_name_of(args[0]) : std::nullopt;
  return directory ? added(p, server().path().add_last(*directory)) : function_clause(p);
}

static NativeResult code_del_path_1(Process& p, Term* args) noexcept {
  const auto directory = args[0].is_list() || args[0].is_atom() ? file_name_of(args[0]) : std::nullopt;
  if (!directory) return function_clause(p);
  return return_value(p, server().path().remove(*directory) ? am::true_ : am::false_);
}

NativeTable code_natives() {
  static const NativeEntry kTable[] = {
      HJ_NATIVE_ROW("code", "add_path", 1, Blocking, true, code_add_pathz_1),
      HJ_NATIVE_ROW("code", "add_patha", 1, Blocking, true, code_add_patha_1),
      HJ_NATIVE_ROW("code", "add_pathz", 1, Blocking, true, code_add_pathz_1),
      HJ_NATIVE_ROW("code", "all_loaded", 0, Blocking, true, code_all_loaded_0),
      HJ_NATIVE_ROW("code", "atomic_load", 1, Blocking, true, code_atomic_load_1),
      HJ_NATIVE_ROW("code", "del_path", 1, Blocking, true, code_del_path_1),
      HJ_NATIVE_ROW("code", "delete", 1, Blocking, true, code_delete_1),
      HJ_NATIVE_ROW("code", "ensure_loaded", 1, Blocking, true, code_ensure_loaded_1),
      HJ_NATIVE_ROW("code", "ensure_modules_loaded", 1, Blocking, true, code_ensure_modules_loaded_1),
      HJ_NATIVE_ROW("code", "get_mode", 0, Full, true, code_get_mode_0),
      HJ_NATIVE_ROW("code", "get_path", 0, Full, true, code_get_path_0),
      HJ_NATIVE_ROW("code", "is_loaded", 1, Full, true, code_is_loaded_1),
      HJ_NATIVE_ROW("code", "load_abs", 1, Blocking, true, code_load_abs_1),
      HJ_NATIVE_ROW("code", "load_binary", 3, Blocking, true, code_load_binary_3),
      HJ_NATIVE_ROW("code", "load_file", 1, Blocking, true, code_load_file_1),
      HJ_NATIVE_ROW("code", "purge", 1, Blocking, true, code_purge_1),
      HJ_NATIVE_ROW("code", "soft_purge", 1, Blocking, true, code_soft_purge_1),
      HJ_NATIVE_ROW("code", "which", 1, Blocking, true, code_which_1),
  };
  return kTable;
}

}  // namespace hj::stdlib
