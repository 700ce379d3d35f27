// The transfers of generated code that are about running on: yields, ends, and calls whose target has to be found out.
#include "runtime/abi/context.h"
#include "runtime/arch/entry.h"
#include "runtime/code/export_table.h"
#include "runtime/code/fun_entry.h"
#include "runtime/heap/build.h"
#include "runtime/native/native.h"
#include "runtime/process/exception.h"
#include "runtime/process/interrupt.h"
#include "runtime/term/atoms.h"

namespace hj::rt {

// {badarity, {F, Args}} or {badfun, F}.
static Transfer raise_bad_call(Process& process, Term fun, uint64_t arity) {
  Term reason;
  if (fun.is_fun()) {
    Term args = make_list(process, {process.x, arity});
    reason = make_tuple(process, {am::badarity, make_tuple(process, {fun, args})});
  } else {
    reason = make_tuple(process, {am::badfun, fun});
  }
  raise_error(process, reason);
  process.raise_native = nullptr;
  return raise_pending(process);
}

// apply(M, F, Args) with an M or F that is no atom: badarg in erlang:apply/3.
static Transfer raise_bad_apply(Process& process, uint64_t arity) {
  Term args = make_list(process, {process.x + 2, arity});
  process.x[2] = args;
  raise_badarg(process);
  process.raise_native = find_native(am::erlang, am::apply, 3);
  return raise_pending(process);
}

extern "C" {

Transfer hj_rt_yield(Process* p) {
  open_heap(*p);
  if (p->poll.load(std::memory_order_relaxed) != 0 && !handle_interrupt(*p)) return Transfer::Leave;
  if (p->reds > 0) return Transfer::Continue;
  p->leave_reason = LeaveReason::Yield;
  return Transfer::Leave;
}

Transfer hj_rt_process_done(Process* p) {
  open_heap(*p);
  set_exiting(*p, am::normal);
  p->leave_reason = LeaveReason::Exit;
  return Transfer::Leave;
}

Transfer hj_rt_call_fun(Process* p) {
  open_heap(*p);
  const uint64_t arity = p->need;
  Term fun = p->x[arity];
  if (fun.is_boxed_of(Subtag::ExportFun)) {
    const auto* cell = reinterpret_cast<const Export*>(fun.boxed()[1].bits);
    if (cell->arity != arity) return raise_bad_call(*p, fun, arity);
    p->resume = active_address(cell);
    return Transfer::Continue;
  }
  if (fun.is_boxed_of(Subtag::Fun)) {
    const FunEntry* entry = reinterpret_cast<const FunObject*>(fun.boxed())->entry;
    if (entry->arity != arity) return raise_bad_call(*p, fun, arity);
    // Acquire: pairs with the release of loads and purges.
    p->resume = entry->code.load(std::memory_order_acquire);
    return Transfer::Continue;
  }
  return raise_bad_call(*p, fun, arity);
}

Transfer hj_rt_call_dynamic(Process* p) {
  open_heap(*p);
  const uint64_t arity = p->need;
  Term module = p->x[0];
  Term function = p->x[1];
  if (!module.is_atom() || !function.is_atom()) return raise_bad_apply(*p, arity);
  std::copy(p->x + 2, p->x + 2 + arity, p->x);
  p->resume = active_address(intern_export(module, function, static_cast<uint32_t>(arity)));
  return Transfer::Continue;
}

}  // extern "C"

}  // namespace hj::rt
