// Branches and switches: tests of tags, headers, equality and order. No test raises or allocates on the process's heap, except
// through a native whose answer "raised" counts as no.
#include "base/check.h"
#include "jit/codegen/segment_emitter.h"
#include "runtime/code/fun_entry.h"

namespace hj::codegen {

using core::TestKind;
using core::ValueType;
using rt::Subtag;

namespace {

constexpr uint64_t kHeaderByte = rt::kHeaderSubtagMask | rt::kTagMask;
// Subtags that differ in one bit are tested together.
constexpr uint64_t mask_without(Subtag a, Subtag b) {
  return kHeaderByte & ~((static_cast<uint64_t>(a) ^ static_cast<uint64_t>(b)) << 3);
}
static_assert((static_cast<int>(Subtag::Fun) ^ static_cast<int>(Subtag::ExportFun)) == 1);

}  // namespace

// -- terminators

void SegmentEmitter::lower_branch(const Node& node, const core::Terminator& term) {
  Edges edges(*this, term, node);
  emit_test(term.test, term.args, term.index, {[&] { return edges(0); }, [&] { return edges(1); }});
  edges.flush();
}

void SegmentEmitter::lower_switch(const Node& node, const core::Terminator& term) {
  Edges edges(*this, term, node);
  Value* subject = value(term.args[0]);
  llvm::SwitchInst* choice = b_.CreateSwitch(subject, edges(term.edges.size() - 1),
                                             static_cast<unsigned>(term.cases.size()));
  for (size_t i = 0; i < term.cases.size(); ++i) {
    const std::optional<uint64_t> word = module_.immediate(term.cases[i]);
    HJ_CHECK(word.has_value(), "a case of a switch in {} is no immediate", function_.name);
    choice->addCase(module_.word(*word), edges(i));
  }
  edges.flush();
}

void SegmentEmitter::lower_switch_arity(const Node& node, const core::Terminator& term) {
  Edges edges(*this, term, node);
  Value* header = header_of(value(term.args[0]));
  llvm::SwitchInst* choice = b_.CreateSwitch(header, edges(term.edges.size() - 1),
                                             static_cast<unsigned>(term.arities.size()));
  for (size_t i = 0; i < term.arities.size(); ++i) {
    choice->addCase(module_.word(rt::header_word(Subtag::Tuple, term.arities[i])), edges(i));
  }
  edges.flush();
}

// -- parts of tests

void SegmentEmitter::branch(Value* condition, const Outcomes& to) {
  BasicBlock* yes = to.yes();
  BasicBlock* no = to.no();
  b_.CreateCondBr(condition, yes, no);
}

void SegmentEmitter::test_tag(Value* word, uint64_t mask, uint64_t tag, const Outcomes& to) {
  branch(b_.CreateICmpEQ(b_.CreateAnd(word, module_.word(mask)), module_.word(tag)), to);
}

llvm::Value* SegmentEmitter::header_of(Value* boxed) { return load_heap(boxed, rt::kBoxedTag, 0); }

void SegmentEmitter::test_header(core::Operand operand, uint64_t mask, uint64_t wanted, const Outcomes& to) {
  Value* word = value(operand);
  if (type_of(operand) != ValueType::Tuple) {
    BasicBlock* boxed = new_block("boxed");
    test_tag(word, rt::kTagMask, rt::kBoxedTag, {[&] { return boxed; }, to.no});
    b_.SetInsertPoint(boxed);
  }
  Value* header = header_of(word);
  if (mask != UINT64_MAX) header = b_.CreateAnd(header, module_.word(mask));
  branch(b_.CreateICmpEQ(header, module_.word(wanted)), to);
}

void SegmentEmitter::test_tagged_tuple(Operands args, uint32_t size, const Outcomes& to) {
  Value* word = value(args[0]);
  BasicBlock* sized = new_block("sized");
  test_header(args[0], UINT64_MAX, rt::header_word(Subtag::Tuple, size), {[&] { return sized; }, to.no});
  b_.SetInsertPoint(sized);
  branch(b_.CreateICmpEQ(load_heap(word, rt::kBoxedTag, 1), value(args[1])), to);
}

void SegmentEmitter::test_by_native(const char* name, Operands args, const Outcomes& to) {
  const rt::NativeEntry* native = module_.natives().erlang(name, static_cast<uint32_t>(args.size()));
  if (native == nullptr) {
    branch(b_.getFalse(), to);
    return;
  }
  Values all{process_};
  for (core::Operand operand : args) all.push_back(value(operand));
  Value* answer = call_helper(module_.native(*native), all, native->may_allocate ? Allocates::Yes : Allocates::No);
  branch(b_.CreateICmpEQ(answer, module_.word(module_.atom_word("true"))), to);
}

void SegmentEmitter::test_function_of_arity(Operands args, const Outcomes& to) {
  const std::optional<uint64_t> arity = immediate(args[1]);
  if (!arity || !rt::Term::from_bits(*arity).is_small()) return test_by_native("is_function", args, to);
  Value* fun = value(args[0]);
  BasicBlock* boxed = new_block("boxed");
  BasicBlock* closure = new_block("closure");
  BasicBlock* other = new_block("other");
  test_tag(fun, rt::kTagMask, rt::kBoxedTag, {[&] { return boxed; }, to.no});
  b_.SetInsertPoint(boxed);
  test_tag(header_of(fun), kHeaderByte, rt::header_word(Subtag::Fun, 0), {[&] { return closure; }, [&] { return other; }});
  b_.SetInsertPoint(closure);
  Value* entry = b_.CreateIntToPtr(load_heap(fun, rt::kBoxedTag, 1), module_.pointer_type());
  Value* expects = b_.CreateLoad(b_.getInt32Ty(), b_.CreateConstInBoundsGEP1_64(b_.getInt8Ty(), entry,
                                                                                 offsetof(rt::FunEntry, arity)));
  const int64_t wanted = rt::Term::from_bits(*arity).small();
  branch(b_.CreateICmpEQ(b_.CreateZExt(expects, module_.word_type()), module_.word(static_cast<uint64_t>(wanted))), to);
  b_.SetInsertPoint(other);
  test_by_native("is_function", args, to);
}

// -- numbers

void SegmentEmitter::test_number(TestKind test, core::Operand operand, const Outcomes& to) {
  Value* word = value(operand);
  const ValueType type = type_of(operand);
  if (test == TestKind::IsFloat) {
    return test_header(operand, UINT64_MAX, rt::header_word(Subtag::Float, 1), to);
  }
  if (type == ValueType::SmallInteger || type == ValueType::Integer ||
      (test == TestKind::IsNumber && (type == ValueType::Number || type == ValueType::Float))) {
    branch(b_.getTrue(), to);
    return;
  }
  BasicBlock* pointer = new_block("pointer");
  BasicBlock* boxed = new_block("boxed");
  test_tag(word, 1, 0, {to.yes, [&] { return pointer; }});
  b_.SetInsertPoint(pointer);
  test_tag(word, rt::kTagMask, rt::kBoxedTag, {[&] { return boxed; }, to.no});
  b_.SetInsertPoint(boxed);
  // The number subtags follow each other: positive and negative big, float.
  const uint64_t first = rt::header_word(Subtag::PositiveBig, 0);
  const Subtag last = test == TestKind::IsInteger ? Subtag::NegativeBig : Subtag::Float;
  Value* kind = b_.CreateAnd(header_of(word), module_.word(kHeaderByte));
  Value* distance = b_.CreateSub(kind, module_.word(first));
  branch(b_.CreateICmpULE(distance, module_.word(rt::header_word(last, 0) - first)), to);
}

// -- equality and order

// A word that no other term equals: what `=:=` decides by comparing words.
static bool is_word_comparable(rt::Term term) { return term.is_immediate(); }

static bool is_known_immediate(ValueType type) {
  return type == ValueType::SmallInteger || type == ValueType::Atom || type == ValueType::Boolean;
}

void SegmentEmitter::test_equal(TestKind test, Operands args, const Outcomes& to) {
  const bool is_exact = test == TestKind::ExactEqual || test == TestKind::NotExactEqual;
  const bool is_negated = test == TestKind::NotExactEqual || test == TestKind::NotEqual;
  const Outcomes equal = is_negated ? Outcomes{to.no, to.yes} : to;
  Value* a = value(args[0]);
  Value* b = value(args[1]);
  Value* same = b_.CreateICmpEQ(a, b);
  auto decides = [&](core::Operand operand) {
    const std::optional<uint64_t> word = immediate(operand);
    const ValueType type = type_of(operand);
    const bool is_small = type == ValueType::SmallInteger;
    // 1 == 1.0: small integers equal floats, too.
    if (!is_exact && is_small) return false;
    return (word && is_word_comparable(rt::Term::from_bits(*word))) || is_known_immediate(type);
  };
  const bool both_small = type_of(args[0]) == ValueType::SmallInteger && type_of(args[1]) == ValueType::SmallInteger;
  if (decides(args[0]) || decides(args[1]) || both_small) return branch(same, equal);

  BasicBlock* differ = new_block("differ");
  BasicBlock* compare = new_block("compare");
  branch(same, {equal.yes, [&] { return differ; }});
  b_.SetInsertPoint(differ);
  if (is_exact) {
    // Pointers are odd and have bit 2 clear; two immediates that differ are different terms.
    Value* both = b_.CreateAnd(b_.CreateAnd(a, b), module_.word(5));
    branch(b_.CreateICmpEQ(both, module_.word(1)), {[&] { return compare; }, equal.no});
  } else {
    Value* any_pointer = b_.CreateAnd(b_.CreateOr(a, b), module_.word(1));
    branch(b_.CreateICmpNE(any_pointer, module_.word(0)), {[&] { return compare; }, equal.no});
  }
  b_.SetInsertPoint(compare);
  auto helper = module_.helper(is_exact ? "hj_rt_exact_equal" : "hj_rt_equal", b_.getInt1Ty(),
                               {module_.word_type(), module_.word_type()});
  auto* call = llvm::cast<llvm::CallInst>(call_helper(helper, {a, b}, Allocates::No, CallPath::Slow));
  call->addRetAttr(llvm::Attribute::ZExt);
  branch(call, equal);
}

static llvm::CmpInst::Predicate predicate_of(TestKind test) {
  switch (test) {
    case TestKind::Less: return llvm::CmpInst::ICMP_SLT;
    case TestKind::LessEqual: return llvm::CmpInst::ICMP_SLE;
    case TestKind::Greater: return llvm::CmpInst::ICMP_SGT;
    case TestKind::GreaterEqual: return llvm::CmpInst::ICMP_SGE;
    default: HJ_UNREACHABLE("no order test");
  }
}

void SegmentEmitter::test_order(TestKind test, Operands args, const Outcomes& to) {
  const llvm::CmpInst::Predicate predicate = predicate_of(test);
  Value* a = value(args[0]);
  Value* b = value(args[1]);
  if (Value* condition = all_small(args)) {
    BasicBlock* small = new_block("small");
    BasicBlock* other = new_cold_block("compare");
    b_.CreateCondBr(condition, small, other, module_.likely());
    b_.SetInsertPoint(other);
    auto helper = module_.helper("hj_rt_compare", module_.word_type(), {module_.word_type(), module_.word_type()});
    branch(b_.CreateICmp(predicate, call_helper(helper, {a, b}, Allocates::No, CallPath::Slow), module_.word(0)), to);
    b_.SetInsertPoint(small);
  }
  branch(b_.CreateICmp(predicate, a, b), to);
}

// -- all of them

void SegmentEmitter::emit_test(TestKind test, Operands args, uint32_t index, const Outcomes& to) {
  auto equals_word = [&](uint64_t word) { branch(b_.CreateICmpEQ(value(args[0]), module_.word(word)), to); };
  auto either = [&](Value* a, Value* b) { branch(b_.CreateOr(a, b), to); };
  auto is_word = [&](uint64_t word) { return b_.CreateICmpEQ(value(args[0]), module_.word(word)); };
  auto immediate_or_boxed = [&](uint64_t tag, Subtag external) {
    BasicBlock* other = new_block("other");
    test_tag(value(args[0]), rt::kImmediateMask, tag, {to.yes, [&] { return other; }});
    b_.SetInsertPoint(other);
    test_header(args[0], kHeaderByte, rt::header_word(external, 0), to);
  };
  switch (test) {
    case TestKind::IsTrue: return equals_word(module_.atom_word("true"));
    case TestKind::IsFalse: return equals_word(module_.atom_word("false"));
    case TestKind::IsNil: return equals_word(rt::kNil);
    case TestKind::IsCons: return test_tag(value(args[0]), rt::kTagMask, rt::kConsTag, to);
    case TestKind::IsAtom: return test_tag(value(args[0]), rt::kImmediateMask, rt::kAtomTag, to);
    case TestKind::IsBoolean:
      return either(is_word(module_.atom_word("true")), is_word(module_.atom_word("false")));
    case TestKind::IsList: {
      Value* tag = b_.CreateAnd(value(args[0]), module_.word(rt::kTagMask));
      return either(b_.CreateICmpEQ(tag, module_.word(rt::kConsTag)), is_word(rt::kNil));
    }
    case TestKind::IsTuple: return test_header(args[0], kHeaderByte, rt::header_word(Subtag::Tuple, 0), to);
    case TestKind::IsInteger:
    case TestKind::IsFloat:
    case TestKind::IsNumber: return test_number(test, args[0], to);
    case TestKind::IsFunction:
      return test_header(args[0], mask_without(Subtag::Fun, Subtag::ExportFun), rt::header_word(Subtag::Fun, 0), to);
    case TestKind::IsPid: return immediate_or_boxed(rt::kPidTag, Subtag::ExternalPid);
    case TestKind::IsPort: return immediate_or_boxed(rt::kPortTag, Subtag::ExternalPort);
    case TestKind::IsReference: return test_by_native("is_reference", args, to);
    case TestKind::IsBinary: return test_by_native("is_binary", args, to);
    case TestKind::IsBitstring: return test_by_native("is_bitstring", args, to);
    case TestKind::IsMap: return test_by_native("is_map", args, to);
    case TestKind::IsFunctionOfArity: return test_function_of_arity(args, to);
    case TestKind::TupleOfSize: return test_header(args[0], UINT64_MAX, rt::header_word(Subtag::Tuple, index), to);
    case TestKind::TaggedTuple: return test_tagged_tuple(args, index, to);
    case TestKind::ExactEqual:
    case TestKind::NotExactEqual:
    case TestKind::Equal:
    case TestKind::NotEqual: return test_equal(test, args, to);
    case TestKind::Less:
    case TestKind::LessEqual:
    case TestKind::Greater:
    case TestKind::GreaterEqual: return test_order(test, args, to);
  }
}

}  // namespace hj::codegen
