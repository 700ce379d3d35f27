// Writes the blocks of one function: an insertion point, and a method for each instruction and terminator.
//
// Code behind a terminator is unreachable but must not trouble the writer: when the current block is closed, the next
// instruction opens a block that nothing leads to. finish() throws such blocks away.
//
// Invariants:
//   B1  An open block has no terminator yet; each block is closed once.
//   B2  The function lives here until finish() moves it into its module: writing another function meanwhile is fine.
//
// Threads: owner only.
#pragma once
#include <initializer_list>
#include <span>
#include <utility>
#include <vector>

#include "frontend/core/core.h"

namespace hj::core {

using Operands = std::vector<Operand>;

enum class TailCalls : uint8_t { Allowed, Forbidden };

class FunctionBuilder {
 public:
  FunctionBuilder(Module& module, FunctionId id, TailCalls tail_calls);
  // Renumbers the blocks, drops the unreachable ones, and moves the function into the module.
  void finish();

  FunctionId id() const { return id_; }
  Function& function() { return f_; }
  Module& module() { return module_; }
  TailCalls tail_calls() const { return tail_calls_; }

  // -- blocks
  BlockId new_block();
  BlockId new_block(size_t param_count);
  ValueId param(BlockId block, size_t index) const { return f_.block(block).params[index]; }
  ValueId add_param(BlockId block);
  void set(BlockId block);
  // Stops writing the current block, open: set() goes on with it.
  BlockId leave();
  // The block being written; valid while is_open().
  BlockId current() const { return current_; }
  bool is_open() const { return current_.valid(); }

  // -- instructions
  ValueId bif(Bif bif, Operands args, SiteId site);
  ValueId cons(Operand head, Operand tail);
  ValueId tuple(Operands elements);
  ValueId hd(Operand list);
  ValueId tl(Operand list);
  ValueId element(Operand tuple, uint32_t index);
  ValueId make_fun(FunctionId function, Operands free);
  ValueId call(CallTarget target, Operands args, SiteId site);
  ValueId build_stacktrace(Operand trace);
  void recv_accept() { add({.kind = InstrKind::RecvAccept}); }
  void recv_reject() { add({.kind = InstrKind::RecvReject}); }

  // -- terminators
  void ret(Operand value);
  // A tail call; in a TryBody a call whose value is returned.
  void tail_call(CallTarget target, Operands args, SiteId site);
  void jump(BlockId target, Operands args = {});
  void branch(TestKind test, Operands args, BlockId yes, BlockId no, uint32_t index = 0);
  void switch_on(Operand subject, std::vector<LiteralId> cases, std::span<const BlockId> targets, BlockId otherwise);
  void switch_arity(Operand tuple, std::vector<uint32_t> arities, std::span<const BlockId> targets, BlockId otherwise);
  // Goes on in a new block when the BIF has a value, to `fail` when it would raise.
  ValueId try_bif(Bif bif, Operands args, BlockId fail);
  ValueId try_call(FunctionId body, Operands args, BlockId normal, BlockId handler);
  void raise(ErrorKind error, Operands args, SiteId site);
  void reraise(Operand error_class, Operand reason, Operand trace, SiteId site);
  ValueId recv_next(BlockId message, BlockId none);
  void recv_wait(BlockId next);
  void recv_wait_timeout(Operand timeout, BlockId next, BlockId timed_out, SiteId site);

  // -- literals
  Operand atom(std::string_view text) { return module_.atom(text); }
  Operand integer(int64_t value) { return module_.integer(value); }
  Operand nil() { return module_.nil(); }

 private:
  ValueId add(Instr instr);
  void close(Terminator term);
  ValueId add_result(Instr instr);

  Module& module_;
  FunctionId id_;
  TailCalls tail_calls_;
  Function f_;
  BlockId current_;
};

inline CallTarget local_call(FunctionId function) { return {.kind = CallKind::Local, .function = function}; }
inline CallTarget remote_call(LiteralId module, LiteralId name) {
  return {.kind = CallKind::Remote, .function = {}, .module = module, .name = name};
}

// Puts blocks into reverse postorder (the entry stays first) and removes those that nothing reaches.
void renumber_blocks(Function& function);

}  // namespace hj::core
