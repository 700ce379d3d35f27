#include "frontend/types/infer.h"

namespace hj::types {

using core::Bif;
using core::Block;
using core::Function;
using core::Instr;
using core::InstrKind;
using core::Literal;
using core::LiteralKind;
using core::Module;
using core::Operand;
using core::TermKind;
using core::ValueType;

// Small integers have at least 60 bits; see core.h, Switch.
static constexpr int64_t kSmallLimit = int64_t{1} << 59;

static bool is_integer(ValueType type) { return type == ValueType::SmallInteger || type == ValueType::Integer; }
static bool is_number(ValueType type) {
  return is_integer(type) || type == ValueType::Float || type == ValueType::Number;
}
static bool is_atom(ValueType type) { return type == ValueType::Atom || type == ValueType::Boolean; }
static bool is_list(ValueType type) { return type == ValueType::List || type == ValueType::Cons; }

ValueType join(ValueType a, ValueType b) {
  if (a == b) return a;
  if (is_integer(a) && is_integer(b)) return ValueType::Integer;
  if (is_number(a) && is_number(b)) return ValueType::Number;
  if (is_atom(a) && is_atom(b)) return ValueType::Atom;
  if (is_list(a) && is_list(b)) return ValueType::List;
  return ValueType::Any;
}

namespace {

class Inference {
 public:
  Inference(const Module& module, Function& function) : m_(module), f_(function) {}
  void run();

 private:
  ValueType type(Operand operand) const;
  ValueType literal_type(const Literal& literal) const;
  bool is_literal_integer(Operand operand, int64_t& value) const;
  ValueType bif_type(Bif bif, const std::vector<Operand>& args) const;
  ValueType arithmetic(ValueType a, ValueType b) const;
  ValueType bitwise(Bif bif, const std::vector<Operand>& args) const;
  ValueType division(const std::vector<Operand>& args) const;
  ValueType instr_type(const Instr& instr) const;
  void give_edges(const Block& block);

