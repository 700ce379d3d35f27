// One sweep over the blocks in reverse postorder: when a block is visited everything that reaches it has been, but for
// the way around a receive loop, whose head has no parameters to be clever about.
//
// What is known of a value is its shape: from the instruction that made it, or from a test on every path to where it is
// used. The second kind is a list of (block, shape) a value; it holds in all blocks that the block dominates.
#include <algorithm>

#include "frontend/core/core_names.h"
#include "frontend/core/dominators.h"
#include "frontend/opt/fold.h"
#include "frontend/opt/passes.h"

namespace hj::opt {

using core::Bif;
using core::Block;
using core::Edge;
using core::Function;
using core::Instr;
using core::InstrKind;
using core::Literal;
using core::LiteralId;
using core::LiteralKind;
using core::Module;
using core::Operand;
using core::Terminator;
using core::TermKind;
using core::TestKind;
using core::ValueId;

namespace {

// Of the facts about one value only the latest are looked at.
constexpr size_t kMaxFacts = 8;
// Taking characters off a string literal makes a literal each time.
constexpr size_t kMaxSplitString = 16;

enum class ShapeKind : uint8_t { Unknown, Atom, Boolean, Integer, Float, Number, Nil, Cons, List, Tuple, Fun };

struct Shape {
  ShapeKind kind = ShapeKind::Unknown;
  bool sized = false;  // Tuple: size is known
  uint32_t size = 0;
  LiteralId tag{};      // Tuple: the first element, when that is a known atom
  LiteralId literal{};  // the value itself is known
};

class Propagator {
 public:
  Propagator(Module& module, Function& function)
      : m_(module),
        f_(function),
        dominators_(function),
        substitution_(function.value_types.size()),
        definitions_(function.value_types.size()),
        facts_(function.value_types.size()),
        incoming_(function.blocks.size()),
        edge_counts_(function.blocks.size()),
        reached_(function.blocks.size()) {
    for (const Block& block : function.blocks) {
      for (const Edge& edge : block.term.edges) ++edge_counts_[edge.target.index];
    }
  }
  Changed run();

 private:
  struct Place {
    uint32_t block = UINT32_MAX;
    uint32_t instr = 0;
  };
  void parameters(uint32_t b);
  bool instruction(Instr& instr, uint32_t b);
  void terminator(uint32_t b);
  void fold_branch(Terminator& t, uint32_t b);
  void fold_switch(Terminator& t, uint32_t b);
  bool boolean_switch(Terminator& t);
  void fold_switch_arity(Terminator& t, uint32_t b);
  void fold_try_bif(uint32_t b);
  bool cheaper_bif(Instr& instr, uint32_t b);
  void learn(const Terminator& t);
  void learn_edge(const Terminator& t, size_t edge, Operand value, Shape shape);
  void keep_edge(Terminator& t, size_t edge);

  const Instr* definition(Operand operand) const;
  Shape shape(Operand operand, uint32_t b) const;
  Shape literal_shape(LiteralId id) const;
  std::optional<bool> test_outcome(const Terminator& t, uint32_t b) const;
  std::optional<Operand> part(const Instr& instr, uint32_t b);
  Shape shape_of_test(TestKind test, const Terminator& t) const;
  bool is_atom(Operand operand, std::string_view text) const;

