#include "frontend/match/pattern_lowering.h"

namespace hj::match {

using core::Literal;
using core::LiteralId;
using core::LiteralKind;
using core::Operand;
using syntax::AstKind;
using syntax::NodeId;
using syntax::Op;

LoweredClause PatternLowering::lower(std::span<const NodeId> patterns) {
  for (NodeId id : patterns) result_.match.patterns.push_back(pattern(id));
  return finish();
}

LoweredClause PatternLowering::lower_aliases(std::span<const NodeId> patterns) {
  Pattern* all = pattern(patterns[0]);
  for (NodeId id : patterns.subspan(1)) all = merge(all, pattern(id));
  result_.match.patterns.push_back(all);
  return finish();
}

LoweredClause PatternLowering::finish() {
  for (Equality& equality : result_.match.equalities) {
    equality.slot = resolve(equality.slot);
    if (equality.other.valid()) equality.other = resolve(equality.other);
  }
  for (auto& [name, slot] : result_.variables) slot = resolve(slot);
  return std::move(result_);
}

SlotId PatternLowering::resolve(SlotId slot) const {
  for (auto found = merged_.find(slot.index); found != merged_.end(); found = merged_.find(slot.index)) {
    slot = found->second;
  }
  return slot;
}

SlotId PatternLowering::slot_of(Pattern* pattern) {
  if (!pattern->slot.valid()) pattern->slot = new_slot();
  return pattern->slot;
}

// -- single patterns

Pattern* PatternLowering::pattern(NodeId id) {
  switch (ast_.kind(id)) {
    case AstKind::Var:
      return variable(id);
    case AstKind::Nil:
      return constant(m_.module().nil());
    case AstKind::String:
      return text(ast_.string(id), constant(m_.module().nil()));
    case AstKind::List:
      return list(id);
    case AstKind::Tuple: {
      Pattern& tuple = pool_.add(PatternKind::Tuple);
      for (NodeId element : ast_.children(id)) tuple.parts.push_back(pattern(element));
      return &tuple;
    }
    case AstKind::RecordNew:
      return record(id);
    case AstKind::Match: {
      Pattern* left = pattern(ast_.child(id, 0));
      return merge(left, pattern(ast_.child(id, 1)));
    }
    case AstKind::Binary2:
      if (ast_.op(id) == Op::Append) return prefix(id);
      return expression(id);
    case AstKind::Map:
    case AstKind::Binary:
      return unsupported(id);
    default:
      return expression(id);
  }
}

// Its variables are bound all the same: code behind it is lowered, if only to find more to say.
Pattern* PatternLowering::unsupported(NodeId id) {
  m_.unsupported(id);
  std::vector<NodeId> pending{id};
  Pattern& whole = pool_.add(PatternKind::Any);
  while (!pending.empty()) {
    NodeId node = pending.back();
    pending.pop_back();
    if (ast_.kind(node) == AstKind::Var && ast_.text(node) != "_" && !scope_.is_bound(ast_.name(node)) &&
        slots_.emplace(ast_.name(node).index, slot_of(&whole)).second) {
      result_.variables.emplace_back(ast_.name(node), whole.slot);
    }
    auto children = ast_.children(node);
    pending.insert(pending.end(), children.begin(), children.end());
  }
  return &whole;
}

// Numbers, atoms, and arithmetic on numbers.
Pattern* PatternLowering::expression(NodeId id) {
  if (auto literal = m_.constant(id)) return constant(*literal);
  // An expression that has no value, 1 div 0: lint has said that it never matches.
  return &pool_.add(PatternKind::Never);
}

Pattern* PatternLowering::variable(NodeId id) {
  Pattern& place = pool_.add(PatternKind::Any);
  if (ast_.text(id) == "_") return &place;
  syntax::Name name = ast_.name(id);
  if (auto seen = slots_.find(name.index); seen != slots_.end()) {
    result_.match.equalities.push_back({slot_of(&place), seen->second, {}});
    return &place;
  }
  if (scope_.is_bound(name)) {
    Operand value = scope_.value(name);
    LiteralKind kind = value.is_literal() ? m_.module().literals[value.literal().index].kind : LiteralKind::Cons;
    if (kind == LiteralKind::Atom || kind == LiteralKind::Integer || kind == LiteralKind::Nil) {
      return constant(value.literal());
    }
    result_.match.equalities.push_back({slot_of(&place), {}, value});
    return &place;
  }
  slots_.emplace(name.index, slot_of(&place));
  result_.variables.emplace_back(name, place.slot);
  return &place;
}

Pattern* PatternLowering::constant(LiteralId literal) {
  const Literal& l = m_.module().literals[literal.index];
  if (l.kind == LiteralKind::String) {
    return text(std::u32string(l.characters), constant(m_.module().nil()));
  }
  Pattern& p = pool_.add(PatternKind::Constant);
  p.constant = literal;
  return &p;
}

Pattern* PatternLowering::cons(const Pattern* head, const Pattern* tail) {
  Pattern& p = pool_.add(PatternKind::Cons);
  p.parts = {head, tail};
  return &p;
}

Pattern* PatternLowering::text(const std::u32string& characters, const Pattern* tail) {
  if (characters.empty()) return const_cast<Pattern*>(tail);
  Pattern& p = pool_.add(PatternKind::Text);
  p.text = pool_.text(characters);
  p.parts = {tail};
  return &p;
}

Pattern* PatternLowering::list(NodeId id) {
  auto children = ast_.children(id);
  std::vector<const Pattern*> elements;
  for (NodeId child : children) elements.push_back(pattern(child));
  const Pattern* result = elements.back();
  for (size_t i = elements.size() - 1; i-- > 0;) result = cons(elements[i], result);
  return const_cast<Pattern*>(result);
}

// "abc" ++ Tail, [$a, X] ++ Tail, and nested ones. The left operand is a proper list; lint saw to it.
Pattern* PatternLowering::prefix(NodeId id) {
  NodeId left = ast_.child(id, 0);
  const Pattern* tail = pattern(ast_.child(id, 1));
  if (ast_.kind(left) == AstKind::String) return text(ast_.string(left), tail);
  if (ast_.kind(left) == AstKind::List) {
    auto children = ast_.children(left);
    for (size_t i = children.size() - 1; i-- > 0;) tail = cons(pattern(children[i]), tail);
  } else if (auto literal = m_.constant(left)) {
    return text(std::u32string(m_.module().literals[literal->index].characters), tail);
  }
  return const_cast<Pattern*>(tail);
}

Pattern* PatternLowering::record(NodeId id) {
  const core::Record* record = m_.records().find(ast_.name(id));
  Pattern& tuple = pool_.add(PatternKind::Tuple);
  if (record == nullptr) return &tuple;
  tuple.parts.assign(record->tuple_size(), nullptr);
  tuple.parts[0] = constant(m_.atom(record->name));
  NodeId rest;
  for (NodeId field : ast_.children(id)) {
    if ((ast_.node(field).flags & syntax::kVariableField) != 0) {
      rest = ast_.child(field, 0);
    } else if (auto index = record->field(ast_.name(field))) {
      tuple.parts[*index + 1] = pattern(ast_.child(field, 0));
    }
  }
  for (const Pattern*& part : tuple.parts) {
    if (part == nullptr) part = rest.valid() ? pattern(rest) : &pool_.add(PatternKind::Any);
  }
  return &tuple;
}

// -- aliases: one pattern that matches what both match

Pattern* PatternLowering::merge(Pattern* a, Pattern* b) {
  SlotId slot = a->slot.valid() ? a->slot : b->slot;
  if (a->slot.valid() && b->slot.valid() && a->slot != b->slot) merged_.emplace(b->slot.index, a->slot);
  Pattern* merged = a;
  if (a->kind == PatternKind::Any) {
    merged = b;
  } else if (b->kind != PatternKind::Any) {
    merged = merge_constructors(a, b);
  }
  if (slot.valid() && merged->slot != slot) {
    if (merged->slot.valid()) merged_.emplace(merged->slot.index, slot);
    merged->slot = slot;
  }
  return merged;
}

Pattern* PatternLowering::merge_constructors(Pattern* a, Pattern* b) {
  if (a->kind == PatternKind::Never) return a;
  if (b->kind == PatternKind::Never) return b;
  if (a->kind == PatternKind::Text && b->kind == PatternKind::Text) return merge_texts(a, b);
  if (a->kind == PatternKind::Text && b->kind == PatternKind::Cons) return merge_parts(one_cons(a), b);
  if (a->kind == PatternKind::Cons && b->kind == PatternKind::Text) return merge_parts(a, one_cons(b));
  if (a->kind != b->kind) return &pool_.add(PatternKind::Never);
  if (a->kind == PatternKind::Constant) return merge_constants(a, b);
  return merge_parts(a, b);
}

Pattern* PatternLowering::merge_constants(Pattern* a, Pattern* b) {
  if (a->constant == b->constant) return a;
  const Literal& x = m_.module().literals[a->constant.index];
  const Literal& y = m_.module().literals[b->constant.index];
  // 0.0 and -0.0 are two constants that match each other.
  if (x.kind == LiteralKind::Float && y.kind == LiteralKind::Float && x.number == y.number) return a;
  return &pool_.add(PatternKind::Never);
}

Pattern* PatternLowering::merge_parts(const Pattern* a, const Pattern* b) {
  if (a->parts.size() != b->parts.size()) return &pool_.add(PatternKind::Never);
  Pattern& merged = pool_.add(a->kind);
  for (size_t i = 0; i < a->parts.size(); ++i) {
    // Parts are this object's own patterns; only their readers see them as const.
    merged.parts.push_back(merge(const_cast<Pattern*>(a->parts[i]), const_cast<Pattern*>(b->parts[i])));
  }
  return &merged;
}

Pattern* PatternLowering::one_cons(const Pattern* p) {
  Pattern* head = constant(m_.module().integer((*p->text)[p->offset]));
  if (p->offset + 1 == p->text->size()) return cons(head, p->parts[0]);
  Pattern& rest = pool_.add(PatternKind::Text);
  rest.text = p->text;
  rest.offset = p->offset + 1;
  rest.parts = p->parts;
  return cons(head, &rest);
}

Pattern* PatternLowering::merge_texts(const Pattern* a, const Pattern* b) {
  size_t a_left = a->text->size() - a->offset;
  size_t b_left = b->text->size() - b->offset;
  if (a_left > b_left) {
    std::swap(a, b);
    std::swap(a_left, b_left);
  }
  if (a->text->compare(a->offset, a_left, *b->text, b->offset, a_left) != 0) return &pool_.add(PatternKind::Never);
  const Pattern* b_rest = b->parts[0];
  if (b_left > a_left) {
    Pattern& rest = pool_.add(PatternKind::Text);
    rest.text = b->text;
    rest.offset = b->offset + static_cast<uint32_t>(a_left);
    rest.parts = b->parts;
    b_rest = &rest;
  }
  const Pattern* tail = merge(const_cast<Pattern*>(a->parts[0]), const_cast<Pattern*>(b_rest));
  return text(a->text->substr(a->offset), tail);
}

}  // namespace hj::match
