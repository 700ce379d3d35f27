// Built-in functions inside a segment: inline where a few instructions do, else the native of module erlang.
#include "base/check.h"
#include "jit/codegen/segment_emitter.h"

namespace hj::codegen {

using core::Bif;
using core::TestKind;
using core::ValueType;

// The test a BIF with a boolean value answers, if it is one.
static std::optional<TestKind> test_of(Bif bif) {
  switch (bif) {
    case Bif::Equal: return TestKind::Equal;
    case Bif::NotEqual: return TestKind::NotEqual;
    case Bif::ExactEqual: return TestKind::ExactEqual;
    case Bif::NotExactEqual: return TestKind::NotExactEqual;
    case Bif::Less: return TestKind::Less;
    case Bif::LessEqual: return TestKind::LessEqual;
    case Bif::Greater: return TestKind::Greater;
    case Bif::GreaterEqual: return TestKind::GreaterEqual;
    case Bif::IsAtom: return TestKind::IsAtom;
    case Bif::IsBoolean: return TestKind::IsBoolean;
    case Bif::IsFloat: return TestKind::IsFloat;
    case Bif::IsFunction: return TestKind::IsFunction;
    case Bif::IsInteger: return TestKind::IsInteger;
    case Bif::IsList: return TestKind::IsList;
    case Bif::IsNumber: return TestKind::IsNumber;
    case Bif::IsPid: return TestKind::IsPid;
    case Bif::IsPort: return TestKind::IsPort;
    case Bif::IsTuple: return TestKind::IsTuple;
    default: return std::nullopt;
  }
}

llvm::Value* SegmentEmitter::lower_bif(Bif bif, Operands args, const Failure& failure) {
  if (const std::optional<TestKind> test = test_of(bif)) return bif_by_test(*test, args);
  switch (bif) {
    case Bif::Add:
    case Bif::Sub:
    case Bif::Mul:
    case Bif::FloatDiv:
    case Bif::Div:
    case Bif::Rem:
    case Bif::Plus:
    case Bif::Neg:
    case Bif::Band:
    case Bif::Bor:
    case Bif::Bxor:
    case Bif::Bsl:
    case Bif::Bsr:
    case Bif::Bnot: return lower_arithmetic(bif, args, failure);
    case Bif::Not:
    case Bif::And:
    case Bif::Or:
    case Bif::Xor: return lower_boolean(bif, args, failure);
    case Bif::Hd:
    case Bif::Tl: return lower_list_access(bif, args, failure);
    case Bif::Element: return lower_element(args, failure);
    case Bif::TupleSize: return lower_tuple_size(bif, args, failure);
    default: return bif_by_native(bif, args, failure, CallPath::Usual);
  }
}

void SegmentEmitter::lower_try_bif(const Node& node, const core::Terminator& term) {
  Join fail(*this, "fail");
  define(term.result, lower_bif(term.bif, term.args, {.site = term.site, .fail = &fail}));
  follow(term.edges[0], node.successors[0]);
  if (fail.is_reached()) {
    fail.finish();
    follow(term.edges[1], node.successors[1]);
  } else {
    fail.discard();
  }
}

// -- by others

llvm::Value* SegmentEmitter::bif_by_native(Bif bif, Operands args, const Failure& failure, CallPath path) {
  if (const rt::NativeEntry* native = module_.natives().bif(bif)) {
    return call_native(*native, values(args), failure, path);
  }
  // The runtime at hand has no such function: a call of it is undefined.
  if (failure.fail == nullptr) {
    auto set_error = module_.helper("hj_rt_set_error", b_.getVoidTy(),
                                    {module_.pointer_type(), module_.word_type(), module_.word_type()});
    call_helper(set_error, {process_, module_.word(static_cast<uint64_t>(core::ErrorKind::Undef)), module_.word(rt::kNil)},
                Allocates::Yes);
    raise(failure.site, nullptr, {});
  } else {
    failure.fail->add(nullptr);
  }
  b_.SetInsertPoint(new_cold_block("never"));
  return llvm::PoisonValue::get(module_.word_type());
}

llvm::Value* SegmentEmitter::bif_by_test(TestKind test, Operands args) {
  Join done(*this, "tested");
  Value* yes = module_.word(module_.atom_word("true"));
  Value* no = module_.word(module_.atom_word("false"));
  // Each answer comes through a block of its own: both edges of one branch cannot bring one join two values.
  auto answer = [&](Value* truth) {
    return [&, truth] {
      BasicBlock* from = b_.GetInsertBlock();
      BasicBlock* via = new_block("answer");
      b_.SetInsertPoint(via);
      done.add(truth);
      b_.SetInsertPoint(from);
      return via;
    };
  };
  emit_test(test, args, 0, {answer(yes), answer(no)});
  return done.finish();
}

// -- inline

llvm::Value* SegmentEmitter::lower_boolean(Bif bif, Operands args, const Failure& failure) {
  Value* const yes = module_.word(module_.atom_word("true"));
  Value* const no = module_.word(module_.atom_word("false"));
  const Values operands = values(args);
  Join done(*this, "done");
  BasicBlock* slow = new_cold_block("slow");
  BasicBlock* fast = new_block("booleans");
  Value* are_booleans = b_.getTrue();
  Value* truth[2] = {};
  for (size_t i = 0; i < args.size(); ++i) {
    truth[i] = b_.CreateICmpEQ(operands[i], yes);
    Value* is_boolean = b_.CreateOr(truth[i], b_.CreateICmpEQ(operands[i], no));
    if (type_of(args[i]) != ValueType::Boolean) are_booleans = b_.CreateAnd(are_booleans, is_boolean);
  }
  b_.CreateCondBr(are_booleans, fast, slow, module_.likely());
  const HeapTop heap = heap_;
  b_.SetInsertPoint(fast);
  Value* answer = bif == Bif::Not   ? b_.CreateNot(truth[0])
                  : bif == Bif::And ? b_.CreateAnd(truth[0], truth[1])
                  : bif == Bif::Or  ? b_.CreateOr(truth[0], truth[1])
                                    : b_.CreateXor(truth[0], truth[1]);
  done.add(b_.CreateSelect(answer, yes, no));
  heap_ = heap;
  b_.SetInsertPoint(slow);
  done.add(bif_by_native(bif, args, failure, CallPath::Slow));
  return done.finish();
}

llvm::Value* SegmentEmitter::lower_list_access(Bif bif, Operands args, const Failure& failure) {
  const uint64_t index = bif == Bif::Hd ? 0 : 1;
  Value* list = value(args[0]);
  if (type_of(args[0]) == ValueType::Cons) return load_heap(list, rt::kConsTag, index);
  BasicBlock* cons = new_block("cons");
  BasicBlock* other = new_cold_block("other");
  test_tag(list, rt::kTagMask, rt::kConsTag, {[&] { return cons; }, [&] { return other; }});
  b_.SetInsertPoint(other);
  Join done(*this, "done");
  const HeapTop heap = heap_;
  if (failure.fail != nullptr) {
    failure.fail->add(nullptr);
  } else {
    done.add(bif_by_native(bif, args, failure, CallPath::Slow));
  }
  heap_ = heap;
  b_.SetInsertPoint(cons);
  done.add(load_heap(list, rt::kConsTag, index));
  return done.finish();
}

// element(N, T) with a constant N.
llvm::Value* SegmentEmitter::lower_element(Operands args, const Failure& failure) {
  const std::optional<uint64_t> position = immediate(args[0]);
  if (!position || !rt::Term::from_bits(*position).is_small() || rt::Term::from_bits(*position).small() < 1) {
    return bif_by_native(Bif::Element, args, failure, CallPath::Usual);
  }
  const auto index = static_cast<uint64_t>(rt::Term::from_bits(*position).small());
  Value* tuple = value(args[1]);
  Join done(*this, "done");
  BasicBlock* boxed = new_block("boxed");
  BasicBlock* found = new_block("found");
  BasicBlock* other = new_cold_block("other");
  test_tag(tuple, rt::kTagMask, rt::kBoxedTag, {[&] { return boxed; }, [&] { return other; }});
  b_.SetInsertPoint(boxed);
  // Of all headers those of tuples with at least `index` elements: rotated by the tag byte, they are the smallest above.
  Value* header = header_of(tuple);
  Value* is_tuple = b_.CreateICmpEQ(b_.CreateAnd(header, module_.word(rt::kHeaderSubtagMask | rt::kTagMask)),
                                    module_.word(rt::header_word(rt::Subtag::Tuple, 0)));
  Value* is_long = b_.CreateICmpUGE(header, module_.word(rt::header_word(rt::Subtag::Tuple, index)));
  b_.CreateCondBr(b_.CreateAnd(is_tuple, is_long), found, other);
  const HeapTop heap = heap_;
  b_.SetInsertPoint(other);
  if (failure.fail != nullptr) {
    failure.fail->add(nullptr);
  } else {
    done.add(bif_by_native(Bif::Element, args, failure, CallPath::Slow));
  }
  heap_ = heap;
  b_.SetInsertPoint(found);
  done.add(load_heap(tuple, rt::kBoxedTag, index));
  return done.finish();
}

llvm::Value* SegmentEmitter::lower_tuple_size(Bif bif, Operands args, const Failure& failure) {
  Join done(*this, "done");
  BasicBlock* tuple = new_block("tuple");
  BasicBlock* other = new_cold_block("other");
  test_header(args[0], rt::kHeaderSubtagMask | rt::kTagMask, rt::header_word(rt::Subtag::Tuple, 0),
              {[&] { return tuple; }, [&] { return other; }});
  const HeapTop heap = heap_;
  b_.SetInsertPoint(other);
  if (failure.fail != nullptr) {
    failure.fail->add(nullptr);
  } else {
    done.add(bif_by_native(bif, args, failure, CallPath::Slow));
  }
  heap_ = heap;
  b_.SetInsertPoint(tuple);
  Value* size = b_.CreateLShr(header_of(value(args[0])), module_.word(rt::kHeaderShift));
  done.add(b_.CreateShl(size, module_.word(rt::kSmallShift)));
  return done.finish();
}

}  // namespace hj::codegen
