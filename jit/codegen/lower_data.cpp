// Instructions: building and taking apart terms; the others are handed on.
#include "base/check.h"
#include "jit/codegen/segment_emitter.h"

namespace hj::codegen {

using core::InstrKind;

void SegmentEmitter::lower_instr(const core::Instr& instr) {
  llvm::Type* const pointer = module_.pointer_type();
  switch (instr.kind) {
    case InstrKind::Bif: return define(instr.result, lower_bif(instr.bif, instr.args, {.site = instr.site}));
    case InstrKind::Cons: return define(instr.result, lower_cons(instr.args));
    case InstrKind::Tuple: return define(instr.result, lower_tuple(instr.args));
    case InstrKind::Hd: return define(instr.result, load_heap(value(instr.args[0]), rt::kConsTag, 0));
    case InstrKind::Tl: return define(instr.result, load_heap(value(instr.args[0]), rt::kConsTag, 1));
    case InstrKind::TupleElement:
      return define(instr.result, load_heap(value(instr.args[0]), rt::kBoxedTag, 1 + uint64_t{instr.index}));
    case InstrKind::MakeFun: return define(instr.result, lower_make_fun(instr));
    case InstrKind::Call: return define(instr.result, lower_native_call(instr));
    case InstrKind::RecvAccept:
      call_helper(module_.helper("hj_rt_recv_accept", b_.getVoidTy(), {pointer}), {process_}, Allocates::No);
      return;
    case InstrKind::RecvReject:
      call_helper(module_.helper("hj_rt_recv_reject", b_.getVoidTy(), {pointer}), {process_}, Allocates::No);
      return;
    case InstrKind::BuildStacktrace: {
      auto helper = module_.helper("hj_rt_build_stacktrace", module_.word_type(), {pointer, module_.word_type()});
      return define(instr.result, call_helper(helper, {process_, value(instr.args[0])}, Allocates::Yes));
    }
  }
}

llvm::Value* SegmentEmitter::lower_cons(Operands args) {
  const Values parts = values(args);
  Value* result = tagged_top(rt::kConsTag);
  store_word(parts[0]);
  store_word(parts[1]);
  return result;
}

llvm::Value* SegmentEmitter::lower_tuple(Operands args) {
  const Values elements = values(args);
  Value* result = tagged_top(rt::kBoxedTag);
  store_word(module_.word(rt::header_word(rt::Subtag::Tuple, elements.size())));
  for (Value* element : elements) store_word(element);
  return result;
}

llvm::Value* SegmentEmitter::lower_make_fun(const core::Instr& instr) {
  const Values free = values(instr.args);
  const uint32_t lambda = module_.plan().functions[instr.function.index].lambda;
  Value* result = tagged_top(rt::kBoxedTag);
  store_word(module_.word(rt::header_word(rt::Subtag::Fun, 1 + free.size())));
  store_word(llvm::ConstantExpr::getPtrToInt(module_.fun_entry(lambda), module_.word_type()));
  for (Value* variable : free) store_word(variable);
  return result;
}

}  // namespace hj::codegen
