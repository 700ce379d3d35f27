#include "runtime/native/apply.h"

#include "runtime/code/export_table.h"
#include "runtime/code/fun_entry.h"
#include "runtime/heap/build.h"
#include "runtime/native/native_call.h"
#include "runtime/term/atoms.h"

namespace hj::rt {

// {badarity, {F, Args}} or {badfun, F}, in the caller's name.
static bool set_bad_fun(Process& process, Term fun, uint64_t arity) {
  Term reason;
  if (fun.is_fun()) {
    Term args = make_list(process, {process.x, arity});
    reason = make_tuple(process, {am::badarity, make_tuple(process, {fun, args})});
  } else {
    reason = make_tuple(process, {am::badfun, fun});
  }
  raise_error(process, reason);
  process.raise_native = nullptr;
  return false;
}

bool enter_fun(Process& process, uint64_t arity) {
  Term fun = process.x[arity];
  if (fun.is_boxed_of(Subtag::ExportFun)) {
    const auto* cell = reinterpret_cast<const Export*>(fun.boxed()[1].bits);
    if (cell->arity != arity) return set_bad_fun(process, fun, arity);
    process.resume = active_address(cell);
    return true;
  }
  if (fun.is_boxed_of(Subtag::Fun)) {
    const FunEntry* entry = reinterpret_cast<const FunObject*>(fun.boxed())->entry;
    if (entry->arity != arity) return set_bad_fun(process, fun, arity);
    // Acquire: pairs with the release of loads and purges.
    process.resume = entry->code.load(std::memory_order_acquire);
    return true;
  }
  return set_bad_fun(process, fun, arity);
}

// The elements of a proper list of at most kMaxArity into x, from x[0] on; -1 when it is none such.
static int64_t spread(Process& process, Term list) {
  int64_t count = 0;
  for (Term rest = list; rest.is_cons(); rest = rest.tail()) {
    if (++count > kMaxArity) return -1;
    if (rest.tail().is_nil()) {
      Term* x = process.x;
      for (Term each = list; each.is_cons(); each = each.tail()) *x++ = each.head();
      return count;
    }
  }
  return list.is_nil() ? 0 : -1;
}

// "Calls a fun, passing the elements in Args as arguments."
static NativeResult erlang_apply_2(Process& process, Term* args) {
  Term fun = args[0];
  int64_t arity = spread(process, args[1]);
  if (arity < 0) return raised(raise_badarg(process));
  args[arity] = fun;
  return enter_fun(process, static_cast<uint64_t>(arity)) ? NativeResult::Trap : NativeResult::Raise;
}

// "Returns the result of applying Function in Module to Args."
static NativeResult erlang_apply_3(Process& process, Term* args) {
  Term module = args[0];
  Term function = args[1];
  if (!module.is_atom() || !function.is_atom()) return raised(raise_badarg(process));
  int64_t arity = spread(process, args[2]);
  if (arity < 0) return raised(raise_badarg(process));
  return trap_to(process, active_address(intern_export(module, function, static_cast<uint32_t>(arity))));
}

std::span<const NativeEntry> apply_natives() {
  static constexpr NativeKind kFull = NativeKind::Full;
  static const NativeEntry kTable[] = {
      {"erlang", "apply", 2, kFull, true, reinterpret_cast<void*>(&erlang_apply_2), "erlang_apply_2"},
      {"erlang", "apply", 3, kFull, true, reinterpret_cast<void*>(&erlang_apply_3), "erlang_apply_3"},
  };
  return kTable;
}

}  // namespace hj::rt
