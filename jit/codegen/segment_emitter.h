// One entry of the plan becomes one LLVM function: the segment behind it as basic blocks, every way out a musttail call.
//
// The methods are spread over files by what they compile: segment_emitter.cpp (the frame of a function, values, edges),
// lower_call, lower_data, lower_arithmetic, lower_test, lower_receive, lower_exception, lower_bif.
//
// Values are SSA values. What the entry found in its frame is loaded where it is used, once per basic block: without
// optimization a second load costs less than the spill and reload of a register allocator that works block by block, and with
// it the loads are merged. What only passes through stays in its slot and is never touched.
//
// Invariants:
//   SE1  The frame found at the entry is written by the last instructions of a path only, behind every load from it (PL4).
//   SE2  hp is known as a base and a distance in words; it is materialized where it leaves the segment, at joins of paths
//        that allocated differently, and around calls that allocate.
//   SE3  remaining_ is what the plan says the path still needs: a call that allocates leaves that much free.
//
// Threads: one.
#pragma once
#include <llvm/IR/IRBuilder.h>

#include <functional>
#include <span>
#include <utility>
#include <vector>

#include "jit/codegen/heap_needs.h"
#include "jit/codegen/module_context.h"
#include "jit/codegen/plan.h"
#include "runtime/abi/context.h"

namespace hj::codegen {

enum class CallMode : uint8_t { Tail, Pushed };

class SegmentEmitter {
 public:
  SegmentEmitter(ModuleContext& module, core::FunctionId function);
  void emit(EntryId id);

 private:
  using Value = llvm::Value;
  using BasicBlock = llvm::BasicBlock;
  using Operands = std::span<const core::Operand>;
  using Values = std::vector<Value*>;

  // hp, as a base and a number of words above it.
  struct HeapTop {
    Value* base = nullptr;
    int64_t words = 0;
    bool operator==(const HeapTop&) const = default;
  };
  // A way into a block: from where, with which hp and parameters.
  struct Incoming {
    BasicBlock* from;
    HeapTop heap;
    Values args;
  };
  struct NodeState {
    BasicBlock* block = nullptr;
    std::vector<Incoming> incoming;
  };

  // Several paths that meet and bring a value each (or none).
  class Join {
   public:
    Join(SegmentEmitter& emitter, const char* name) : emitter_(emitter), block_(emitter.new_block(name)) {}
    // Ends the current block with a jump here.
    void add(Value* value);
    // The block, for a conditional branch out of the current block that brings `value`.
    BasicBlock* branch(Value* value);
    bool is_reached() const { return !incoming_.empty(); }
    // Nothing leads here after all.
    void discard() { block_->eraseFromParent(); }
    // Continues in the joined block; the value, or null.
    Value* finish();

   private:
    SegmentEmitter& emitter_;
    BasicBlock* block_;
    std::vector<Incoming> incoming_;
  };

  // Where the two outcomes of a test lead. Each call is for one branch out of the current block.
  struct Outcomes {
    std::function<BasicBlock*()> yes;
    std::function<BasicBlock*()> no;
  };

  // What happens when an operation raises: the exception, or a guard's fail edge.
  // Whose name stands first in the trace: the native's that raised, or only the function's it is called in.
  enum class Blame : uint8_t { Native, Caller };
  struct Failure {
    core::SiteId site = {};
    Join* fail = nullptr;
    Blame blame = Blame::Native;
  };

  // The edges of a terminator as targets of branches. Edges that need code of their own get a block, written by flush().
  class Edges {
   public:
    Edges(SegmentEmitter& emitter, const core::Terminator& term, const Node& node)
        : emitter_(emitter), term_(term), node_(node), own_(term.edges.size()) {}
    BasicBlock* operator()(size_t index);
    void flush();

   private:
    SegmentEmitter& emitter_;
    const core::Terminator& term_;
    const Node& node_;
    std::vector<NodeState> own_;   // by edge: its block
  };

  // -- the function around a segment (segment_emitter.cpp)
  void begin_function(EntryId id);
  void emit_checks();
  void check_free(uint32_t words);
  // Leaves by a stub that comes back to this entry, when the condition holds. All such exits share one transfer, as do all
  // exceptions: to LLVM a tail call is by far the dearest instruction.
  void leave_when(Value* condition, const char* stub, std::optional<uint32_t> need);
  void define_arguments();
  void emit_node(size_t position);
  void begin_node(NodeId id);
  void end_node(const Node& node);
  void emit_shared_exits();
  void finish_function();
  BasicBlock* new_block(const char* name);
  BasicBlock* new_cold_block(const char* name);

