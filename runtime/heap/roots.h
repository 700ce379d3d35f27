// The roots of a process: every word outside its heap that may hold a term pointing into it.
//
// Registers (live_args of the resume entry, D4), frames, and what hangs off the process (dictionary and relations, side_roots
// in process/). A pending exception is treated apart: a guard that failed leaves one behind, which may by then point to a
// message that is no longer looked at. Not roots: messages that have not been accepted and signals (SG1: their terms stand
// in fragments of their own), exit_reason (its exit_fragment).
//
// Threads: owner only.
#pragma once
#include <type_traits>

#include "runtime/heap/frames.h"
#include "runtime/process/process.h"

namespace hj::rt {

// For roots that are not on the path of every collection: one indirect call for a row of terms.
struct RootVisitor {
  void (*visit)(void* context, Term* first, Term* end);
  void* context;
  void operator()(Term& root) const { visit(context, &root, &root + 1); }
  void operator()(Term* first, Term* end) const { visit(context, first, end); }
};

// Dictionary and relations; lives where those do.
void visit_side_roots(Process& process, const RootVisitor& visitor);

// root(Term&) for each root but the exception's, words that hold no pointer included.
template <class Root>
void for_each_root(Process& process, Root&& root) {
  for (Term& arg : live_args(process)) root(arg);
  for_each_frame_slot(process.sp, process.heap.end, root);
  if (process.dictionary == nullptr && process.relations == nullptr) return;
  using Callable = std::remove_reference_t<Root>;
  auto visit = [](void* context, Term* first, Term* end) {
    for (Term* at = first; at < end; at++) (*static_cast<Callable*>(context))(*at);
  };
  visit_side_roots(process, {visit, &root});
}

// root(Term&) for the exception's terms, pending or left behind.
template <class Root>
void for_each_exception_root(Process& process, Root&& root) {
  root(process.exception_reason);
  root(process.exception_trace);
  root(process.exception_args);
  root(process.raise_cause);
}

}  // namespace hj::rt
