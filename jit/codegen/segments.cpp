#include "jit/codegen/segments.h"

#include <algorithm>
#include <optional>

#include "base/check.h"

namespace hj::codegen {

using core::Instr;
using core::InstrKind;
using core::Terminator;
using core::TermKind;

namespace {

// Limits of what is repeated instead of becoming an entry.
constexpr size_t kLeafInstrs = 2;
constexpr size_t kLeafTuple = 4;
constexpr size_t kLeafCallArgs = 4;

class Cutter {
 public:
  Cutter(const core::Function& function, NativeLookup& natives, EntryId first, FunctionPlan& plan)
      : function_(function), natives_(natives), first_(first), plan_(plan) {}

  void run() {
    make_nodes();
    link_nodes();
    mark_forced_roots();
    assign_owners();
    make_entries();
  }

 private:
  void make_nodes();
  void make_nodes_of(core::BlockId block);
  void link_nodes();
  void mark_forced_roots();
  void assign_owners();
  void make_entries();
  std::vector<NodeId> ordered_from(std::span<const NodeId> starts) const;
  bool is_small_leaf(const Node& node) const;

  const core::Block& block_of(const Node& node) const { return function_.block(node.block); }

  const core::Function& function_;
  NativeLookup& natives_;
  EntryId first_;
  FunctionPlan& plan_;
  std::vector<NodeId> first_node_;   // by BlockId
  std::vector<bool> is_root_;        // by NodeId
};

}  // namespace

bool cuts(const Instr& instr, NativeLookup& natives) {
  if (instr.kind != InstrKind::Call) return false;
  return natives.leaf(instr.target, instr.args.size()) == nullptr;
}

static std::vector<bool> reachable_blocks(const core::Function& function) {
  std::vector<bool> seen(function.blocks.size());
  std::vector<core::BlockId> work{core::BlockId{0u}};
  seen[0] = true;
  while (!work.empty()) {
    const core::BlockId block = work.back();
    work.pop_back();
    for (const core::Edge& edge : function.block(block).term.edges) {
      if (seen[edge.target.index]) continue;
      seen[edge.target.index] = true;
      work.push_back(edge.target);
    }
  }
  return seen;
}

void Cutter::make_nodes() {
  first_node_.resize(function_.blocks.size());
  const std::vector<bool> reachable = reachable_blocks(function_);
  for (size_t i = 0; i < function_.blocks.size(); ++i) {
    if (reachable[i]) make_nodes_of(core::BlockId{i});
  }
}

void Cutter::make_nodes_of(core::BlockId id) {
  const core::Block& block = function_.block(id);
  auto add = [&](NodeStart start, NodeEnd end, uint32_t first, uint32_t last) {
    Node& node = plan_.nodes.emplace_back();
    node.start = start;
    node.end = end;
    node.block = id;
    node.first = first;
    node.last = last;
    return NodeId{plan_.nodes.size() - 1};
  };
  first_node_[id.index] = NodeId{plan_.nodes.size()};
  NodeStart start = NodeStart::Block;
  uint32_t first = 0;
  const auto instr_count = static_cast<uint32_t>(block.instrs.size());
  for (uint32_t i = 0; i < instr_count; ++i) {
    if (!cuts(block.instrs[i], natives_)) continue;
    const NodeId node = add(start, NodeEnd::Call, first, i);
    plan_.nodes[node.index].returns_to = NodeId{node.index + 1};
    start = NodeStart::CallReturn;
    first = i + 1;
  }
  const NodeId last = add(start, NodeEnd::Terminator, first, instr_count);
  if (block.term.kind != TermKind::TryCall) return;
  const NodeId normal = add(NodeStart::TryReturn, NodeEnd::Edge, 0, 0);
  const NodeId handler = add(NodeStart::TryHandler, NodeEnd::Edge, 0, 0);
  plan_.nodes[last.index].returns_to = normal;
  plan_.nodes[last.index].handler = handler;
}

void Cutter::link_nodes() {
  for (Node& node : plan_.nodes) {
    const Terminator& term = block_of(node).term;
    if (node.end == NodeEnd::Edge) {
      const core::Edge& edge = term.edges[node.start == NodeStart::TryReturn ? 0 : 1];
      node.successors.push_back(first_node_[edge.target.index]);
    } else if (node.end == NodeEnd::Terminator && term.kind != TermKind::TryCall) {
      for (const core::Edge& edge : term.edges) node.successors.push_back(first_node_[edge.target.index]);
    }
  }
}

void Cutter::mark_forced_roots() {
  is_root_.resize(plan_.nodes.size());
  for (size_t i = 0; i < plan_.nodes.size(); ++i) is_root_[i] = plan_.nodes[i].start != NodeStart::Block;
  for (size_t b = 0; b < function_.blocks.size(); ++b) {
    const bool is_receive_loop = function_.blocks[b].term.kind == TermKind::RecvNext;
    if (first_node_[b].valid() && (b == 0 || is_receive_loop)) is_root_[first_node_[b].index] = true;
  }
}

// The nodes reached from `starts` without passing another root, every node behind its predecessors among them.
std::vector<NodeId> Cutter::ordered_from(std::span<const NodeId> starts) const {
  struct Visit {
    NodeId node;
    size_t next;
  };
  std::vector<NodeId> order;
  std::vector<Visit> stack;
  std::unordered_map<uint32_t, bool> seen;
  for (size_t s = starts.size(); s-- > 0;) {
    if (!seen.emplace(starts[s].index, true).second) continue;
    stack.push_back({starts[s], 0});
    while (!stack.empty()) {
      Visit& top = stack.back();
      const auto& successors = plan_.nodes[top.node.index].successors;
      // From the last to the first: the order of the result is then that of the source.
      if (top.next == successors.size()) {
        order.push_back(top.node);
        stack.pop_back();
        continue;
      }
      const NodeId next = successors[successors.size() - 1 - top.next++];
      if (!is_root_[next.index] && seen.emplace(next.index, true).second) stack.push_back({next, 0});
    }
  }
  std::reverse(order.begin(), order.end());
  return order;
}

static bool is_small(const Instr& instr) {
  switch (instr.kind) {
    case InstrKind::Cons:
    case InstrKind::Hd:
    case InstrKind::Tl:
    case InstrKind::TupleElement: return true;
    case InstrKind::Tuple: return instr.args.size() <= kLeafTuple;
    case InstrKind::Bif:
    case InstrKind::MakeFun:
    case InstrKind::Call:
    case InstrKind::RecvAccept:
    case InstrKind::RecvReject:
    case InstrKind::BuildStacktrace: return false;
  }
  HJ_UNREACHABLE("instruction kind {}", static_cast<int>(instr.kind));
}

bool Cutter::is_small_leaf(const Node& node) const {
  if (node.end != NodeEnd::Terminator || node.start != NodeStart::Block) return false;
  const core::Block& block = block_of(node);
  if (block.instrs.size() > kLeafInstrs || !std::all_of(block.instrs.begin(), block.instrs.end(), is_small)) return false;
  switch (block.term.kind) {
    case TermKind::Return:
    case TermKind::RaiseError:
    case TermKind::Reraise:
    case TermKind::Unreachable: return true;
    case TermKind::TailCall: return block.term.args.size() <= kLeafCallArgs;
    default: return false;
  }
}

void Cutter::assign_owners() {
  std::vector<NodeId> roots;
  for (size_t i = 0; i < plan_.nodes.size(); ++i) {
    if (is_root_[i]) roots.push_back(NodeId{i});
  }
  // The root whose segment a node belongs to; none: not reached yet, or a leaf that several repeat.
  std::vector<NodeId> owner(plan_.nodes.size());
  std::vector<bool> is_shared(plan_.nodes.size());
  for (NodeId id : ordered_from(roots)) {
    const Node& node = plan_.nodes[id.index];
    if (is_root_[id.index]) {
      owner[id.index] = id;
    } else if (is_shared[id.index] && !is_small_leaf(node)) {
      is_root_[id.index] = true;
      owner[id.index] = id;
    }
    for (NodeId next : node.successors) {
      if (is_root_[next.index]) continue;
      if (owner[next.index].valid() && owner[next.index] != owner[id.index]) is_shared[next.index] = true;
      owner[next.index] = owner[id.index];
    }
  }
}

static rt::EntryKind kind_of(const Node& node, core::BlockId entry_block) {
  switch (node.start) {
    case NodeStart::Block: return node.block == entry_block ? rt::EntryKind::Function : rt::EntryKind::Block;
    case NodeStart::CallReturn:
    case NodeStart::TryReturn: return rt::EntryKind::Continuation;
    case NodeStart::TryHandler: return rt::EntryKind::Handler;
  }
  HJ_UNREACHABLE("node start {}", static_cast<int>(node.start));
}

void Cutter::make_entries() {
  plan_.first_entry = first_;
  for (size_t i = 0; i < plan_.nodes.size(); ++i) {
    if (!is_root_[i]) continue;
    Node& node = plan_.nodes[i];
    node.entry = EntryId{first_.index + static_cast<uint32_t>(plan_.entries.size())};
    EntryPlan entry;
    entry.root = NodeId{i};
    entry.kind = kind_of(node, core::BlockId{0u});
    const NodeId start[] = {entry.root};
    entry.nodes = ordered_from(start);
    plan_.entries.push_back(std::move(entry));
  }
}

void cut_into_segments(const core::Function& function, NativeLookup& natives, EntryId first, FunctionPlan& plan) {
  Cutter(function, natives, first, plan).run();
}

}  // namespace hj::codegen