  // -- values
  Value* value(core::Operand operand);
  Values values(Operands operands);
  void define(core::ValueId id, Value* value);
  bool is_in_found_frame(core::ValueId id) const;
  Value* load_slot(core::ValueId id);
  core::ValueType type_of(core::Operand operand) const;
  std::optional<uint64_t> immediate(core::Operand operand) const;
  Value* phi_of(const std::vector<Incoming>& incoming, size_t arg);
  void merge_heap(const std::vector<Incoming>& incoming);
  Value* materialized(const Incoming& incoming);

  // -- memory
  Value* heap_top();
  // The address of the next free word, and one word less to allocate.
  void store_word(Value* word);
  Value* tagged_top(uint64_t tag);
  Value* load_heap(Value* tagged, uint64_t tag, uint64_t word_index);
  Value* stack_at(int64_t words);   // relative to the sp of the entry
  Value* base();                    // sp of the caller's frame
  llvm::LoadInst* load(llvm::Type* type, Value* address, MemoryKind kind);
  void store(Value* value, Value* address, MemoryKind kind);
  Value* field(size_t offset);
  void set_field(size_t offset, Value* value);
  uint64_t found_words() const;

  // -- ways out
  void leave(Value* target, Value* sp, const Values& args);
  // args[first..] into p->x[first..].
  void store_arguments(const Values& args, size_t first);
  void leave_to(EntryId entry, Value* sp, const Values& args) { leave(module_.entry(entry), sp, args); }
  void return_value(Value* value);
  // Pushes the frame under `return_to`: the sp to go on with. `fresh` values were made for this frame.
  Value* push_frame(FrameId frame, EntryId return_to, std::span<const std::pair<core::ValueId, Value*>> fresh = {});
  // Follows an edge from the current block, which ends. `first` stand in front of the edge's own arguments.
  void follow(const core::Edge& edge, NodeId target, const Values& first = {});
  // Arguments and sp for an entry that is jumped to, its frame pushed when it wants one.
  std::pair<Values, Value*> prepare_entry(const core::Edge& edge, NodeId target, const Values& first);

  // -- calls (lower_call.cpp)
  void lower_call_end(const Node& node);
  void lower_tail_call(const core::Terminator& term);
  void lower_try_call(const Node& node, const core::Terminator& term);
  void go(const core::CallTarget& target, Values args, Value* sp, CallMode mode, core::SiteId site);
  void go_local(core::FunctionId function, Values args, Value* sp);
  void go_cell(const core::CallTarget& target, const Values& args, Value* sp);
  void go_dynamic(Values args, Value* sp, CallMode mode, core::SiteId site);
  void enter_cell(Value* cell, const Values& args, Value* sp);
  void go_fun(Values args, Value* sp, CallMode mode, core::SiteId site);
  void note_caller(CallMode mode, core::SiteId site);
  Value* lower_native_call(const core::Instr& instr);
  Values pack_arguments(Values args);
  void emit_wrapper();
  // A call of a native or helper in the middle of the segment; hp is saved and reloaded when it allocates.
  Value* call_native(const rt::NativeEntry& native, const Values& args, const Failure& failure, CallPath path);
  Value* call_helper(llvm::FunctionCallee helper, const Values& args, Allocates allocates, CallPath path = CallPath::Usual);
  void before_allocating_call();
  void after_allocating_call();

  // -- data (lower_data.cpp)
  void lower_instr(const core::Instr& instr);
  Value* lower_cons(Operands args);
  Value* lower_tuple(Operands args);
  Value* lower_make_fun(const core::Instr& instr);

  // -- built-in functions (lower_bif.cpp)
  Value* lower_bif(core::Bif bif, Operands args, const Failure& failure);
  void lower_try_bif(const Node& node, const core::Terminator& term);
  Value* bif_by_native(core::Bif bif, Operands args, const Failure& failure, CallPath path);
  Value* bif_by_test(core::TestKind test, Operands args);
  Value* lower_boolean(core::Bif bif, Operands args, const Failure& failure);
  Value* lower_list_access(core::Bif bif, Operands args, const Failure& failure);
  Value* lower_element(Operands args, const Failure& failure);
  Value* lower_tuple_size(core::Bif bif, Operands args, const Failure& failure);

