// receive: a loop over the mailbox (core.h, RecvNext). Clauses are matched as those of a case; where a clause and its
// guard have matched the message is taken, where none does the scan goes on.
#include "frontend/core/function_lowering.h"

namespace hj::core {

using syntax::AstKind;

Operand FunctionLowering::receive(NodeId id, Want want) {
  NodeIds receive_clauses = ast_.children(id);
  NodeId after;
  if (!receive_clauses.empty() && ast_.kind(receive_clauses.back()) == AstKind::After) {
    after = receive_clauses.back();
    receive_clauses = receive_clauses.first(receive_clauses.size() - 1);
  }
  // The timeout is evaluated before the first message is looked at.
  bool infinite = !after.valid();
  Operand timeout;
  if (after.valid()) {
    timeout = value(ast_.child(after, 0));
    infinite = timeout == atom("infinity");
  }
  BlockId next = b_.new_block();
  BlockId message = b_.new_block();
  BlockId none = b_.new_block();
  BlockId reject = b_.new_block();
  b_.jump(next);
  b_.set(next);
  ValueId term = b_.recv_next(message, none);

  Join join(*this, want, Join::Exports::Yes);
  std::vector<match::LoweredClause> lowered;
  for (NodeId clause : receive_clauses) {
    lowered.push_back(lower_clause(ast_.children(ast_.child(clause, 0)), ast_.child(clause, 1)));
  }
  b_.set(message);
  clauses(lowered, receive_clauses, {term}, reject, want, join, OnEntry::AcceptMessage);
  b_.set(reject);
  b_.recv_reject();
  b_.jump(next);

  b_.set(none);
  if (infinite) {
    b_.recv_wait(next);
    return join.finish();
  }
  BlockId timed_out = b_.new_block();
  b_.recv_wait_timeout(timeout, next, timed_out, site(id));
  b_.set(timed_out);
  join.begin_arm();
  join.end_arm(sequence(ast_.children(ast_.child(after, 1)), want));
  return join.finish();
}

}  // namespace hj::core
