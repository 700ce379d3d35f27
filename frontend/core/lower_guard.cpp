// Guards. A test is a branch; booleans are made only where a program computes with them. What raises in a guard makes
// its alternative fail, so every test has three ways out: yes, no, and error. They differ only below `not`, `or` and
// the like.
#include "frontend/core/core_names.h"
#include "frontend/core/function_lowering.h"
#include "frontend/lint/bif_table.h"

namespace hj::core {

using syntax::AstKind;
using syntax::Op;

void FunctionLowering::guard(NodeId guard, BlockId fail) {
  NodeIds alternatives = ast_.children(guard);
  if (alternatives.empty()) return;
  if (alternatives.size() == 1) return guard_tests(ast_.children(alternatives[0]), fail);
  BlockId passed = b_.new_block();
  for (size_t i = 0; i < alternatives.size(); ++i) {
    BlockId next = i + 1 < alternatives.size() ? b_.new_block() : fail;
    guard_tests(ast_.children(alternatives[i]), next);
    b_.jump(passed);
    if (next != fail) b_.set(next);
  }
  b_.set(passed);
}

void FunctionLowering::guard_tests(NodeIds tests, BlockId fail) {
  for (NodeId test : tests) {
    BlockId yes = b_.new_block();
    guard_test(test, yes, fail, fail);
    b_.set(yes);
  }
}

void FunctionLowering::test_value(Operand value, BlockId yes, BlockId no, BlockId error) {
  if (no == error) return b_.branch(TestKind::IsTrue, {value}, yes, no);
  BlockId targets[] = {yes, no};
  b_.switch_on(value, {m_.module().atom("true"), m_.module().atom("false")}, targets, error);
}

void FunctionLowering::guard_test(NodeId id, BlockId yes, BlockId no, BlockId error) {
  switch (ast_.kind(id)) {
    case AstKind::Atom:
      if (ast_.text(id) == "true") return b_.jump(yes);
      return b_.jump(ast_.text(id) == "false" ? no : error);
    case AstKind::Unary:
      if (ast_.op(id) == Op::Not) return guard_test(ast_.child(id, 0), no, yes, error);
      break;
    case AstKind::Binary2:
      return guard_operator(id, yes, no, error);
    case AstKind::Call:
      return guard_call(id, yes, no, error);
    default:
      break;
  }
  test_value(guard_value(id, error), yes, no, error);
}

void FunctionLowering::guard_operator(NodeId id, BlockId yes, BlockId no, BlockId error) {
  Op op = ast_.op(id);
  NodeId left = ast_.child(id, 0);
  NodeId right = ast_.child(id, 1);
  bool is_and = op == Op::Andalso || op == Op::And;
  bool strict = op == Op::And || op == Op::Or;
  // A strict operator evaluates its right operand always; that shows only when it can fail or is no boolean.
  if (op == Op::Andalso || op == Op::Orelse || (strict && is_safe_boolean(right))) {
    BlockId next = b_.new_block();
    guard_test(left, is_and ? next : yes, is_and ? no : next, error);
    b_.set(next);
    return guard_test(right, yes, no, error);
  }
  Bif bif = *find_bif(syntax::op_text(op), 2);
  Operand a = guard_value(left, error);
  Operand b = guard_value(right, error);
  if (auto test = test_of_bif(bif)) return b_.branch(*test, {a, b}, yes, no);
  test_value(guard_bif(bif, {a, b}, error), yes, no, error);
}

// -- calls

FunctionLowering::GuardCall FunctionLowering::guard_callee(NodeId id) const {
  NodeId callee = ast_.child(id, 0);
  GuardCall result{.name = {}, .args = ast_.children(id).subspan(1)};
  if (ast_.kind(callee) == AstKind::Atom) {
    result.name = ast_.text(callee);
    result.known = true;
  } else if (ast_.kind(callee) == AstKind::Remote) {
    NodeIds parts = ast_.children(callee);
    bool atoms = ast_.kind(parts[0]) == AstKind::Atom && ast_.kind(parts[1]) == AstKind::Atom;
    result.known = atoms && ast_.text(parts[0]) == "erlang";
    if (result.known) result.name = ast_.text(parts[1]);
  }
  return result;
}

// The size of the tuple that is_record(X, r) or is_record(X, r, 3) tests for, when it can be seen.
std::optional<uint32_t> FunctionLowering::record_test_size(NodeIds args) const {
  if (args.size() < 2 || ast_.kind(args[1]) != AstKind::Atom) return std::nullopt;
  if (args.size() == 2) {
    const Record* record = m_.records().find(ast_.name(args[1]));
    return record == nullptr ? std::nullopt : std::optional(record->tuple_size());
  }
  if (ast_.kind(args[2]) != AstKind::Integer || !ast_.integer(args[2]).is_small) return std::nullopt;
  int64_t size = ast_.integer(args[2]).small;
  return size > 0 && size < (1 << 24) ? std::optional(static_cast<uint32_t>(size)) : std::nullopt;
}

void FunctionLowering::guard_call(NodeId id, BlockId yes, BlockId no, BlockId error) {
  auto [name, args, known] = guard_callee(id);
  uint32_t arity = static_cast<uint32_t>(args.size());
  if (name == "is_record" || name == "record") {
    if (auto size = record_test_size(args)) {
      Operand value = guard_value(args[0], error);
      return b_.branch(TestKind::TaggedTuple, {value, m_.atom(ast_.name(args[1]))}, yes, no, *size);
    }
  }
  if (name == "is_function" && arity == 2 && ast_.kind(args[1]) == AstKind::Integer) {
    Operand value = guard_value(args[0], error);
    return b_.branch(TestKind::IsFunctionOfArity, {value, *m_.constant(args[1])}, yes, no);
  }
  // list/1, atom/1, float/1 ...: the old names of type tests, which only guards know.
  bool obsolete = ast_.kind(ast_.child(id, 0)) == AstKind::Atom && lint::is_obsolete_test(name, arity);
  auto bif = obsolete ? find_bif(fmt::format("is_{}", name), arity) : find_bif(name, arity);
  auto test = bif ? test_of_bif(*bif) : std::nullopt;
  if (test) return b_.branch(*test, guard_values(args, error), yes, no);
  test_value(guard_value(id, error), yes, no, error);
}

// -- values

Operands FunctionLowering::guard_values(NodeIds ids, BlockId error) {
  Operands result;
  for (NodeId id : ids) result.push_back(guard_value(id, error));
  return result;
}

Operand FunctionLowering::guard_bif(Bif bif, Operands args, BlockId error) {
  if (bif_is_total(bif)) return b_.bif(bif, std::move(args), SiteId{});
  return b_.try_bif(bif, std::move(args), error);
}

// The test's outcome as an atom.
Operand FunctionLowering::guard_boolean(NodeId id, BlockId error) {
  BlockId yes = b_.new_block();
  BlockId no = b_.new_block();
  guard_test(id, yes, no, error);
  return boolean(yes, no);
}

Operand FunctionLowering::guard_record(NodeId id, BlockId error) {
  const Record* record = m_.records().find(ast_.name(id));
  auto field = record == nullptr ? std::nullopt : record->field(ast_.name(ast_.child(id, 1)));
  Operand value = guard_value(ast_.child(id, 0), error);
  if (!field) return value;
  BlockId fits = b_.new_block();
  b_.branch(TestKind::TaggedTuple, {value, m_.atom(record->name)}, fits, error, record->tuple_size());
  b_.set(fits);
  return b_.element(value, *field + 1);
}

Operand FunctionLowering::guard_value(NodeId id, BlockId error) {
  NodeIds children = ast_.children(id);
  switch (ast_.kind(id)) {
    case AstKind::Var:
      return variable(id);
    case AstKind::List: {
      Operands elements = guard_values(children, error);
      Operand tail = elements.back();
      for (size_t i = elements.size() - 1; i-- > 0;) tail = b_.cons(elements[i], tail);
      return tail;
    }
    case AstKind::Tuple:
      return b_.tuple(guard_values(children, error));
    case AstKind::RecordNew: {
      const Record* record = m_.records().find(ast_.name(id));
      return record == nullptr ? b_.nil() : Operand(b_.tuple(record_elements(id, *record, error)));
    }
    case AstKind::RecordAccess:
      return guard_record(id, error);
    case AstKind::RecordIndex:
      return record_index(id);
    case AstKind::Map:
    case AstKind::MapUpdate:
    case AstKind::Binary:
      m_.unsupported(id);
      return b_.nil();
    case AstKind::Unary: {
      Op op = ast_.op(id);
      Bif bif = op == Op::Plus ? Bif::Plus : op == Op::Minus ? Bif::Neg : op == Op::Bnot ? Bif::Bnot : Bif::Not;
      if (bif == Bif::Neg) {
        if (auto literal = m_.constant(id)) return *literal;
      }
      return guard_bif(bif, {guard_value(children[0], error)}, error);
    }
    case AstKind::Binary2: {
      Op op = ast_.op(id);
      if (op == Op::Andalso || op == Op::Orelse) {
        // The right operand's value counts, whatever it is.
        BlockId right = b_.new_block();
        BlockId decided = b_.new_block();
        bool is_and = op == Op::Andalso;
        guard_test(children[0], is_and ? right : decided, is_and ? decided : right, error);
        BlockId both = b_.new_block(1);
        b_.set(decided);
        b_.jump(both, {atom(is_and ? "false" : "true")});
        b_.set(right);
        Operand value = guard_value(children[1], error);
        b_.jump(both, {value});
        b_.set(both);
        return b_.param(both, 0);
      }
      auto bif = find_bif(syntax::op_text(op), 2);
      if (!bif) return b_.nil();
      Operand a = guard_value(children[0], error);
      return guard_bif(*bif, {a, guard_value(children[1], error)}, error);
    }
    case AstKind::Call: {
      auto [name, args, known] = guard_callee(id);
      bool of_arity = name == "is_function" && args.size() == 2 && ast_.kind(args[1]) == AstKind::Integer;
      if (of_arity || (name == "is_record" && record_test_size(args))) return guard_boolean(id, error);
      auto bif = find_bif(name, static_cast<uint32_t>(args.size()));
      if (!bif || !bif_info(*bif).guard) return b_.nil();  // lint has refused it
      return guard_bif(*bif, guard_values(args, error), error);
    }
    default:
      break;
  }
  return *m_.constant(id);
}

// -- what is known without evaluating

bool FunctionLowering::cannot_fail(NodeId id) const {
  switch (ast_.kind(id)) {
    case AstKind::Var:
    case AstKind::Atom:
    case AstKind::Integer:
    case AstKind::Char:
    case AstKind::Float:
    case AstKind::String:
    case AstKind::Nil:
      return true;
    case AstKind::Tuple:
    case AstKind::List:
      for (NodeId child : ast_.children(id)) {
        if (!cannot_fail(child)) return false;
      }
      return true;
    default:
      return is_safe_boolean(id);
  }
}

// Evaluates to true or false and never raises.
bool FunctionLowering::is_safe_boolean(NodeId id) const {
  NodeIds children = ast_.children(id);
  switch (ast_.kind(id)) {
    case AstKind::Atom:
      return ast_.text(id) == "true" || ast_.text(id) == "false";
    case AstKind::Unary:
      return ast_.op(id) == Op::Not && is_safe_boolean(children[0]);
    case AstKind::Binary2: {
      Op op = ast_.op(id);
      if (op == Op::And || op == Op::Or || op == Op::Andalso || op == Op::Orelse || op == Op::Xor) {
        return is_safe_boolean(children[0]) && is_safe_boolean(children[1]);
      }
      auto bif = find_bif(syntax::op_text(op), 2);
      return bif && test_of_bif(*bif) && cannot_fail(children[0]) && cannot_fail(children[1]);
    }
    case AstKind::Call: {
      auto [name, args, known] = guard_callee(id);
      auto bif = find_bif(name, static_cast<uint32_t>(args.size()));
      if (!known || !bif || !test_of_bif(*bif)) return false;
      for (NodeId arg : args) {
        if (!cannot_fail(arg)) return false;
      }
      return true;
    }
    default:
      return false;
  }
}

// What a comprehension's filter must be to be a guard: an expression of which every part may stand in one.
bool FunctionLowering::is_guard_test(NodeId id) const {
  NodeIds children = ast_.children(id);
  switch (ast_.kind(id)) {
    case AstKind::Var:
    case AstKind::Atom:
    case AstKind::Integer:
    case AstKind::Char:
    case AstKind::Float:
    case AstKind::String:
    case AstKind::Nil:
    case AstKind::RecordIndex:
      return true;
    case AstKind::RecordAccess:
      return is_guard_test(children[0]);
    case AstKind::List:
    case AstKind::Tuple:
    case AstKind::Map:
    case AstKind::MapAssoc:
    case AstKind::MapExact:
    case AstKind::RecordNew:
    case AstKind::RecordField:
    case AstKind::Unary:
      break;
    case AstKind::Binary2: {
      Op op = ast_.op(id);
      if (op == Op::Send || op == Op::Append || op == Op::Subtract) return false;
      break;
    }
    case AstKind::Call: {
      auto [name, args, known] = guard_callee(id);
      uint32_t arity = static_cast<uint32_t>(args.size());
      if (!known || !lint::is_guard_function(name, arity)) return false;
      NodeId callee = children[0];
      if (ast_.kind(callee) == AstKind::Atom &&
          (m_.local_function(ast_.name(callee), arity) || m_.import_of(ast_.name(callee), arity))) {
        return false;
      }
      children = args;
      break;
    }
    default:
      return false;
  }
  for (NodeId child : children) {
    if (!is_guard_test(child)) return false;
  }
  return true;
}

}  // namespace hj::core
