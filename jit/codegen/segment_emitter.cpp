#include "jit/codegen/segment_emitter.h"

#include <algorithm>
#include <cstddef>

#include "base/check.h"
#include "jit/codegen/liveness.h"

namespace hj::codegen {

using core::ValueId;
using rt::ProcessContext;

namespace {
constexpr uint64_t kWordBytes = sizeof(rt::Term);
}

SegmentEmitter::SegmentEmitter(ModuleContext& module, core::FunctionId function)
    : module_(module),
      function_id_(function),
      function_(module.core().functions[function.index]),
      plan_(module.plan().functions[function.index]),
      b_(module.llvm_context()),
      known_(function_.value_types.size()),
      nodes_(plan_.nodes.size()) {}

void SegmentEmitter::emit(EntryId id) {
  begin_function(id);
  if (entry_->is_wrapper) {
    if (entry_->need > 0) check_free(entry_->need);
    emit_wrapper();
  } else {
    define_arguments();
    for (size_t i = 0; i < entry_->nodes.size(); ++i) emit_node(i);
  }
  finish_function();
}

// -- the function around a segment

void SegmentEmitter::begin_function(EntryId id) {
  entry_ = &plan_.entry(id);
  code_ = module_.entry(id);
  ++stamp_;
  cold_.clear();
  for (NodeId node : entry_->nodes) nodes_[node.index] = {};
  b_.SetInsertPoint(BasicBlock::Create(module_.llvm_context(), "entry", code_));
  process_ = code_->getArg(0);
  heap_ = {code_->getArg(1), 0};
  sp_ = code_->getArg(2);
  reductions_ = code_->getArg(3);
  for (int i = 0; i < rt::kArgRegisters; ++i) x_[i] = code_->getArg(4 + i);
  process_->setName("p");
  heap_.base->setName("hp");
  sp_->setName("sp");
  reductions_->setName("reds");
  remaining_ = entry_->need;
  again_.emplace(*this, "again");
  raised_.emplace(*this, "raise");
  emit_checks();
}

void SegmentEmitter::leave_when(Value* condition, const char* stub, std::optional<uint32_t> need) {
  BasicBlock* away = new_cold_block(stub);
  BasicBlock* on = new_block("on");
  b_.CreateCondBr(condition, away, on, module_.unlikely());
  b_.SetInsertPoint(away);
  if (need) set_field(offsetof(ProcessContext, need), module_.word(*need));
  again_->add(module_.transfer(stub));
  b_.SetInsertPoint(on);
}

void SegmentEmitter::emit_checks() {
  if (entry_->reductions == ReductionRule::Counted) {
    // A plain load, so that it becomes the compare's operand: other threads write the word, and any value read will do.
    Value* poll = load(module_.word_type(), field(offsetof(ProcessContext, poll)), MemoryKind::Process);
    reductions_ = b_.CreateSub(reductions_, module_.word(1));
    leave_when(b_.CreateICmpSLE(reductions_, poll), "hj_yield", std::nullopt);
  }
  if (module_.options().chaos) {
    Value* left = load(module_.word_type(), field(offsetof(ProcessContext, chaos_collect)), MemoryKind::Process);
    left = b_.CreateSub(left, module_.word(1));
    set_field(offsetof(ProcessContext, chaos_collect), left);
    leave_when(b_.CreateICmpEQ(left, module_.word(0)), "hj_collect", entry_->need);
  }
}

// The entry runs again after the collection. That it counts another reduction then does not matter.
void SegmentEmitter::check_free(uint32_t words) {
  Value* limit = b_.CreateConstInBoundsGEP1_64(module_.word_type(), heap_top(), words);
  leave_when(b_.CreateICmpUGT(limit, sp_), "hj_collect", words);
}

void SegmentEmitter::define_arguments() {
  const bool is_packed = entry_->kind == rt::EntryKind::Function && packed_words(entry_->args.size()) > 0;
  const size_t direct = is_packed ? kPackedAt : entry_->args.size();
  Value* more = nullptr;
  auto argument = [&](size_t i) -> Value* {
    if (i < rt::kArgRegisters) return x_[i];
    if (more == nullptr) more = load(module_.pointer_type(), field(offsetof(ProcessContext, x)), MemoryKind::Process);
    return load(module_.word_type(), b_.CreateConstInBoundsGEP1_64(module_.word_type(), more, i), MemoryKind::Arguments);
  };
  for (size_t i = 0; i < direct; ++i) define(entry_->args[i], argument(i));
  if (is_packed) {
    Value* tuple = argument(kPackedAt);
    for (size_t i = kPackedAt; i < entry_->args.size(); ++i) {
      define(entry_->args[i], load_heap(tuple, rt::kBoxedTag, 1 + i - kPackedAt));
    }
  }
  const Node& root = plan_.nodes[entry_->root.index];
  if (root.start == NodeStart::CallReturn || root.start == NodeStart::TryReturn) {
    for_each_definition_at_start(function_, root, [&](ValueId id) { define(id, x_[0]); });
  }
}

void SegmentEmitter::emit_node(size_t position) {
  const NodeId id = entry_->nodes[position];
  const Node& node = plan_.nodes[id.index];
  if (id != entry_->root) begin_node(id);
  remaining_ = entry_->needs[position];
  if (entry_->checks[position]) check_free(remaining_);
  const core::Block& block = function_.block(node.block);
  for (uint32_t i = node.first; i < node.last; ++i) lower_instr(block.instrs[i]);
  end_node(node);
}

void SegmentEmitter::begin_node(NodeId id) {
  NodeState& state = nodes_[id.index];
  HJ_CHECK(state.block != nullptr, "PL2: {} node {} has no predecessor in its segment", function_.name, id.index);
  code_->insert(code_->end(), state.block);
  b_.SetInsertPoint(state.block);
  const std::vector<ValueId>& params = function_.block(plan_.nodes[id.index].block).params;
  for (size_t i = 0; i < params.size(); ++i) define(params[i], phi_of(state.incoming, i));
  merge_heap(state.incoming);
}

void SegmentEmitter::end_node(const Node& node) {
  const core::Terminator& term = function_.block(node.block).term;
  if (node.end == NodeEnd::Call) return lower_call_end(node);
  if (node.end == NodeEnd::Edge) {
    if (node.start == NodeStart::TryReturn) return follow(term.edges[0], node.successors[0]);
    return follow(term.edges[1], node.successors[0], {x_[0], x_[1], x_[2]});
  }
  switch (term.kind) {
    case core::TermKind::Return: return return_value(value(term.args[0]));
    case core::TermKind::TailCall: return lower_tail_call(term);
    case core::TermKind::Jump: return follow(term.edges[0], node.successors[0]);
    case core::TermKind::Branch: return lower_branch(node, term);
    case core::TermKind::Switch: return lower_switch(node, term);
    case core::TermKind::SwitchArity: return lower_switch_arity(node, term);
    case core::TermKind::TryBif: return lower_try_bif(node, term);
    case core::TermKind::TryCall: return lower_try_call(node, term);
    case core::TermKind::RaiseError: return lower_raise_error(term);
    case core::TermKind::Reraise: return lower_reraise(term);
    case core::TermKind::RecvNext: return lower_recv_next(node, term);
    case core::TermKind::RecvWait:
    case core::TermKind::RecvWaitTimeout: return lower_recv_wait(node, term);
    case core::TermKind::Unreachable:
      b_.CreateIntrinsic(llvm::Intrinsic::trap, {});
      b_.CreateUnreachable();
      return;
  }
}

void SegmentEmitter::emit_shared_exits() {
  if (again_->is_reached()) {
    Value* stub = again_->finish();
    cold_.push_back(b_.GetInsertBlock());
    set_field(offsetof(ProcessContext, resume), code_);
    const size_t in_registers = std::min<size_t>(entry_->live_args, rt::kArgRegisters);
    leave(stub, sp_, {x_, x_ + in_registers});
  } else {
    again_->discard();
  }
  if (raised_->is_reached()) {
    raised_->finish();
    cold_.push_back(b_.GetInsertBlock());
    set_field(offsetof(ProcessContext, raise_entry), code_);
    leave(module_.transfer("hj_raise"), base(), {});
  } else {
    raised_->discard();
  }
}

void SegmentEmitter::finish_function() {
  emit_shared_exits();
  for (BasicBlock* block : cold_) {
    if (block != &code_->back()) block->moveAfter(&code_->back());
  }
}

llvm::BasicBlock* SegmentEmitter::new_block(const char* name) {
  return BasicBlock::Create(module_.llvm_context(), name, code_);
}

llvm::BasicBlock* SegmentEmitter::new_cold_block(const char* name) {
  cold_.push_back(new_block(name));
  return cold_.back();
}

// -- values

llvm::Value* SegmentEmitter::value(core::Operand operand) {
  if (operand.is_literal()) return module_.literal(operand.literal());
  Known& known = known_[operand.value().index];
  const bool is_known = known.stamp == stamp_ && (known.block == nullptr || known.block == b_.GetInsertBlock());
  if (!is_known) known = {stamp_, b_.GetInsertBlock(), load_slot(operand.value())};
  return known.value;
}

SegmentEmitter::Values SegmentEmitter::values(Operands operands) {
  Values result;
  result.reserve(operands.size());
  for (core::Operand operand : operands) result.push_back(value(operand));
  return result;
}

void SegmentEmitter::define(ValueId id, Value* value) {
  if (id.valid()) known_[id.index] = {stamp_, nullptr, value};
}

bool SegmentEmitter::is_in_found_frame(ValueId id) const {
  if (!entry_->frame.valid()) return false;
  const std::vector<ValueId>& found = plan_.frames[entry_->frame.index].values;
  return std::binary_search(found.begin(), found.end(), id);
}

llvm::Value* SegmentEmitter::load_slot(ValueId id) {
  HJ_CHECK(is_in_found_frame(id), "PL3: %{} of {} is neither computed nor in the frame", id.index, function_.name);
  const int64_t from_sp = static_cast<int64_t>(found_words()) - 1 - plan_.slots[id.index];
  return load(module_.word_type(), stack_at(from_sp), MemoryKind::Frame);
}

core::ValueType SegmentEmitter::type_of(core::Operand operand) const {
  return codegen::type_of(module_.core(), function_, operand);
}

std::optional<uint64_t> SegmentEmitter::immediate(core::Operand operand) const {
  return operand.is_literal() ? module_.immediate(operand.literal()) : std::nullopt;
}

llvm::Value* SegmentEmitter::phi_of(const std::vector<Incoming>& incoming, size_t arg) {
  Value* first = incoming[0].args[arg];
  const bool are_same = std::all_of(incoming.begin(), incoming.end(), [&](const Incoming& in) { return in.args[arg] == first; });
  if (are_same) return first;
  llvm::PHINode* phi = b_.CreatePHI(first->getType(), static_cast<unsigned>(incoming.size()));
  for (const Incoming& in : incoming) phi->addIncoming(in.args[arg], in.from);
  return phi;
}

llvm::Value* SegmentEmitter::materialized(const Incoming& incoming) {
  if (incoming.heap.words == 0) return incoming.heap.base;
  llvm::IRBuilder<> builder(incoming.from->getTerminator());
  return builder.CreateConstInBoundsGEP1_64(module_.word_type(), incoming.heap.base, incoming.heap.words);
}

void SegmentEmitter::merge_heap(const std::vector<Incoming>& incoming) {
  heap_ = incoming[0].heap;
  if (std::all_of(incoming.begin(), incoming.end(), [&](const Incoming& in) { return in.heap == heap_; })) return;
  llvm::PHINode* phi = b_.CreatePHI(module_.pointer_type(), static_cast<unsigned>(incoming.size()));
  // One value for every edge of a block that comes in several times.
  std::unordered_map<BasicBlock*, Value*> tops;
  for (const Incoming& in : incoming) {
    Value*& top = tops[in.from];
    if (top == nullptr) top = materialized(in);
    phi->addIncoming(top, in.from);
  }
  heap_ = {phi, 0};
}

// -- memory

uint64_t SegmentEmitter::found_words() const {
  return entry_->frame.valid() ? plan_.frames[entry_->frame.index].words : 0;
}

llvm::Value* SegmentEmitter::heap_top() {
  if (heap_.words == 0) return heap_.base;
  return b_.CreateConstInBoundsGEP1_64(module_.word_type(), heap_.base, heap_.words);
}

void SegmentEmitter::store_word(Value* word) {
  store(word, heap_top(), MemoryKind::Heap);
  ++heap_.words;
  HJ_DCHECK(remaining_ > 0, "PL4: {} allocates more than its plan says", function_.name);
  --remaining_;
}

llvm::Value* SegmentEmitter::tagged_top(uint64_t tag) {
  Value* base = b_.CreatePtrToInt(heap_.base, module_.word_type());
  return b_.CreateAdd(base, module_.word(heap_.words * kWordBytes + tag));
}

llvm::Value* SegmentEmitter::load_heap(Value* tagged, uint64_t tag, uint64_t word_index) {
  Value* pointer = b_.CreateIntToPtr(tagged, module_.pointer_type());
  const int64_t offset = static_cast<int64_t>(word_index * kWordBytes) - static_cast<int64_t>(tag);
  return load(module_.word_type(), b_.CreateConstInBoundsGEP1_64(b_.getInt8Ty(), pointer, offset), MemoryKind::Heap);
}

llvm::Value* SegmentEmitter::stack_at(int64_t words) {
  return words == 0 ? sp_ : b_.CreateConstInBoundsGEP1_64(module_.word_type(), sp_, words);
}

llvm::Value* SegmentEmitter::base() { return stack_at(static_cast<int64_t>(found_words())); }

llvm::LoadInst* SegmentEmitter::load(llvm::Type* type, Value* address, MemoryKind kind) {
  llvm::LoadInst* result = b_.CreateAlignedLoad(type, address, llvm::Align(8));
  result->setMetadata(llvm::LLVMContext::MD_tbaa, module_.memory_tag(kind));
  return result;
}

void SegmentEmitter::store(Value* value, Value* address, MemoryKind kind) {
  llvm::StoreInst* made = b_.CreateAlignedStore(value, address, llvm::Align(8));
  made->setMetadata(llvm::LLVMContext::MD_tbaa, module_.memory_tag(kind));
}

llvm::Value* SegmentEmitter::field(size_t offset) {
  return offset == 0 ? process_ : b_.CreateConstInBoundsGEP1_64(b_.getInt8Ty(), process_, offset);
}

void SegmentEmitter::set_field(size_t offset, Value* value) { store(value, field(offset), MemoryKind::Process); }

// -- ways out

void SegmentEmitter::leave(Value* target, Value* sp, const Values& args) {
  Values all{process_, heap_top(), sp, reductions_};
  llvm::Value* const poison = llvm::PoisonValue::get(module_.word_type());
  for (size_t i = 0; i < rt::kArgRegisters; ++i) all.push_back(i < args.size() && args[i] != nullptr ? args[i] : poison);
  store_arguments(args, rt::kArgRegisters);
  llvm::CallInst* call = b_.CreateCall(module_.code_type(), target, all);
  call->setCallingConv(llvm::CallingConv::PreserveNone);
  call->setTailCallKind(llvm::CallInst::TCK_MustTail);
  b_.CreateRetVoid();
}

void SegmentEmitter::store_arguments(const Values& args, size_t first) {
  if (args.size() <= first) return;
  Value* x = load(module_.pointer_type(), field(offsetof(ProcessContext, x)), MemoryKind::Process);
  for (size_t i = first; i < args.size(); ++i) {
    store(args[i], b_.CreateConstInBoundsGEP1_64(module_.word_type(), x, i), MemoryKind::Arguments);
  }
}

void SegmentEmitter::return_value(Value* value) {
  Value* sp = base();
  leave(load(module_.pointer_type(), sp, MemoryKind::Frame), sp, {value});
}

llvm::Value* SegmentEmitter::push_frame(FrameId id, EntryId return_to,
                                        std::span<const std::pair<ValueId, Value*>> fresh) {
  const FramePlan& frame = plan_.frames[id.index];
  const auto top = static_cast<int64_t>(found_words());
  std::vector<std::pair<int64_t, Value*>> stores;
  for (ValueId id : frame.values) {
    auto made = std::find_if(fresh.begin(), fresh.end(), [&](const auto& f) { return f.first == id; });
    if (made == fresh.end() && is_in_found_frame(id)) continue;
    stores.emplace_back(top - 1 - plan_.slots[id.index], made != fresh.end() ? made->second : value(id));
  }
  for (auto [at, value] : stores) store(value, stack_at(at), MemoryKind::Frame);
  Value* sp = stack_at(top - frame.words);
  store(module_.entry(return_to), sp, MemoryKind::Frame);
  return sp;
}

std::pair<SegmentEmitter::Values, llvm::Value*> SegmentEmitter::prepare_entry(const core::Edge& edge, NodeId target,
                                                                             const Values& first) {
  const EntryId id = plan_.nodes[target.index].entry;
  const EntryPlan& entry = plan_.entry(id);
  Values params = first;
  for (core::Operand operand : edge.args) params.push_back(value(operand));
  if (!entry.jumped_to) {
    for (size_t i = params.size(); i < entry.args.size(); ++i) params.push_back(value(entry.args[i]));
    return {std::move(params), base()};
  }
  const std::vector<ValueId>& ids = function_.block(edge.target).params;
  std::vector<std::pair<ValueId, Value*>> fresh;
  for (size_t i = 0; i < ids.size(); ++i) fresh.emplace_back(ids[i], params[i]);
  return {Values{}, push_frame(entry.frame, id, fresh)};
}

void SegmentEmitter::follow(const core::Edge& edge, NodeId target, const Values& first) {
  const EntryId entry = plan_.nodes[target.index].entry;
  if (entry.valid()) {
    auto [args, sp] = prepare_entry(edge, target, first);
    leave_to(entry, sp, args);
    return;
  }
  NodeState& state = nodes_[target.index];
  if (state.block == nullptr) state.block = BasicBlock::Create(module_.llvm_context(), "node");
  Incoming incoming{b_.GetInsertBlock(), heap_, first};
  for (core::Operand operand : edge.args) incoming.args.push_back(value(operand));
  state.incoming.push_back(std::move(incoming));
  b_.CreateBr(state.block);
}

// -- joins and edges

void SegmentEmitter::Join::add(Value* value) {
  branch(value);
  emitter_.b_.CreateBr(block_);
}

llvm::BasicBlock* SegmentEmitter::Join::branch(Value* value) {
  incoming_.push_back({emitter_.b_.GetInsertBlock(), emitter_.heap_, {value}});
  return block_;
}

llvm::Value* SegmentEmitter::Join::finish() {
  if (block_ != &emitter_.code_->back()) block_->moveAfter(&emitter_.code_->back());
  emitter_.b_.SetInsertPoint(block_);
  HJ_CHECK(is_reached(), "a join without a way in");
  Value* result = incoming_[0].args[0] == nullptr ? nullptr : emitter_.phi_of(incoming_, 0);
  emitter_.merge_heap(incoming_);
  return result;
}

llvm::BasicBlock* SegmentEmitter::Edges::operator()(size_t index) {
  const core::Edge& edge = term_.edges[index];
  const NodeId target = node_.successors[index];
  const bool is_inside = !emitter_.plan_.nodes[target.index].entry.valid();
  const bool is_direct = is_inside && edge.args.empty();
  NodeState& state = is_direct ? emitter_.nodes_[target.index] : own_[index];
  if (state.block == nullptr) {
    state.block = is_direct ? BasicBlock::Create(emitter_.module_.llvm_context(), "node") : emitter_.new_block("edge");
  }
  state.incoming.push_back({emitter_.b_.GetInsertBlock(), emitter_.heap_, {}});
  return state.block;
}

void SegmentEmitter::Edges::flush() {
  for (size_t i = 0; i < own_.size(); ++i) {
    if (own_[i].block == nullptr) continue;
    emitter_.b_.SetInsertPoint(own_[i].block);
    emitter_.merge_heap(own_[i].incoming);
    emitter_.follow(term_.edges[i], node_.successors[i]);
  }
}

}  // namespace hj::codegen
