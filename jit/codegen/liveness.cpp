#include "jit/codegen/liveness.h"

#include <algorithm>

namespace hj::codegen {

using core::ValueId;

namespace {

struct Use {
  ValueId value;
  NodeId node;
  auto operator<=>(const Use&) const = default;
};

class Liveness {
 public:
  Liveness(const core::Function& function, const FunctionPlan& plan)
      : function_(function), plan_(plan), defined_in_(function.value_types.size()), seen_for_(plan.nodes.size()),
        predecessors_(plan.nodes.size()), live_(plan.entries.size()) {}

  std::vector<std::vector<ValueId>> run() {
    for (size_t i = 0; i < plan_.nodes.size(); ++i) collect(NodeId{i});
    std::sort(uses_.begin(), uses_.end());
    uses_.erase(std::unique(uses_.begin(), uses_.end()), uses_.end());
    // Values come in ascending order, so the sets are made sorted.
    for (const Use& use : uses_) walk_back(use);
    return std::move(live_);
  }

 private:
  void collect(NodeId id);
  void use_all(NodeId node, std::span<const core::Operand> operands) {
    for (core::Operand operand : operands) {
      if (operand.is_value()) uses_.push_back({operand.value(), node});
    }
  }
  void define(NodeId node, ValueId value) {
    if (value.valid()) defined_in_[value.index] = node;
  }
  void walk_back(const Use& use);
  void reach(ValueId value, NodeId node);

  const core::Function& function_;
  const FunctionPlan& plan_;
  std::vector<NodeId> defined_in_;                  // by ValueId
  std::vector<ValueId> seen_for_;                   // by NodeId: the value that last reached the node's start
  std::vector<std::vector<NodeId>> predecessors_;   // by NodeId, returns and handlers included
  std::vector<Use> uses_;
  std::vector<NodeId> work_;
  std::vector<std::vector<ValueId>> live_;          // by entry
};

void Liveness::collect(NodeId id) {
  const Node& node = plan_.nodes[id.index];
  const core::Block& block = function_.block(node.block);
  for (NodeId next : node.successors) predecessors_[next.index].push_back(id);
  if (node.returns_to.valid()) predecessors_[node.returns_to.index].push_back(id);
  if (node.handler.valid()) predecessors_[node.handler.index].push_back(id);

  for_each_definition_at_start(function_, node, [&](ValueId value) { define(id, value); });
  if (node.end == NodeEnd::Edge) {
    use_all(id, block.term.edges[node.start == NodeStart::TryReturn ? 0 : 1].args);
    return;
  }
  for (uint32_t i = node.first; i < node.last; ++i) {
    use_all(id, block.instrs[i].args);
    define(id, block.instrs[i].result);
  }
  if (node.end == NodeEnd::Call) {
    use_all(id, block.instrs[node.last].args);
    return;
  }
  use_all(id, block.term.args);
  if (block.term.kind == core::TermKind::TryCall) return;
  define(id, block.term.result);
  for (const core::Edge& edge : block.term.edges) use_all(id, edge.args);
}

// The value is live at the node's start.
void Liveness::reach(ValueId value, NodeId node) {
  if (seen_for_[node.index] == value) return;
  seen_for_[node.index] = value;
  const EntryId entry = plan_.nodes[node.index].entry;
  if (entry.valid()) live_[entry.index - plan_.first_entry.index].push_back(value);
  work_.push_back(node);
}

void Liveness::walk_back(const Use& use) {
  const NodeId definition = defined_in_[use.value.index];
  if (use.node == definition) return;
  reach(use.value, use.node);
  while (!work_.empty()) {
    const NodeId node = work_.back();
    work_.pop_back();
    for (NodeId before : predecessors_[node.index]) {
      if (before != definition) reach(use.value, before);
    }
  }
}

}  // namespace

void for_each_definition_at_start(const core::Function& function, const Node& node,
                                  const std::function<void(ValueId)>& visit) {
  const core::Block& block = function.block(node.block);
  switch (node.start) {
    case NodeStart::Block:
      for (ValueId param : block.params) visit(param);
      break;
    case NodeStart::CallReturn: visit(block.instrs[node.first - 1].result); break;
    case NodeStart::TryReturn: visit(block.term.result); break;
    case NodeStart::TryHandler: break;
  }
}

std::vector<std::vector<ValueId>> live_at_entries(const core::Function& function, const FunctionPlan& plan) {
  return Liveness(function, plan).run();
}

}  // namespace hj::codegen
