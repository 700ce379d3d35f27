// Arithmetic: small integers and floats inline, the rest by the runtime.
//
// A small integer is its value shifted left by one, so sums, differences and bitwise results need no untagging, and an overflow
// of the 64-bit operation is exactly an overflow of the 63-bit value. Whatever the inline code cannot do (other operands,
// overflow, division by zero) goes to the native of the operation, which computes or raises.
#include <bit>
#include <limits>

#include "base/check.h"
#include "jit/codegen/segment_emitter.h"

namespace hj::codegen {

using core::Bif;
using core::ValueType;
using llvm::Intrinsic::ID;

namespace {
constexpr uint64_t kOneTagged = 1u << rt::kSmallShift;
// Shifts by less than this are done inline.
constexpr uint64_t kInlineShift = 63;
}  // namespace

// -- the general shape

llvm::Value* SegmentEmitter::all_small(Operands args) {
  Value* any = nullptr;
  for (core::Operand operand : args) {
    if (type_of(operand) == ValueType::SmallInteger) continue;
    Value* word = value(operand);
    any = any == nullptr ? word : b_.CreateOr(any, word);
  }
  if (any == nullptr) return nullptr;
  return b_.CreateICmpEQ(b_.CreateAnd(any, module_.word(1)), module_.word(0));
}

llvm::Value* SegmentEmitter::slow_arithmetic(Bif bif, Operands args, const Failure& failure) {
  if (bif == Bif::Plus) {
    // OTP's compiled +X adds 0, so that +(-0.0) is 0.0; its BIF hands X on.
    Value* number = bif_by_native(bif, args, failure, CallPath::Slow);
    auto add = module_.helper("hj_rt_add", module_.word_type(),
                              {module_.pointer_type(), module_.word_type(), module_.word_type()});
    return call_helper(add, {process_, number, module_.word(0)}, Allocates::Yes, CallPath::Slow);
  }
  // X + 1 and X - 1 are OTP's increment, which names no BIF in the trace of a badarith.
  const std::optional<uint64_t> right = args.size() == 2 ? immediate(args[1]) : std::nullopt;
  const bool is_increment = (bif == Bif::Add || bif == Bif::Sub) && right && rt::Term::from_bits(*right).is_small();
  if (!is_increment && module_.natives().bif(bif) != nullptr) return bif_by_native(bif, args, failure, CallPath::Slow);
  const char* name = bif == Bif::Add ? "hj_rt_add" : bif == Bif::Sub ? "hj_rt_subtract" : "hj_rt_multiply";
  if (bif != Bif::Add && bif != Bif::Sub && bif != Bif::Mul) return bif_by_native(bif, args, failure, CallPath::Slow);
  auto helper = module_.helper(name, module_.word_type(),
                               {module_.pointer_type(), module_.word_type(), module_.word_type()});
  Value* result = call_helper(helper, {process_, value(args[0]), value(args[1])}, Allocates::Yes, CallPath::Slow);
  Value* is_raise = b_.CreateICmpEQ(result, module_.word(rt::kNonValue));
  BasicBlock* on = new_cold_block("computed");
  if (failure.fail != nullptr) {
    b_.CreateCondBr(is_raise, failure.fail->branch(nullptr), on);
  } else {
    BasicBlock* raised = new_cold_block("raised");
    b_.CreateCondBr(is_raise, raised, on, module_.unlikely());
    b_.SetInsertPoint(raised);
    const HeapTop heap = heap_;
    raise(failure.site, nullptr, {});
    heap_ = heap;
  }
  b_.SetInsertPoint(on);
  return result;
}

llvm::Value* SegmentEmitter::lower_small(Bif bif, Operands args, const Failure& failure, const SmallCode& fast) {
  Values operands = values(args);
  operands.resize(2);
  BasicBlock* slow = new_cold_block("slow");
  Join done(*this, "done");
  if (Value* condition = all_small(args)) {
    BasicBlock* small = new_block("small");
    b_.CreateCondBr(condition, small, slow, module_.likely());
    b_.SetInsertPoint(small);
  }
  const HeapTop heap = heap_;
  done.add(fast(operands[0], operands[1], slow));
  if (slow->hasNPredecessors(0)) {
    cold_.erase(std::find(cold_.begin(), cold_.end(), slow));
    slow->eraseFromParent();
    return done.finish();
  }
  b_.SetInsertPoint(slow);
  heap_ = heap;
  done.add(slow_arithmetic(bif, args, failure));
  return done.finish();
}

llvm::Value* SegmentEmitter::overflow_checked(ID operation, Value* a, Value* b, BasicBlock* slow) {
  Value* both = b_.CreateBinaryIntrinsic(operation, a, b);
  BasicBlock* fits = new_block("fits");
  b_.CreateCondBr(b_.CreateExtractValue(both, 1), slow, fits, module_.unlikely());
  b_.SetInsertPoint(fits);
  return b_.CreateExtractValue(both, 0);
}

// -- integers

llvm::Value* SegmentEmitter::lower_division(Bif bif, Operands args, const Failure& failure) {
  return lower_small(bif, args, failure, [&](Value* a, Value* b, BasicBlock* slow) -> Value* {
    const std::optional<uint64_t> divisor = immediate(args[1]);
    const bool is_harmless = divisor && rt::Term::from_bits(*divisor).is_small() &&
        rt::Term::from_bits(*divisor).small() != 0 && rt::Term::from_bits(*divisor).small() != -1;
    if (!is_harmless) {
      // 0 and -1 (whose quotient may be no small integer): b + 1 is 0 or 1, unsigned.
      Value* next = b_.CreateAdd(b, module_.word(kOneTagged));
      BasicBlock* divide = new_block("divide");
      b_.CreateCondBr(b_.CreateICmpULE(next, module_.word(kOneTagged)), slow, divide, module_.unlikely());
      b_.SetInsertPoint(divide);
    }
    // The tags cancel out in the quotient and stay in the remainder.
    if (bif == Bif::Rem) return b_.CreateSRem(a, b);
    return b_.CreateShl(b_.CreateSDiv(a, b), module_.word(rt::kSmallShift));
  });
}

llvm::Value* SegmentEmitter::lower_shift(Bif bif, Operands args, const Failure& failure) {
  return lower_small(bif, args, failure, [&](Value* a, Value* b, BasicBlock* slow) -> Value* {
    Value* count = b_.CreateAShr(b, module_.word(rt::kSmallShift));
    BasicBlock* shift = new_block("shift");
    b_.CreateCondBr(b_.CreateICmpULT(count, module_.word(kInlineShift)), shift, slow, module_.likely());
    b_.SetInsertPoint(shift);
    if (bif == Bif::Bsr) return b_.CreateAnd(b_.CreateAShr(a, count), module_.word(~uint64_t{1}));
    Value* shifted = b_.CreateShl(a, count);
    BasicBlock* fits = new_block("fits");
    b_.CreateCondBr(b_.CreateICmpEQ(b_.CreateAShr(shifted, count), a), fits, slow, module_.likely());
    b_.SetInsertPoint(fits);
    return shifted;
  });
}

// -- floats

llvm::Value* SegmentEmitter::box_float(Value* number) {
  Value* result = tagged_top(rt::kBoxedTag);
  store_word(module_.word(rt::header_word(rt::Subtag::Float, 1)));
  store_word(b_.CreateBitCast(number, module_.word_type()));
  return result;
}

llvm::Value* SegmentEmitter::as_double(core::Operand operand, BasicBlock* slow) {
  llvm::Type* number = b_.getDoubleTy();
  if (operand.is_literal() && module_.core().literals[operand.literal().index].kind == core::LiteralKind::Float) {
    return llvm::ConstantFP::get(number, module_.core().literals[operand.literal().index].number);
  }
  Value* word = value(operand);
  auto from_small = [&] { return b_.CreateSIToFP(b_.CreateAShr(word, module_.word(rt::kSmallShift)), number); };
  auto from_box = [&] { return b_.CreateBitCast(load_heap(word, rt::kBoxedTag, 1), number); };
  const ValueType type = type_of(operand);
  if (type == ValueType::SmallInteger) return from_small();
  if (type == ValueType::Float) return from_box();

  Join done(*this, "number");
  BasicBlock* is_float = new_block("float");
  BasicBlock* pointer = new_block("pointer");
  BasicBlock* small = new_block("small");
  test_tag(word, 1, 0, {[&] { return small; }, [&] { return pointer; }});
  b_.SetInsertPoint(pointer);
  test_header(operand, UINT64_MAX, rt::header_word(rt::Subtag::Float, 1), {[&] { return is_float; }, [&] { return slow; }});
  b_.SetInsertPoint(is_float);
  done.add(from_box());
  b_.SetInsertPoint(small);
  done.add(from_small());
  return done.finish();
}

llvm::Value* SegmentEmitter::lower_float(Bif bif, Operands args, const Failure& failure) {
  BasicBlock* slow = new_cold_block("slow");
  Join done(*this, "done");
  // Fetched here: what the frame holds must be loaded in a block that dominates both paths.
  values(args);
  Value* a = as_double(args[0], slow);
  Value* b = as_double(args[1], slow);
  Value* result = bif == Bif::Add   ? b_.CreateFAdd(a, b)
                  : bif == Bif::Sub ? b_.CreateFSub(a, b)
                  : bif == Bif::Mul ? b_.CreateFMul(a, b)
                                    : b_.CreateFDiv(a, b);
  // Infinite and undefined results raise badarith.
  Value* infinity = llvm::ConstantFP::get(b_.getDoubleTy(), std::numeric_limits<double>::infinity());
  Value* magnitude = b_.CreateUnaryIntrinsic(llvm::Intrinsic::fabs, result);
  BasicBlock* finite = new_block("finite");
  b_.CreateCondBr(b_.CreateFCmpOLT(magnitude, infinity), finite, slow, module_.likely());
  b_.SetInsertPoint(finite);
  const HeapTop heap = heap_;
  const uint32_t remaining = remaining_;
  done.add(box_float(result));
  const uint32_t remaining_after = remaining_;
  b_.SetInsertPoint(slow);
  heap_ = heap;
  remaining_ = remaining;
  // OTP's operations on floats name no BIF in the trace of a badarith.
  done.add(slow_arithmetic(bif, args, {.site = failure.site, .fail = failure.fail, .blame = Blame::Caller}));
  remaining_ = remaining_after;
  return done.finish();
}

// -- all of them

llvm::Value* SegmentEmitter::lower_arithmetic(Bif bif, Operands args, const Failure& failure) {
  if (arithmetic_form(module_.core(), function_, bif, args) == ArithmeticForm::Float) {
    return lower_float(bif, args, failure);
  }
  auto small = [&](const SmallCode& fast) { return lower_small(bif, args, failure, fast); };
  switch (bif) {
    case Bif::Add:
      return small([&](Value* a, Value* b, BasicBlock* slow) {
        return overflow_checked(llvm::Intrinsic::sadd_with_overflow, a, b, slow);
      });
    case Bif::Sub:
      return small([&](Value* a, Value* b, BasicBlock* slow) {
        return overflow_checked(llvm::Intrinsic::ssub_with_overflow, a, b, slow);
      });
    case Bif::Mul:
      return small([&](Value* a, Value* b, BasicBlock* slow) {
        Value* untagged = b_.CreateAShr(a, module_.word(rt::kSmallShift));
        return overflow_checked(llvm::Intrinsic::smul_with_overflow, untagged, b, slow);
      });
    case Bif::Neg:
      return small([&](Value* a, Value*, BasicBlock* slow) {
        return overflow_checked(llvm::Intrinsic::ssub_with_overflow, module_.word(0), a, slow);
      });
    case Bif::Plus: return small([&](Value* a, Value*, BasicBlock*) { return a; });
    case Bif::Div:
    case Bif::Rem: return lower_division(bif, args, failure);
    case Bif::Band: return small([&](Value* a, Value* b, BasicBlock*) { return b_.CreateAnd(a, b); });
    case Bif::Bor: return small([&](Value* a, Value* b, BasicBlock*) { return b_.CreateOr(a, b); });
    case Bif::Bxor: return small([&](Value* a, Value* b, BasicBlock*) { return b_.CreateXor(a, b); });
    case Bif::Bnot:
      return small([&](Value* a, Value*, BasicBlock*) { return b_.CreateXor(a, module_.word(~uint64_t{1})); });
    case Bif::Bsl:
    case Bif::Bsr: return lower_shift(bif, args, failure);
    default: return bif_by_native(bif, args, failure, CallPath::Usual);
  }
}

}  // namespace hj::codegen
