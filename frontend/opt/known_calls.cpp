// F = fun ... end, F(X): the fun is known, and so is the function behind it. The call becomes a local call with the
// fun's free variables as further arguments, as OTP's compiler makes it. A wrong number of arguments stays a fun call,
// whose error is badarity.
#include "frontend/opt/passes.h"

namespace hj::opt {

using core::Block;
using core::CallKind;
using core::Function;
using core::Instr;
using core::InstrKind;
using core::Module;
using core::Operand;
using core::TermKind;

static bool make_local(const Module& module, const std::vector<const Instr*>& closures, core::CallTarget& target,
                       std::vector<Operand>& args) {
  if (target.kind != CallKind::Fun || args[0].is_literal()) return false;
  const Instr* closure = closures[args[0].value().index];
  if (closure == nullptr) return false;
  const Function& callee = module.functions[closure->function.index];
  if (callee.arity - callee.free_count != args.size() - 1) return false;
  args.erase(args.begin());
  args.insert(args.end(), closure->args.begin(), closure->args.end());
  target = {.kind = CallKind::Local, .function = closure->function};
  return true;
}

void call_known_funs(Module& module, Function& function) {
  std::vector<const Instr*> closures(function.value_types.size());
  bool any = false;
  for (const Block& block : function.blocks) {
    for (const Instr& instr : block.instrs) {
      if (instr.kind != InstrKind::MakeFun) continue;
      closures[instr.result.index] = &instr;
      any = true;
    }
  }
  if (!any) return;
  for (Block& block : function.blocks) {
    for (Instr& instr : block.instrs) {
      if (instr.kind == InstrKind::Call) make_local(module, closures, instr.target, instr.args);
    }
    if (block.term.kind == TermKind::TailCall) make_local(module, closures, block.term.target, block.term.args);
  }
}

}  // namespace hj::opt