  const Module& m_;
  Function& f_;
  std::vector<bool> known_;  // by value: an edge has given the parameter a type
};

ValueType Inference::literal_type(const Literal& literal) const {
  switch (literal.kind) {
    case LiteralKind::Integer:
      return literal.integer >= -kSmallLimit && literal.integer < kSmallLimit ? ValueType::SmallInteger
                                                                              : ValueType::Integer;
    case LiteralKind::BigInteger:
      return ValueType::Integer;
    case LiteralKind::Float:
      return ValueType::Float;
    case LiteralKind::Atom:
      return literal.text == "true" || literal.text == "false" ? ValueType::Boolean : ValueType::Atom;
    case LiteralKind::Nil:
      return ValueType::List;
    case LiteralKind::Cons:
    case LiteralKind::String:
      return ValueType::Cons;
    case LiteralKind::Tuple:
      return ValueType::Tuple;
    case LiteralKind::ExportFun:
      return ValueType::Fun;
  }
  return ValueType::Any;
}

ValueType Inference::type(Operand operand) const {
  if (operand.is_literal()) return literal_type(m_.literals[operand.literal().index]);
  return f_.value_types[operand.value().index];
}

bool Inference::is_literal_integer(Operand operand, int64_t& value) const {
  if (!operand.is_literal()) return false;
  const Literal& l = m_.literals[operand.literal().index];
  value = l.integer;
  return l.kind == LiteralKind::Integer && value >= -kSmallLimit && value < kSmallLimit;
}

// Of + - *: a float makes a float of it, two integers an integer of any size.
ValueType Inference::arithmetic(ValueType a, ValueType b) const {
  if (a == ValueType::Float || b == ValueType::Float) return ValueType::Float;
  return is_integer(a) && is_integer(b) ? ValueType::Integer : ValueType::Number;
}

ValueType Inference::bitwise(Bif bif, const std::vector<Operand>& args) const {
  bool both_small = type(args[0]) == ValueType::SmallInteger && type(args[1]) == ValueType::SmallInteger;
  int64_t mask = 0;
  // A mask that is not negative bounds the result, however big the other operand is.
  bool masked = bif == Bif::Band &&
                ((is_literal_integer(args[0], mask) && mask >= 0) || (is_literal_integer(args[1], mask) && mask >= 0));
  return both_small || masked ? ValueType::SmallInteger : ValueType::Integer;
}

// The smallest small integer divided by -1 is not small.
ValueType Inference::division(const std::vector<Operand>& args) const {
  int64_t divisor = 0;
  bool small = type(args[0]) == ValueType::SmallInteger && is_literal_integer(args[1], divisor) && divisor != -1;
  return small ? ValueType::SmallInteger : ValueType::Integer;
}

ValueType Inference::bif_type(Bif bif, const std::vector<Operand>& args) const {
  switch (bif) {
    case Bif::Add:
    case Bif::Sub:
    case Bif::Mul:
      return arithmetic(type(args[0]), type(args[1]));
    case Bif::FloatDiv:
    case Bif::Float:
      return ValueType::Float;
    case Bif::Div:
      return division(args);
    case Bif::Rem:
      return type(args[1]) == ValueType::SmallInteger ? ValueType::SmallInteger : ValueType::Integer;
    case Bif::Plus:
      return is_number(type(args[0])) ? type(args[0]) : ValueType::Number;
    case Bif::Neg:
    case Bif::Abs:
      if (type(args[0]) == ValueType::Float) return ValueType::Float;
      return is_integer(type(args[0])) ? ValueType::Integer : ValueType::Number;
    case Bif::Band:
    case Bif::Bor:
    case Bif::Bxor:
      return bitwise(bif, args);
    case Bif::Bnot:
      return type(args[0]) == ValueType::SmallInteger ? ValueType::SmallInteger : ValueType::Integer;
    case Bif::Bsr: {
      // Shifting right by a constant; by a negative count it is a shift to the left.
      int64_t count = 0;
      bool small = type(args[0]) == ValueType::SmallInteger && is_literal_integer(args[1], count) && count >= 0;
      return small ? ValueType::SmallInteger : ValueType::Integer;
    }
    case Bif::Bsl:
    case Bif::Ceil:
    case Bif::Floor:
    case Bif::Round:
    case Bif::Trunc:
    case Bif::BitSize:
    case Bif::ByteSize:
      return ValueType::Integer;
    case Bif::Length:
    case Bif::MapSize:
    case Bif::Size:
    case Bif::TupleSize:
      return ValueType::SmallInteger;
    case Bif::Node0:
    case Bif::Node1:
      return ValueType::Atom;
    case Bif::BinaryPart2:
    case Bif::BinaryPart3:
    case Bif::Element:
    case Bif::Hd:
    case Bif::MapGet:
    case Bif::Self:
    case Bif::Tl:
      return ValueType::Any;
    case Bif::Not:
    case Bif::And:
    case Bif::Or:
    case Bif::Xor:
    case Bif::Equal:
    case Bif::NotEqual:
    case Bif::ExactEqual:
    case Bif::NotExactEqual:
    case Bif::Less:
    case Bif::LessEqual:
    case Bif::Greater:
    case Bif::GreaterEqual:
    case Bif::IsAtom:
    case Bif::IsBinary:
    case Bif::IsBitstring:
    case Bif::IsBoolean:
    case Bif::IsFloat:
    case Bif::IsFunction:
    case Bif::IsFunction2:
    case Bif::IsInteger:
    case Bif::IsList:
    case Bif::IsMap:
    case Bif::IsMapKey:
    case Bif::IsNumber:
    case Bif::IsPid:
    case Bif::IsPort:
    case Bif::IsRecord2:
    case Bif::IsRecord3:
    case Bif::IsReference:
    case Bif::IsTuple:
      return ValueType::Boolean;
  }
  return ValueType::Any;
}

ValueType Inference::instr_type(const Instr& instr) const {
  switch (instr.kind) {
    case InstrKind::Bif:
      return bif_type(instr.bif, instr.args);
    case InstrKind::Cons:
      return ValueType::Cons;
    case InstrKind::Tuple:
      return ValueType::Tuple;
    case InstrKind::MakeFun:
      return ValueType::Fun;
    case InstrKind::BuildStacktrace:
      return ValueType::List;
    case InstrKind::Hd:
    case InstrKind::Tl:
    case InstrKind::TupleElement:
    case InstrKind::Call:
    case InstrKind::RecvAccept:
    case InstrKind::RecvReject:
      return ValueType::Any;
  }
  return ValueType::Any;
}

void Inference::give_edges(const Block& block) {
  const core::Terminator& t = block.term;
  for (size_t e = 0; e < t.edges.size(); ++e) {
    const Block& target = f_.block(t.edges[e].target);
    // The head of a receive loop is reached again by edges that have not been seen yet.
    bool loop = target.term.kind == TermKind::RecvNext;
    size_t in_front = t.kind == TermKind::TryCall && e == 1 ? 3 : 0;
    for (size_t i = 0; i < t.edges[e].args.size(); ++i) {
      uint32_t param = target.params[i + in_front].index;
      ValueType given = loop ? ValueType::Any : type(t.edges[e].args[i]);
      f_.value_types[param] = known_[param] ? join(f_.value_types[param], given) : given;
      known_[param] = true;
    }
  }
}

void Inference::run() {
  known_.assign(f_.value_types.size(), false);
  f_.value_types.assign(f_.value_types.size(), ValueType::Any);
  for (const Block& block : f_.blocks) {
    for (const Instr& instr : block.instrs) {
      if (instr.result.valid()) f_.value_types[instr.result.index] = instr_type(instr);
    }
    if (block.term.kind == TermKind::TryBif) {
      f_.value_types[block.term.result.index] = bif_type(block.term.bif, block.term.args);
    }
    give_edges(block);
  }
}

}  // namespace

void infer_types(Module& module) {
  for (Function& function : module.functions) Inference(module, function).run();
}

void negate_known_floats(Module& module) {
  const core::LiteralId zero = module.literal({.kind = core::LiteralKind::Float});
  for (Function& function : module.functions) {
    for (Block& block : function.blocks) {
      for (Instr& instr : block.instrs) {
        if (instr.kind != InstrKind::Bif || instr.bif != Bif::Neg || instr.args[0].is_literal()) continue;
        if (function.value_types[instr.args[0].value().index] != ValueType::Float) continue;
        instr.bif = Bif::Sub;
        instr.args.insert(instr.args.begin(), zero);
      }
    }
  }
}

}  // namespace hj::types
