// The transfers of generated code that are about running on: yields, ends, and calls whose target has to be found out.
#include "runtime/abi/context.h"
#include "runtime/arch/entry.h"
#include "runtime/code/export_table.h"
#include "runtime/code/tier_up.h"
#include "runtime/heap/build.h"
#include "runtime/native/apply.h"
#include "runtime/native/native.h"
#include "runtime/process/exception.h"
#include "runtime/process/interrupt.h"
#include "runtime/term/atoms.h"

namespace hj::rt {

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
  p->resume = entry_after_slice(p->resume);
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
  if (enter_fun(*p, p->need)) return Transfer::Continue;
  if (p->raise_entry == nullptr) {
    // As in OTP, who made the call stands in the trace twice: as the place of the error, and with the frame pushed for it.
    p->raise_entry = reinterpret_cast<Code>(p->sp[0].bits);
    p->raise_site = prefix_of(p->raise_entry).site;
  }
  return raise_pending(*p);
}

Transfer hj_rt_call_dynamic(Process* p) {
  open_heap(*p);
  const uint64_t arity = p->need;
  Term module = p->x[0];
  Term function = p->x[1];
  if (!module.is_atom() || !function.is_atom()) return raise_bad_apply(*p, arity);
  std::copy(p->x + 2, p->x + 2 + arity, p->x);
  Export* cell = intern_export(module, function, static_cast<uint32_t>(arity));
  // Release: pairs with generated code's load, on which its loads from the cell depend.
  hj_call_cache[call_cache_slot(module, function, cell->arity)].store(cell, std::memory_order_release);
  p->resume = active_address(cell);
  return Transfer::Continue;
}

}  // extern "C"

}  // namespace hj::rt
