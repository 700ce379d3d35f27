// Functions that never return: those that always raise, and loops that go on for ever.
//
// OTP's compiler finds out which functions of a module never return and makes every call of one a tail call, since what
// is behind it cannot be reached. The caller's frame is then missing in stack traces. Programs print those, so we do
// the same. Bodies of try keep their calls: an exception has to come back there.
#include "frontend/opt/passes.h"

namespace hj::opt {

using core::Block;
using core::CallKind;
using core::CallTarget;
using core::Function;
using core::FunctionId;
using core::FunctionKind;
using core::Instr;
using core::InstrKind;
using core::Literal;
using core::Module;
using core::Terminator;
using core::TermKind;

namespace {

class NoReturn {
 public:
  explicit NoReturn(Module& module) : m_(module), returns_(module.functions.size()) {}
  void run();

 private:
  bool may_return(const CallTarget& target, size_t arg_count) const;
  bool may_return(const Function& f) const;
  void cut(Function& f) const;

  Module& m_;
  std::vector<bool> returns_;
};

bool NoReturn::may_return(const CallTarget& target, size_t arg_count) const {
  if (target.kind == CallKind::Local) return returns_[target.function.index];
  if (target.kind != CallKind::Remote || m_.literals[target.module.index].text != "erlang") return true;
  const std::string& name = m_.literals[target.name.index].text;
  if (name == "error") return arg_count < 1 || arg_count > 3;
  return !((name == "exit" || name == "throw") && arg_count == 1);
}

// Whether a return can be reached, as far as is known of the functions it calls.
bool NoReturn::may_return(const Function& f) const {
  std::vector<bool> seen(f.blocks.size());
  std::vector<uint32_t> pending{0};
  seen[0] = true;
  while (!pending.empty()) {
    const Block& block = f.blocks[pending.back()];
    pending.pop_back();
    bool ends = false;
    for (const Instr& instr : block.instrs) {
      ends = ends || (instr.kind == InstrKind::Call && !may_return(instr.target, instr.args.size()));
    }
    if (ends) continue;
    const Terminator& t = block.term;
    if (t.kind == TermKind::Return) return true;
    if (t.kind == TermKind::TailCall && may_return(t.target, t.args.size())) return true;
    for (size_t e = 0; e < t.edges.size(); ++e) {
      if (t.kind == TermKind::TryCall && e == 0 && !returns_[t.target.function.index]) continue;
      uint32_t target = t.edges[e].target.index;
      if (seen[target]) continue;
      seen[target] = true;
      pending.push_back(target);
    }
  }
  return false;
}

void NoReturn::cut(Function& f) const {
  if (f.kind == FunctionKind::TryBody) return;
  for (Block& block : f.blocks) {
    for (size_t i = 0; i < block.instrs.size(); ++i) {
      Instr& call = block.instrs[i];
      if (call.kind != InstrKind::Call || call.target.kind != CallKind::Local) continue;
      if (returns_[call.target.function.index]) continue;
      Terminator tail{
          .kind = TermKind::TailCall, .target = call.target, .args = std::move(call.args), .site = call.site};
      block.term = std::move(tail);
      block.instrs.resize(i);
      break;
    }
  }
}

void NoReturn::run() {
  // Callers are asked again when a function they call turns out to return.
  std::vector<std::vector<uint32_t>> callers(m_.functions.size());
  for (uint32_t i = 0; i < m_.functions.size(); ++i) {
    for (const Block& block : m_.functions[i].blocks) {
      for (const Instr& instr : block.instrs) {
        if (instr.kind == InstrKind::Call && instr.target.kind == CallKind::Local) {
          callers[instr.target.function.index].push_back(i);
        }
      }
      const Terminator& t = block.term;
      bool calls = t.kind == TermKind::TryCall || (t.kind == TermKind::TailCall && t.target.kind == CallKind::Local);
      if (calls) callers[t.target.function.index].push_back(i);
    }
  }
  std::vector<uint32_t> pending;
  for (uint32_t i = 0; i < m_.functions.size(); ++i) pending.push_back(i);
  while (!pending.empty()) {
    uint32_t i = pending.back();
    pending.pop_back();
    if (returns_[i] || !may_return(m_.functions[i])) continue;
    returns_[i] = true;
    pending.insert(pending.end(), callers[i].begin(), callers[i].end());
  }
  for (Function& f : m_.functions) cut(f);
}

}  // namespace

void end_at_calls_without_return(Module& module) { NoReturn(module).run(); }

}  // namespace hj::opt
