// receive: the mailbox is the runtime's; the loop over it is a graph of Core like any other.
#include <cstddef>

#include "base/check.h"
#include "jit/codegen/segment_emitter.h"

namespace hj::codegen {

using rt::ProcessContext;

namespace {
// What hj_rt_recv_timeout answers (runtime_calls.def).
constexpr uint64_t kKeepWaiting = 0;
constexpr uint64_t kTimeIsUp = 1;
}  // namespace

void SegmentEmitter::lower_recv_next(const Node& node, const core::Terminator& term) {
  auto peek = module_.helper("hj_rt_recv_peek", module_.word_type(), {module_.pointer_type()});
  Value* message = call_helper(peek, {process_}, Allocates::No);
  define(term.result, message);
  Edges edges(*this, term, node);
  Value* is_message = b_.CreateICmpNE(message, module_.word(rt::kNonValue));
  branch(is_message, {[&] { return edges(0); }, [&] { return edges(1); }});
  edges.flush();
}

// Leaves to the scheduler; the process comes back at the receive loop.
void SegmentEmitter::wait_at(const core::Edge& edge, NodeId loop) {
  const EntryId entry = plan_.nodes[loop.index].entry;
  HJ_CHECK(entry.valid(), "C4: a wait that leads to no receive loop in {}", function_.name);
  auto [args, sp] = prepare_entry(edge, loop, {});
  set_field(offsetof(ProcessContext, resume), module_.entry(entry));
  leave(module_.transfer("hj_wait"), sp, args);
}

void SegmentEmitter::lower_recv_wait(const Node& node, const core::Terminator& term) {
  if (term.kind == core::TermKind::RecvWait) return wait_at(term.edges[0], node.successors[0]);
  auto timeout = module_.helper("hj_rt_recv_timeout", module_.word_type(), {module_.pointer_type(), module_.word_type()});
  Value* answer = call_helper(timeout, {process_, value(term.args[0])}, Allocates::Yes);
  BasicBlock* wait = new_block("wait");
  BasicBlock* is_up = new_block("time_is_up");
  BasicBlock* raised = new_cold_block("timeout_value");
  llvm::SwitchInst* choice = b_.CreateSwitch(answer, raised, 2);
  choice->addCase(module_.word(kKeepWaiting), wait);
  choice->addCase(module_.word(kTimeIsUp), is_up);
  const HeapTop heap = heap_;
  b_.SetInsertPoint(raised);
  raise(term.site, nullptr, {});
  heap_ = heap;
  b_.SetInsertPoint(wait);
  wait_at(term.edges[0], node.successors[0]);
  heap_ = heap;
  b_.SetInsertPoint(is_up);
  follow(term.edges[1], node.successors[1]);
}

}  // namespace hj::codegen