  // -- arithmetic (lower_arithmetic.cpp)
  // What the fast path of an operation computes from small integers; branches to `slow` where it cannot.
  using SmallCode = std::function<Value*(Value* a, Value* b, BasicBlock* slow)>;
  Value* lower_arithmetic(core::Bif bif, Operands args, const Failure& failure);
  Value* lower_small(core::Bif bif, Operands args, const Failure& failure, const SmallCode& fast);
  Value* lower_float(core::Bif bif, Operands args, const Failure& failure);
  Value* lower_shift(core::Bif bif, Operands args, const Failure& failure);
  Value* lower_division(core::Bif bif, Operands args, const Failure& failure);
  Value* overflow_checked(llvm::Intrinsic::ID operation, Value* a, Value* b, BasicBlock* slow);
  Value* as_double(core::Operand operand, BasicBlock* slow);
  Value* box_float(Value* number);
  Value* slow_arithmetic(core::Bif bif, Operands args, const Failure& failure);
  // Whether all operands are small integers, as a condition; null when it is known.
  Value* all_small(Operands args);

  // -- tests (lower_test.cpp)
  void lower_branch(const Node& node, const core::Terminator& term);
  void lower_switch(const Node& node, const core::Terminator& term);
  void lower_switch_arity(const Node& node, const core::Terminator& term);
  void emit_test(core::TestKind test, Operands args, uint32_t index, const Outcomes& to);
  void branch(Value* condition, const Outcomes& to);
  void test_tag(Value* word, uint64_t mask, uint64_t tag, const Outcomes& to);
  // Whether `word` is boxed and its header fits: (header & mask) == wanted.
  void test_header(core::Operand operand, uint64_t mask, uint64_t wanted, const Outcomes& to);
  void test_tagged_tuple(Operands args, uint32_t size, const Outcomes& to);
  void test_function_of_arity(Operands args, const Outcomes& to);
  void test_equal(core::TestKind test, Operands args, const Outcomes& to);
  void test_order(core::TestKind test, Operands args, const Outcomes& to);
  void test_number(core::TestKind test, core::Operand operand, const Outcomes& to);
  void test_by_native(const char* name, Operands args, const Outcomes& to);
  Value* header_of(Value* boxed);

  // -- receive (lower_receive.cpp)
  void lower_recv_next(const Node& node, const core::Terminator& term);
  void lower_recv_wait(const Node& node, const core::Terminator& term);
  void wait_at(const core::Edge& edge, NodeId loop);

  // -- exceptions (lower_exception.cpp)
  void lower_raise_error(const core::Terminator& term);
  void lower_reraise(const core::Terminator& term);
  // Ends the current block: the exception is set.
  void raise(core::SiteId site, const rt::NativeEntry* native, const Values& native_args);
  void set_raise_site(core::SiteId site);

  ModuleContext& module_;
  core::FunctionId function_id_;
  const core::Function& function_;
  const FunctionPlan& plan_;
  llvm::IRBuilder<> b_;

  // -- of the entry at hand
  const EntryPlan* entry_ = nullptr;
  llvm::Function* code_ = nullptr;
  Value* process_ = nullptr;
  Value* sp_ = nullptr;
  Value* reductions_ = nullptr;
  Value* x_[rt::kArgRegisters] = {};
  HeapTop heap_;
  uint32_t remaining_ = 0;
  std::vector<BasicBlock*> cold_;
  std::optional<Join> again_;    // back to the scheduler or the collector, with the stub that leads there
  std::optional<Join> raised_;   // the exception and its place are stored

  // -- by ValueId and NodeId, valid where the stamp is this entry's
  struct Known {
    uint32_t stamp = 0;
    BasicBlock* block = nullptr;   // loaded from its slot in this block; null: an SSA value of the segment
    Value* value = nullptr;
  };
  uint32_t stamp_ = 0;
  std::vector<Known> known_;
  std::vector<NodeState> nodes_;
};

}  // namespace hj::codegen
