#include <fmt/ostream.h>

#include "jit/codegen/plan.h"

namespace hj::codegen {

namespace {

class Dump {
 public:
  Dump(const core::Module& module, const ModulePlan& plan, std::ostream& out) : module_(module), plan_(plan), out_(out) {}

  void run() {
    for (size_t i = 0; i < plan_.functions.size(); ++i) function(core::FunctionId{i});
  }

 private:
  void function(core::FunctionId id);
  void entry(const core::Function& function, const FunctionPlan& plan, const EntryPlan& entry, uint32_t number);
  void frame(const FunctionPlan& plan, FrameId id);
  void node(const core::Function& function, const FunctionPlan& plan, const EntryPlan& entry, size_t position);

  const core::Module& module_;
  const ModulePlan& plan_;
  std::ostream& out_;
};

const char* name_of(rt::EntryKind kind) {
  switch (kind) {
    case rt::EntryKind::Function: return "function";
    case rt::EntryKind::Continuation: return "continuation";
    case rt::EntryKind::Handler: return "handler";
    case rt::EntryKind::Block: return "block";
  }
  return "";
}

void Dump::frame(const FunctionPlan& plan, FrameId id) {
  const FramePlan& frame = plan.frames[id.index];
  fmt::print(out_, "[{}", frame.words);
  for (core::ValueId value : frame.values) fmt::print(out_, " %{}@{}", value.index, plan.slots[value.index]);
  fmt::print(out_, "]");
}

void Dump::node(const core::Function& function, const FunctionPlan& plan, const EntryPlan& entry, size_t position) {
  const NodeId id = entry.nodes[position];
  const Node& node = plan.nodes[id.index];
  fmt::print(out_, "    n{} b{}", id.index, node.block.index);
  switch (node.start) {
    case NodeStart::Block: break;
    case NodeStart::CallReturn: fmt::print(out_, " from call"); break;
    case NodeStart::TryReturn: fmt::print(out_, " from try"); break;
    case NodeStart::TryHandler: fmt::print(out_, " from exception"); break;
  }
  if (node.last > node.first) fmt::print(out_, " instrs {}..{}", node.first, node.last - 1);
  if (entry.checks[position]) fmt::print(out_, " check {}", entry.needs[position]);
  if (node.frame.valid()) {
    fmt::print(out_, " push ");
    frame(plan, node.frame);
    fmt::print(out_, " return e{}", plan.nodes[node.returns_to.index].entry.index);
    if (node.handler.valid()) fmt::print(out_, " handler e{}", plan.nodes[node.handler.index].entry.index);
  }
  for (NodeId next : node.successors) {
    const EntryId root = plan.nodes[next.index].entry;
    fmt::print(out_, " {}{}", root.valid() ? "e" : "n", root.valid() ? root.index : next.index);
  }
  fmt::print(out_, "\n");
}

void Dump::entry(const core::Function& function, const FunctionPlan& plan, const EntryPlan& entry, uint32_t number) {
  fmt::print(out_, "  e{} {}{}", number, entry.is_wrapper ? "wrapper " : "", name_of(entry.kind));
  if (entry.jumped_to) fmt::print(out_, " jumped_to");
  if (entry.reductions == ReductionRule::Counted) fmt::print(out_, " counted");
  fmt::print(out_, " live {}", entry.live_args);
  if (!entry.args.empty()) {
    fmt::print(out_, " (");
    for (size_t i = 0; i < entry.args.size(); ++i) fmt::print(out_, "{}%{}", i > 0 ? " " : "", entry.args[i].index);
    fmt::print(out_, ")");
  }
  if (entry.need > 0) fmt::print(out_, " need {}", entry.need);
  if (entry.frame.valid()) {
    fmt::print(out_, " frame ");
    frame(plan, entry.frame);
  }
  if (entry.handler.valid()) fmt::print(out_, " handler e{}", entry.handler.index);
  fmt::print(out_, "\n");
  for (size_t i = 0; i < entry.nodes.size(); ++i) node(function, plan, entry, i);
}

void Dump::function(core::FunctionId id) {
  const core::Function& function = module_.functions[id.index];
  const FunctionPlan& plan = plan_.functions[id.index];
  fmt::print(out_, "{}{}/{}\n", id.index > 0 ? "\n" : "", function.name, function.arity);
  for (uint32_t i = 0; i < plan.entries.size(); ++i) {
    entry(function, plan, plan.entries[i], plan.first_entry.index + i);
  }
}

}  // namespace

void dump_plan(const core::Module& module, const ModulePlan& plan, std::ostream& out) { Dump(module, plan, out).run(); }

}  // namespace hj::codegen
