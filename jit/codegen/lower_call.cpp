// Calls: of this version's functions, through export cells, of funs, of natives.
#include <cstddef>

#include "base/check.h"
#include "jit/codegen/segment_emitter.h"
#include "runtime/code/export_table.h"
#include "runtime/code/fun_entry.h"

namespace hj::codegen {

using rt::ProcessContext;

namespace {

constexpr uint64_t kFunObjectEntry = 1;
constexpr uint64_t kFunObjectFree = 2;
constexpr size_t kCellModule = offsetof(rt::Export, module);
constexpr size_t kCellFunction = offsetof(rt::Export, function);
constexpr size_t kCellArity = offsetof(rt::Export, arity);
constexpr size_t kFunEntryCode = offsetof(rt::FunEntry, code);
constexpr size_t kFunEntryArity = offsetof(rt::FunEntry, arity);
static_assert(offsetof(rt::Export, address) == 0 && sizeof(rt::Export::address[0]) == 8,
              "generated code indexes a cell by the code index");

}  // namespace

// -- calls of Core

void SegmentEmitter::lower_call_end(const Node& node) {
  const core::Instr& instr = function_.block(node.block).instrs[node.last];
  Values args = values(instr.args);
  if (instr.target.kind == core::CallKind::Local) args = pack_arguments(std::move(args));
  Value* sp = push_frame(node.frame, plan_.nodes[node.returns_to.index].entry);
  go(instr.target, std::move(args), sp, CallMode::Pushed, instr.site);
}

void SegmentEmitter::lower_tail_call(const core::Terminator& term) {
  Values args = values(term.args);
  if (const rt::NativeEntry* native = module_.natives().leaf(term.target, args.size())) {
    return return_value(call_native(*native, args, {.site = term.site}, CallPath::Usual));
  }
  if (term.target.kind == core::CallKind::Local) args = pack_arguments(std::move(args));
  go(term.target, std::move(args), base(), CallMode::Tail, term.site);
}

void SegmentEmitter::lower_try_call(const Node& node, const core::Terminator& term) {
  Values args = pack_arguments(values(term.args));
  Value* sp = push_frame(node.frame, plan_.nodes[node.returns_to.index].entry);
  go_local(term.target.function, std::move(args), sp);
}

llvm::Value* SegmentEmitter::lower_native_call(const core::Instr& instr) {
  const rt::NativeEntry* native = module_.natives().leaf(instr.target, instr.args.size());
  HJ_CHECK(native != nullptr, "a call inside a segment that is no leaf native");
  return call_native(*native, values(instr.args), {.site = instr.site}, CallPath::Usual);
}

// -- transfers

void SegmentEmitter::go(const core::CallTarget& target, Values args, Value* sp, CallMode mode, core::SiteId site) {
  switch (target.kind) {
    case core::CallKind::Local: return go_local(target.function, std::move(args), sp);
    case core::CallKind::Remote: return go_cell(target, args, sp);
    case core::CallKind::Dynamic: return go_dynamic(std::move(args), sp, mode, site);
    case core::CallKind::Fun: return go_fun(std::move(args), sp, mode, site);
  }
}

void SegmentEmitter::go_local(core::FunctionId function, Values args, Value* sp) {
  leave_to(module_.plan().functions[function.index].first_entry, sp, args);
}

void SegmentEmitter::go_cell(const core::CallTarget& target, const Values& args, Value* sp) {
  const core::Module& core = module_.core();
  llvm::Constant* cell = module_.cell(core.literals[target.module.index].text, core.literals[target.name.index].text,
                                      static_cast<uint32_t>(args.size()));
  enter_cell(cell, args, sp);
}

void SegmentEmitter::enter_cell(Value* cell, const Values& args, Value* sp) {
#if defined(HJ_CHAOS)
  set_field(offsetof(ProcessContext, need), b_.CreatePtrToInt(cell, module_.word_type()));
  leave(module_.transfer("hj_call_external"), sp, args);
#elif defined(__SANITIZE_THREAD__)
  auto code_of_cell = module_.helper("hj_rt_code_of_cell", module_.pointer_type(), {module_.pointer_type()});
  leave(call_helper(code_of_cell, {cell}, Allocates::No), sp, args);
#else
  // Relaxed load of the index and a load that depends on it (export_table.h). The second is plain, so that it becomes the
  // jump's operand.
  llvm::LoadInst* index = load(module_.word_type(), module_.code_index(), MemoryKind::Cell);
  index->setAtomic(llvm::AtomicOrdering::Monotonic);
  Value* address = load(module_.pointer_type(), b_.CreateInBoundsGEP(module_.pointer_type(), cell, index), MemoryKind::Cell);
  leave(address, sp, args);
#endif
}

// args: module, function, then the arguments. A hit in the call cache (export_table.h) is an external call; all else is the
// runtime's.
void SegmentEmitter::go_dynamic(Values args, Value* sp, CallMode mode, core::SiteId site) {
  Value* module = args[0];
  Value* function = args[1];
  const uint64_t arity = args.size() - 2;
  Value* sum = b_.CreateAdd(module, b_.CreateMul(function, module_.word(rt::kCallCacheFactor)));
  Value* hash = b_.CreateAdd(b_.CreateLShr(sum, module_.word(rt::kImmediateShift)), module_.word(arity));
  Value* slot = b_.CreateAnd(hash, module_.word(rt::kCallCacheSize - 1));
#if defined(__SANITIZE_THREAD__)
  auto cached_cell = module_.helper("hj_rt_cached_cell", module_.pointer_type(), {module_.word_type()});
  Value* cell = call_helper(cached_cell, {slot}, Allocates::No);
#else
  llvm::LoadInst* cell = load(module_.pointer_type(),
                              b_.CreateInBoundsGEP(module_.pointer_type(), module_.call_cache(), slot), MemoryKind::Cell);
  cell->setAtomic(llvm::AtomicOrdering::Monotonic);
#endif
  BasicBlock* filled = new_block("filled");
  BasicBlock* same_module = new_block("same_module");
  BasicBlock* same_function = new_block("same_function");
  BasicBlock* hit = new_block("call");
  BasicBlock* other = new_cold_block("call_dynamic");
  auto cell_field = [&](llvm::Type* type, size_t offset) {
    return b_.CreateLoad(type, b_.CreateConstInBoundsGEP1_64(b_.getInt8Ty(), cell, offset));
  };
  auto test = [&](Value* condition, BasicBlock* next) {
    b_.CreateCondBr(condition, next, other, module_.likely());
    b_.SetInsertPoint(next);
  };
  test(b_.CreateIsNotNull(cell), filled);
  test(b_.CreateICmpEQ(cell_field(module_.word_type(), kCellModule), module), same_module);
  test(b_.CreateICmpEQ(cell_field(module_.word_type(), kCellFunction), function), same_function);
  test(b_.CreateICmpEQ(cell_field(b_.getInt32Ty(), kCellArity), b_.getInt32(static_cast<uint32_t>(arity))), hit);
  enter_cell(cell, {args.begin() + 2, args.end()}, sp);
  b_.SetInsertPoint(other);
  note_caller(mode, site);
  set_field(offsetof(ProcessContext, need), module_.word(arity));
  leave(module_.transfer("hj_call_dynamic"), sp, args);
}

// Who to blame when the callee turns out to be none: this place after a tail call, else the frame just pushed.
void SegmentEmitter::note_caller(CallMode mode, core::SiteId site) {
  if (mode == CallMode::Tail) {
    set_field(offsetof(ProcessContext, raise_entry), code_);
    set_raise_site(site);
  } else {
    set_field(offsetof(ProcessContext, raise_entry), llvm::ConstantPointerNull::get(module_.pointer_type()));
  }
}

// args[0] is the fun.
void SegmentEmitter::go_fun(Values args, Value* sp, CallMode mode, core::SiteId site) {
  Value* fun = args[0];
  args.erase(args.begin());
  args.push_back(fun);
  const uint64_t arity = args.size() - 1;
  BasicBlock* boxed = new_block("boxed");
  BasicBlock* closure = new_block("closure");
  BasicBlock* right_arity = new_block("call");
  BasicBlock* other = new_cold_block("call_fun");
  test_tag(fun, rt::kTagMask, rt::kBoxedTag, {[&] { return boxed; }, [&] { return other; }});
  b_.SetInsertPoint(boxed);
  const uint64_t fun_header = rt::header_word(rt::Subtag::Fun, 0);
  test_tag(header_of(fun), rt::kHeaderSubtagMask | rt::kTagMask, fun_header, {[&] { return closure; }, [&] { return other; }});
  b_.SetInsertPoint(closure);
  Value* entry = b_.CreateIntToPtr(load_heap(fun, rt::kBoxedTag, kFunObjectEntry), module_.pointer_type());
  Value* expects = b_.CreateLoad(b_.getInt32Ty(), b_.CreateConstInBoundsGEP1_64(b_.getInt8Ty(), entry, kFunEntryArity));
  b_.CreateCondBr(b_.CreateICmpEQ(expects, b_.getInt32(static_cast<uint32_t>(arity))), right_arity, other, module_.likely());
  b_.SetInsertPoint(right_arity);
#if defined(__SANITIZE_THREAD__)
  auto code_of_fun = module_.helper("hj_rt_code_of_fun", module_.pointer_type(), {module_.pointer_type()});
  Value* code = call_helper(code_of_fun, {entry}, Allocates::No);
#else
  // Pairs with the release stores of loads and purges (fun_entry.h).
  llvm::LoadInst* code = load(module_.pointer_type(), b_.CreateConstInBoundsGEP1_64(b_.getInt8Ty(), entry, kFunEntryCode),
                              MemoryKind::Cell);
  code->setAtomic(llvm::AtomicOrdering::Acquire);
#endif
  leave(code, sp, args);
  b_.SetInsertPoint(other);
  note_caller(mode, site);
  set_field(offsetof(ProcessContext, need), module_.word(arity));
  leave(module_.transfer("hj_call_fun"), sp, args);
}

// -- arguments

SegmentEmitter::Values SegmentEmitter::pack_arguments(Values args) {
  if (packed_words(args.size()) == 0) return args;
  Value* tuple = tagged_top(rt::kBoxedTag);
  store_word(module_.word(rt::header_word(rt::Subtag::Tuple, args.size() - kPackedAt)));
  for (size_t i = kPackedAt; i < args.size(); ++i) store_word(args[i]);
  args.resize(kPackedAt);
  args.push_back(tuple);
  return args;
}

// Entered by a call of the fun: its arguments, then the closure. Goes on at the function with the free variables instead.
void SegmentEmitter::emit_wrapper() {
  const uint32_t arity = function_.arity - function_.free_count;
  Value* more = nullptr;
  auto argument = [&](uint32_t i) -> Value* {
    if (i < rt::kArgRegisters) return x_[i];
    if (more == nullptr) more = load(module_.pointer_type(), field(offsetof(ProcessContext, x)), MemoryKind::Process);
    return load(module_.word_type(), b_.CreateConstInBoundsGEP1_64(module_.word_type(), more, i), MemoryKind::Arguments);
  };
  Values args;
  for (uint32_t i = 0; i < arity; ++i) args.push_back(argument(i));
  if (function_.free_count > 0) {
    Value* closure = argument(arity);
    for (uint32_t i = 0; i < function_.free_count; ++i) {
      args.push_back(load_heap(closure, rt::kBoxedTag, kFunObjectFree + i));
    }
  }
  go_local(function_id_, pack_arguments(std::move(args)), sp_);
}

// -- natives and helpers

void SegmentEmitter::before_allocating_call() {
  set_field(offsetof(ProcessContext, hp), heap_top());
  set_field(offsetof(ProcessContext, heap_limit), stack_at(-static_cast<int64_t>(remaining_)));
}

void SegmentEmitter::after_allocating_call() {
  heap_ = {load(module_.pointer_type(), field(offsetof(ProcessContext, hp)), MemoryKind::Process), 0};
}

llvm::Value* SegmentEmitter::call_helper(llvm::FunctionCallee helper, const Values& args, Allocates allocates,
                                         CallPath path) {
  if (allocates == Allocates::Yes) before_allocating_call();
  // The stub takes the function in the register of a `nest` parameter, and hands on all others.
  std::vector<llvm::Type*> types{module_.pointer_type()};
  types.insert(types.end(), helper.getFunctionType()->param_begin(), helper.getFunctionType()->param_end());
  Values all{helper.getCallee()};
  all.insert(all.end(), args.begin(), args.end());
  llvm::Function* stub = module_.call_stub(path);
  llvm::CallInst* result =
      b_.CreateCall(llvm::FunctionType::get(helper.getFunctionType()->getReturnType(), types, false), stub, all);
  result->setCallingConv(stub->getCallingConv());
  result->addParamAttr(0, llvm::Attribute::Nest);
  result->addFnAttr(llvm::Attribute::NoUnwind);
  if (allocates == Allocates::Yes) after_allocating_call();
  return result;
}

llvm::Value* SegmentEmitter::call_native(const rt::NativeEntry& native, const Values& args, const Failure& failure,
                                         CallPath path) {
  Values all{process_};
  all.insert(all.end(), args.begin(), args.end());
  Value* result = call_helper(module_.native(native), all, native.may_allocate ? Allocates::Yes : Allocates::No, path);
  Value* is_raise = b_.CreateICmpEQ(result, module_.word(rt::kNonValue));
  BasicBlock* on = new_block("returned");
  if (failure.fail != nullptr) {
    b_.CreateCondBr(is_raise, failure.fail->branch(nullptr), on);
  } else {
    BasicBlock* raised = new_cold_block("raised");
    b_.CreateCondBr(is_raise, raised, on, module_.unlikely());
    b_.SetInsertPoint(raised);
    const HeapTop heap = heap_;
    if (failure.blame == Blame::Native) {
      raise(failure.site, &native, args);
    } else {
      raise(failure.site, nullptr, {});
    }
    heap_ = heap;
  }
  b_.SetInsertPoint(on);
  return result;
}

}  // namespace hj::codegen
