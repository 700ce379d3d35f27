// The plan of a module's code: how each function is cut into segments, what stands in its frames, and every entry.
//
// Code generation is two steps. Planning decides everything that both tiers, the collector, stack traces and a purge must agree
// on, and knows no LLVM; emission turns each entry of the plan into one LLVM function. So the cut is tested as text
// (dump_plan), and the tiers cannot differ in it.
//
// Vocabulary:
//   node     a stretch of a core block without a non-tail call inside. A block with two calls is three nodes: up to the
//            first call, from its return to the second, the rest. The normal and the exceptional way out of a TryCall are
//            nodes of their own, which only pass an edge on.
//   entry    a place a process can be resumed at (descriptor.h). Its first node is its root.
//   segment  an entry's root and all nodes reached from it before another entry: one LLVM function, without loops.
//   frame    what is on the stack while a call runs, and what stands on top of the stack at its continuation.
//   slot     a value's place in frames, the same in every frame of its function. Slots count from the *end* of a frame (the
//            caller's side), so frames of different size share their slots, and a value stored for one call need not be
//            stored again for the next.
//
// Invariants:
//   PL1  Every node that can be reached belongs to one segment, or is a leaf (small, without successors) that several repeat.
//   PL2  In EntryPlan::nodes every node stands behind its predecessors within the segment.
//   PL3  A frame's values are all values live at the node the frame's call returns to (and at its handler), without the
//        values these define themselves. No two values live in one frame share a slot.
//   PL4  An entry's need covers every path of its segment: words allocated, and words by which a frame pushed is
//        larger than the frame the entry found. The frame an entry found stays unharmed for the whole segment.
//   PL5  Leaves repeated in several segments define values that nobody else uses.
//   PL6  On every path the check for free words stands before anything that cannot be done twice: behind it the entry starts
//        again, with the arguments and the frame it found.
//
// Threads: built by one thread, read by any afterwards.
#pragma once
#include <cstdint>
#include <functional>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/ids.h"
#include "frontend/core/core.h"
#include "jit/codegen/lowered_module.h"
#include "runtime/native/native.h"

namespace hj::codegen {

using NodeId = Id<struct NodeTag>;     // of one function
using FrameId = Id<struct FrameTag>;   // of one function

// Arguments beyond this many are passed in one tuple, as the last of kPackedAt + 1 (a descriptor counts at most 255).
inline constexpr uint32_t kPackedAt = 254;
// Leaf natives with more arguments are called through their cells: with the process, C passes six in registers.
inline constexpr size_t kMaxInlineNativeArity = 5;
// A shared block with more live values than this finds them in a frame instead of in argument registers.
inline constexpr size_t kMaxBlockArgs = rt::kArgRegisters;

enum class NodeStart : uint8_t {
  Block,       // the block's parameters are set by its predecessors
  CallReturn,  // x0 is the value of the call before
  TryReturn,   // x0 is the value of the TryCall
  TryHandler,  // x0, x1, x2: class, reason, raw trace
};
enum class NodeEnd : uint8_t {
  Call,        // the instruction behind the node's last is a call that pushes a frame
  Terminator,  // the block's terminator
  Edge,        // TryReturn, TryHandler: one of the TryCall's edges
};

struct Node {
  NodeStart start = NodeStart::Block;
  NodeEnd end = NodeEnd::Terminator;
  core::BlockId block;
  uint32_t first = 0;                // instructions [first, last) of the block run here
  uint32_t last = 0;
  std::vector<NodeId> successors;    // the terminator's edges, in order; none of Call and TryCall
  NodeId returns_to;                 // Call, TryCall
  NodeId handler;                    // TryCall
  FrameId frame;                     // Call, TryCall: what it pushes
  EntryId entry;                     // when it is a root
};

struct FramePlan {
  std::vector<core::ValueId> values = {};   // sorted
  uint32_t words = 1;                  // return address included
  uint32_t slot_map = 0;               // first word in ModulePlan::slot_maps
};

enum class ReductionRule : uint8_t { Free, Counted };

struct EntryPlan {
  rt::EntryKind kind = rt::EntryKind::Function;
  bool is_wrapper = false;               // of a Lambda: unpacks the closure, goes on at the function's entry
  bool jumped_to = false;                // kind Continuation, but reached by jumps that push its frame
  ReductionRule reductions = ReductionRule::Free;
  NodeId root;                           // none: a wrapper
  std::vector<core::ValueId> args;       // Function, Block: the values in x0, x1, ...
  FrameId frame;                         // Continuation, Handler: the frame at sp
  EntryId handler;                       // Continuation of a TryCall
  std::vector<NodeId> nodes;             // the segment, root first (PL2)
  std::vector<uint32_t> needs;           // beside nodes: words needed from the node's start on
  std::vector<bool> checks;              // beside nodes: whether the node begins with the check for its need (PL6)
  uint32_t need = 0;
  uint32_t live_args = 0;
  uint32_t site = 0;
};

struct FunctionPlan {
  EntryId first_entry;                   // the function's own entry; the others follow
  EntryId wrapper;                       // Lambda
  std::vector<Node> nodes;
  std::vector<EntryPlan> entries;
  std::vector<FramePlan> frames;
  std::vector<uint32_t> slots;           // by ValueId; kNoSlot when in no frame
  uint32_t lambda = 0;                   // Lambda: index into LoweredModule::lambdas

  EntryPlan& entry(EntryId id) { return entries[id.index - first_entry.index]; }
  const EntryPlan& entry(EntryId id) const { return entries[id.index - first_entry.index]; }
};
inline constexpr uint32_t kNoSlot = UINT32_MAX;

// Leaf natives by call target: which calls do not cut.
class NativeLookup {
 public:
  using Finder = std::function<const rt::NativeEntry*(std::string_view, std::string_view, uint32_t)>;
  NativeLookup(const core::Module& module, Finder finder) : module_(module), finder_(std::move(finder)) {}

  // The leaf native a constant remote call leads to, or null.
  const rt::NativeEntry* leaf(const core::CallTarget& target, size_t arity);
  // erlang:Name/arity as a leaf, or null.
  const rt::NativeEntry* bif(core::Bif bif);
  const rt::NativeEntry* erlang(std::string_view name, uint32_t arity);

 private:
  const core::Module& module_;
  Finder finder_;
  std::unordered_map<std::string, const rt::NativeEntry*> known_;
};

struct ModulePlan {
  std::vector<FunctionPlan> functions;   // by FunctionId
  uint32_t entry_count = 0;
  std::vector<LoweredDescriptor> descriptors;
  std::vector<uint64_t> slot_maps;
  std::vector<rt::SiteInfo> sites;
  std::vector<LoweredLambda> lambdas;

  // Index of a site in `sites`; a function's own site stands in for none.
  uint32_t site_index(const core::Module& module, core::FunctionId function, core::SiteId site) const;
  std::vector<uint32_t> function_sites;  // by FunctionId
};

ModulePlan plan_module(const core::Module& module, NativeLookup& natives);

// The text form of a plan: stable order.
void dump_plan(const core::Module& module, const ModulePlan& plan, std::ostream& out);

// Number of arguments at the function's entry, packing included.
uint32_t entry_arity(const core::Function& function);
// Words of the tuple that carries the arguments from kPackedAt on; 0 when there are none.
uint32_t packed_words(size_t arg_count);

}  // namespace hj::codegen