  Module& m_;
  Function& f_;
  core::Dominators dominators_;
  Substitution substitution_;
  std::vector<Place> definitions_;
  std::vector<std::vector<std::pair<uint32_t, Shape>>> facts_;
  std::vector<std::vector<std::pair<uint32_t, uint32_t>>> incoming_;  // block, edge
  std::vector<uint32_t> edge_counts_;                                 // as they were: folding only removes edges
  std::vector<bool> reached_;
  Changed changed_ = Changed::No;
};

Changed Propagator::run() {
  reached_[0] = true;
  for (uint32_t b = 0; b < f_.blocks.size(); ++b) {
    if (!reached_[b]) continue;
    parameters(b);
    Block& block = f_.blocks[b];
    size_t kept = 0;
    for (size_t i = 0; i < block.instrs.size(); ++i) {
      Instr& instr = block.instrs[i];
      substitution_.apply(instr.args);
      if (!instruction(instr, b)) {
        changed_ = Changed::Yes;
        continue;
      }
      if (instr.result.valid()) definitions_[instr.result.index] = {b, static_cast<uint32_t>(kept)};
      if (kept != i) block.instrs[kept] = std::move(instr);
      ++kept;
    }
    block.instrs.resize(kept);
    terminator(b);
  }
  return changed_;
}

// A parameter that gets the same on every edge is that.
void Propagator::parameters(uint32_t b) {
  Block& block = f_.blocks[b];
  if (b == 0 || block.params.empty() || block.term.kind == TermKind::RecvNext) return;
  for (size_t i = 0; i < block.params.size(); ++i) {
    Operand same;
    bool differs = false;
    for (auto [from, e] : incoming_[b]) {
      const Terminator& t = f_.blocks[from].term;
      size_t offset = t.kind == TermKind::TryCall && e == 1 ? 3 : 0;
      if (i < offset) {
        differs = true;
        break;
      }
      Operand arg = t.edges[e].args[i - offset];
      differs = differs || (same != Operand() && arg != same);
      same = arg;
    }
    if (differs || same == Operand()) continue;
    substitution_.set(block.params[i], same);
  }
}

// -- what is known

const Instr* Propagator::definition(Operand operand) const {
  if (operand.is_literal()) return nullptr;
  Place place = definitions_[operand.value().index];
  return place.block == UINT32_MAX ? nullptr : &f_.blocks[place.block].instrs[place.instr];
}

bool Propagator::is_atom(Operand operand, std::string_view text) const {
  if (!operand.is_literal()) return false;
  const Literal& l = m_.literals[operand.literal().index];
  return l.kind == LiteralKind::Atom && l.text == text;
}

Shape Propagator::literal_shape(LiteralId id) const {
  const Literal& l = m_.literals[id.index];
  Shape shape;
  shape.literal = id;
  switch (l.kind) {
    case LiteralKind::Atom:
      shape.kind = ShapeKind::Atom;
      break;
    case LiteralKind::Integer:
    case LiteralKind::BigInteger:
      shape.kind = ShapeKind::Integer;
      break;
    case LiteralKind::Float:
      shape.kind = ShapeKind::Float;
      break;
    case LiteralKind::Nil:
      shape.kind = ShapeKind::Nil;
      break;
    case LiteralKind::Cons:
    case LiteralKind::String:
      shape.kind = ShapeKind::Cons;
      break;
    case LiteralKind::Tuple:
      shape.kind = ShapeKind::Tuple;
      shape.sized = true;
      shape.size = static_cast<uint32_t>(l.elements.size());
      break;
    case LiteralKind::ExportFun:
      shape.kind = ShapeKind::Fun;
      break;
  }
  return shape;
}

Shape Propagator::shape(Operand operand, uint32_t b) const {
  if (operand.is_literal()) return literal_shape(operand.literal());
  Shape shape;
  if (const Instr* instr = definition(operand)) {
    switch (instr->kind) {
      case InstrKind::Tuple:
        shape.kind = ShapeKind::Tuple;
        shape.sized = true;
        shape.size = static_cast<uint32_t>(instr->args.size());
        return shape;
      case InstrKind::Cons:
        shape.kind = ShapeKind::Cons;
        return shape;
      case InstrKind::MakeFun:
        shape.kind = ShapeKind::Fun;
        return shape;
      case InstrKind::Bif:
        if (core::test_of_bif(instr->bif)) {
          shape.kind = ShapeKind::Boolean;
          return shape;
        }
        break;
      default:
        break;
    }
  }
  const auto& facts = facts_[operand.value().index];
  for (size_t i = facts.size(), looked = 0; i-- > 0 && looked < kMaxFacts; ++looked) {
    if (dominators_.dominates(facts[i].first, b)) return facts[i].second;
  }
  return shape;
}

// The shape of args0 where the test holds.
Shape Propagator::shape_of_test(TestKind test, const Terminator& t) const {
  Shape shape;
  switch (test) {
    case TestKind::IsTrue:
      return literal_shape(m_.atom("true"));
    case TestKind::IsFalse:
      return literal_shape(m_.atom("false"));
    case TestKind::IsCons:
      shape.kind = ShapeKind::Cons;
      break;
    case TestKind::IsNil:
      shape.kind = ShapeKind::Nil;
      break;
    case TestKind::IsTuple:
      shape.kind = ShapeKind::Tuple;
      break;
    case TestKind::IsAtom:
      shape.kind = ShapeKind::Atom;
      break;
    case TestKind::IsInteger:
      shape.kind = ShapeKind::Integer;
      break;
    case TestKind::IsFloat:
      shape.kind = ShapeKind::Float;
      break;
    case TestKind::IsNumber:
      shape.kind = ShapeKind::Number;
      break;
    case TestKind::IsBoolean:
      shape.kind = ShapeKind::Boolean;
      break;
    case TestKind::IsList:
      shape.kind = ShapeKind::List;
      break;
    case TestKind::IsFunction:
    case TestKind::IsFunctionOfArity:
      shape.kind = ShapeKind::Fun;
      break;
    case TestKind::TupleOfSize:
    case TestKind::TaggedTuple:
      shape.kind = ShapeKind::Tuple;
      shape.sized = true;
      shape.size = t.index;
      if (test == TestKind::TaggedTuple && t.args[1].is_literal()) shape.tag = t.args[1].literal();
      break;
    case TestKind::ExactEqual:
      if (t.args[1].is_literal()) {
        shape = literal_shape(t.args[1].literal());
        // 0.0 and -0.0 are equal and not the same.
        LiteralKind kind = m_.literals[t.args[1].literal().index].kind;
        if (kind != LiteralKind::Atom && kind != LiteralKind::Integer && kind != LiteralKind::Nil) shape.literal = {};
      }
      break;
    default:
      break;
  }
  return shape;
}

static bool shape_may_be(ShapeKind shape, ShapeKind wanted) {
  if (shape == wanted || shape == ShapeKind::Unknown) return true;
  switch (shape) {
    case ShapeKind::Atom:
      return wanted == ShapeKind::Boolean;
    case ShapeKind::Boolean:
      return wanted == ShapeKind::Atom;
    case ShapeKind::Number:
      return wanted == ShapeKind::Integer || wanted == ShapeKind::Float;
    case ShapeKind::Integer:
    case ShapeKind::Float:
      return wanted == ShapeKind::Number;
    case ShapeKind::List:
      return wanted == ShapeKind::Cons || wanted == ShapeKind::Nil;
    case ShapeKind::Cons:
    case ShapeKind::Nil:
      return wanted == ShapeKind::List;
    default:
      return false;
  }
}

static bool shape_is(ShapeKind shape, ShapeKind wanted) {
  if (shape == wanted) return true;
  switch (wanted) {
    case ShapeKind::Atom:
      return shape == ShapeKind::Boolean;
    case ShapeKind::Number:
      return shape == ShapeKind::Integer || shape == ShapeKind::Float;
    case ShapeKind::List:
      return shape == ShapeKind::Cons || shape == ShapeKind::Nil;
    default:
      return false;
  }
}

std::optional<bool> Propagator::test_outcome(const Terminator& t, uint32_t b) const {
  Shape a = shape(t.args[0], b);
  auto decide = [&](ShapeKind wanted) -> std::optional<bool> {
    if (a.kind == ShapeKind::Unknown) return std::nullopt;
    if (shape_is(a.kind, wanted)) return true;
    return shape_may_be(a.kind, wanted) ? std::nullopt : std::optional(false);
  };
  switch (t.test) {
    case TestKind::IsTrue:
    case TestKind::IsFalse:
      if (a.literal.valid()) return is_atom(a.literal, t.test == TestKind::IsTrue ? "true" : "false");
      return shape_may_be(a.kind, ShapeKind::Boolean) ? std::nullopt : std::optional(false);
    case TestKind::IsCons:
      return decide(ShapeKind::Cons);
    case TestKind::IsNil:
      return decide(ShapeKind::Nil);
    case TestKind::IsTuple:
      return decide(ShapeKind::Tuple);
    case TestKind::IsAtom:
      return decide(ShapeKind::Atom);
    case TestKind::IsInteger:
      return decide(ShapeKind::Integer);
    case TestKind::IsFloat:
      return decide(ShapeKind::Float);
    case TestKind::IsNumber:
      return decide(ShapeKind::Number);
    case TestKind::IsBoolean:
      if (a.literal.valid()) return is_atom(a.literal, "true") || is_atom(a.literal, "false");
      return decide(ShapeKind::Boolean);
    case TestKind::IsList:
      return decide(ShapeKind::List);
    case TestKind::IsFunction:
      return decide(ShapeKind::Fun);
    case TestKind::TupleOfSize:
      if (a.kind == ShapeKind::Tuple) return a.sized ? std::optional(a.size == t.index) : std::nullopt;
      return decide(ShapeKind::Tuple);
    case TestKind::TaggedTuple: {
      if (a.kind != ShapeKind::Tuple) return decide(ShapeKind::Tuple);
      if (a.sized && a.size != t.index) return false;
      if (!t.args[1].is_literal()) return std::nullopt;
      LiteralId tag = a.tag;
      if (a.literal.valid()) tag = m_.literals[a.literal.index].elements[0];
      const Instr* made = definition(t.args[0]);
      if (made != nullptr && made->kind == InstrKind::Tuple && made->args[0].is_literal())
        tag = made->args[0].literal();
      return a.sized && tag.valid() ? std::optional(tag == t.args[1].literal()) : std::nullopt;
    }
    case TestKind::ExactEqual:
    case TestKind::NotExactEqual:
    case TestKind::Equal:
    case TestKind::NotEqual:
    case TestKind::Less:
    case TestKind::LessEqual:
    case TestKind::Greater:
    case TestKind::GreaterEqual: {
      if (t.args[0] == t.args[1]) {
        return t.test == TestKind::ExactEqual || t.test == TestKind::Equal || t.test == TestKind::LessEqual ||
               t.test == TestKind::GreaterEqual;
      }
      Shape other = shape(t.args[1], b);
      if (a.literal.valid() && other.literal.valid()) return fold_comparison(m_, t.test, a.literal, other.literal);
      bool exact = t.test == TestKind::ExactEqual || t.test == TestKind::NotExactEqual;
      if (!exact || a.kind == ShapeKind::Unknown || other.kind == ShapeKind::Unknown) return std::nullopt;
      if (shape_may_be(a.kind, other.kind) || shape_may_be(other.kind, a.kind)) return std::nullopt;
      return t.test == TestKind::NotExactEqual;
    }
    default:
      return std::nullopt;
  }
}

// -- instructions

// What an access to a known tuple or list gives.
std::optional<Operand> Propagator::part(const Instr& instr, uint32_t b) {
  uint32_t index = instr.kind == InstrKind::TupleElement ? instr.index : instr.kind == InstrKind::Tl ? 1 : 0;
  const Instr* made = definition(instr.args[0]);
  InstrKind maker = instr.kind == InstrKind::TupleElement ? InstrKind::Tuple : InstrKind::Cons;
  if (made != nullptr && made->kind == maker && index < made->args.size()) return made->args[index];
  LiteralId id = shape(instr.args[0], b).literal;
  if (!id.valid()) {
    Shape known = shape(instr.args[0], b);
    if (instr.kind == InstrKind::TupleElement && index == 0 && known.tag.valid()) return known.tag;
    return std::nullopt;
  }
  const Literal& l = m_.literals[id.index];
  if (l.kind == LiteralKind::Tuple || l.kind == LiteralKind::Cons) {
    return index < l.elements.size() ? std::optional<Operand>(l.elements[index]) : std::nullopt;
  }
  if (l.kind != LiteralKind::String || l.characters.size() > kMaxSplitString) return std::nullopt;
  if (index == 0) return m_.integer(l.characters[0]);
  if (l.characters.size() == 1) return m_.nil();
  Literal rest;
  rest.kind = LiteralKind::String;
  rest.characters = l.characters.substr(1);
  return m_.literal(std::move(rest));
}

// A BIF that cannot fail here is an access.
bool Propagator::cheaper_bif(Instr& instr, uint32_t b) {
  if (instr.bif == Bif::Hd || instr.bif == Bif::Tl) {
    if (shape(instr.args[0], b).kind != ShapeKind::Cons) return false;
    instr.kind = instr.bif == Bif::Hd ? InstrKind::Hd : InstrKind::Tl;
  } else if (instr.bif == Bif::Element) {
    Shape tuple = shape(instr.args[1], b);
    if (tuple.kind != ShapeKind::Tuple || !tuple.sized || !instr.args[0].is_literal()) return false;
    const Literal& l = m_.literals[instr.args[0].literal().index];
    if (l.kind != LiteralKind::Integer || l.integer < 1 || l.integer > tuple.size) return false;
    instr.kind = InstrKind::TupleElement;
    instr.index = static_cast<uint32_t>(l.integer - 1);
    instr.args.erase(instr.args.begin());
  } else {
    return false;
  }
  instr.site = core::SiteId{};
  return true;
}

// False when the instruction is not needed any more.
bool Propagator::instruction(Instr& instr, uint32_t b) {
  auto replace = [&](Operand by) {
    substitution_.set(instr.result, by);
    return false;
  };
  switch (instr.kind) {
    case InstrKind::Bif:
      if (auto value = fold_bif(m_, instr.bif, instr.args)) return replace(*value);
      if (auto test = core::test_of_bif(instr.bif)) {
        Terminator question;
        question.test = *test;
        question.args = instr.args;
        if (auto outcome = test_outcome(question, b)) return replace(m_.atom(*outcome ? "true" : "false"));
        return true;
      }
      if (!cheaper_bif(instr, b)) return true;
      changed_ = Changed::Yes;
      return instruction(instr, b);
    case InstrKind::Tuple:
      if (auto value = fold_tuple(m_, instr.args)) return replace(*value);
      return true;
    case InstrKind::Cons:
      if (auto value = fold_cons(m_, instr.args[0], instr.args[1])) return replace(*value);
      return true;
    case InstrKind::Hd:
    case InstrKind::Tl:
    case InstrKind::TupleElement:
      if (auto value = part(instr, b)) return replace(*value);
      return true;
    default:
      return true;
  }
}

// -- terminators

void Propagator::keep_edge(Terminator& t, size_t edge) {
  Edge kept = std::move(t.edges[edge]);
  t = Terminator{};
  t.kind = TermKind::Jump;
  t.edges.push_back(std::move(kept));
  changed_ = Changed::Yes;
}

// Switch of a boolean made by a comparison or type test: the test itself decides.
bool Propagator::boolean_switch(Terminator& t) {
  const Instr* made = definition(t.args[0]);
  if (made == nullptr || made->kind != InstrKind::Bif) return false;
  auto test = core::test_of_bif(made->bif);
  if (!test) return false;
  auto edge_for = [&](std::string_view text) {
    for (size_t i = 0; i < t.cases.size(); ++i) {
      if (is_atom(t.cases[i], text)) return t.edges[i];
    }
    return t.edges.back();
  };
  Terminator branch;
  branch.kind = TermKind::Branch;
  branch.test = *test;
  branch.args = made->args;
  branch.edges = {edge_for("true"), edge_for("false")};
  t = std::move(branch);
  changed_ = Changed::Yes;
  return true;
}

void Propagator::fold_switch(Terminator& t, uint32_t b) {
  if (boolean_switch(t)) return fold_branch(t, b);
  Shape known = shape(t.args[0], b);
  if (known.literal.valid()) {
    size_t edge = t.cases.size();
    for (size_t i = 0; i < t.cases.size(); ++i) {
      if (t.cases[i] == known.literal) edge = i;
    }
    return keep_edge(t, edge);
  }
  bool maybe = shape_may_be(known.kind, ShapeKind::Atom) || shape_may_be(known.kind, ShapeKind::Integer) ||
               known.kind == ShapeKind::Unknown;
  if (!maybe) keep_edge(t, t.cases.size());
}

void Propagator::fold_switch_arity(Terminator& t, uint32_t b) {
  Shape known = shape(t.args[0], b);
  if (known.kind != ShapeKind::Tuple || !known.sized) return;
  size_t edge = t.arities.size();
  for (size_t i = 0; i < t.arities.size(); ++i) {
    if (t.arities[i] == known.size) edge = i;
  }
  keep_edge(t, edge);
}

void Propagator::fold_branch(Terminator& t, uint32_t b) {
  if (auto outcome = test_outcome(t, b)) return keep_edge(t, *outcome ? 0 : 1);
  const Instr* made = definition(t.args[0]);
  if (made == nullptr) return;
  // A tuple that is made here has the right size; its first element decides.
  if (t.test == TestKind::TaggedTuple && made->kind == InstrKind::Tuple) {
    Operand tag = t.args[1];
    t.test = TestKind::ExactEqual;
    t.index = 0;
    t.args = {made->args[0], tag};
    changed_ = Changed::Yes;
    return fold_branch(t, b);
  }
  // A boolean that a test made, tested again.
  auto test = made->kind == InstrKind::Bif ? core::test_of_bif(made->bif) : std::nullopt;
  if (!test) return;
  bool is_true = t.test == TestKind::IsTrue || (t.test == TestKind::ExactEqual && is_atom(t.args[1], "true"));
  bool is_false = t.test == TestKind::IsFalse || (t.test == TestKind::ExactEqual && is_atom(t.args[1], "false"));
  if (!is_true && !is_false) return;
  t.test = *test;
  t.args = made->args;
  if (is_false) std::swap(t.edges[0], t.edges[1]);
  changed_ = Changed::Yes;
}

void Propagator::fold_try_bif(uint32_t b) {
  Terminator& t = f_.blocks[b].term;
  if (auto value = fold_bif(m_, t.bif, t.args)) {
    substitution_.set(t.result, *value);
    substitution_.apply(t.edges[0].args);
    return keep_edge(t, 0);
  }
  Instr instr{.kind = InstrKind::Bif, .bif = t.bif, .args = t.args, .result = t.result};
  if (!cheaper_bif(instr, b)) return;
  if (auto value = part(instr, b)) {
    substitution_.set(t.result, *value);
    substitution_.apply(t.edges[0].args);
  } else {
    definitions_[instr.result.index] = {b, static_cast<uint32_t>(f_.blocks[b].instrs.size())};
    f_.blocks[b].instrs.push_back(std::move(instr));
  }
  keep_edge(f_.blocks[b].term, 0);
}

void Propagator::learn_edge(const Terminator& t, size_t edge, Operand value, Shape shape) {
  if (value.is_literal() || shape.kind == ShapeKind::Unknown) return;
  uint32_t target = t.edges[edge].target.index;
  // The shape holds below the edge, which is the target's subtree when nothing else leads there.
  if (edge_counts_[target] == 1) facts_[value.value().index].emplace_back(target, shape);
}

void Propagator::learn(const Terminator& t) {
  if (t.kind == TermKind::Branch) {
    // A switch made into a branch can have two edges where the switch had one.
    if (t.edges[0].target == t.edges[1].target) return;
    learn_edge(t, 0, t.args[0], shape_of_test(t.test, t));
  } else if (t.kind == TermKind::Switch) {
    for (size_t i = 0; i < t.cases.size(); ++i) learn_edge(t, i, t.args[0], literal_shape(t.cases[i]));
  } else if (t.kind == TermKind::SwitchArity) {
    for (size_t i = 0; i < t.arities.size(); ++i) {
      Shape shape;
      shape.kind = ShapeKind::Tuple;
      shape.sized = true;
      shape.size = t.arities[i];
      learn_edge(t, i, t.args[0], shape);
    }
  }
}

void Propagator::terminator(uint32_t b) {
  Terminator& t = f_.blocks[b].term;
  substitution_.apply(t.args);
  for (Edge& edge : t.edges) substitution_.apply(edge.args);
  switch (t.kind) {
    case TermKind::Branch:
      fold_branch(t, b);
      break;
    case TermKind::Switch:
      fold_switch(t, b);
      break;
    case TermKind::SwitchArity:
      fold_switch_arity(t, b);
      break;
    case TermKind::TryBif:
      fold_try_bif(b);
      break;
    default:
      break;
  }
  const Terminator& now = f_.blocks[b].term;
  for (uint32_t e = 0; e < now.edges.size(); ++e) {
    incoming_[now.edges[e].target.index].emplace_back(b, e);
    reached_[now.edges[e].target.index] = true;
  }
  learn(now);
}

}  // namespace

Changed propagate(Module& module, Function& function) { return Propagator(module, function).run(); }

}  // namespace hj::opt
