// Patterns: which forms may stand in one, and which variables they bind, compare or hide.
#include <algorithm>
#include <cmath>

#include "frontend/lint/linter.h"

namespace hj::lint {

void Linter::whole_pattern(NodeId id, PatternMode mode) {
  PatternWalk walk{.mode = mode};
  pattern(id, walk);
  finish_pattern(walk);
}

void Linter::finish_pattern(PatternWalk& walk) {
  for (const PatternWalk::NewVariable& fresh : walk.fresh) {
    if (walk.mode != PatternMode::Match) hidden_.push_back(fresh.name);
    scope_.set(fresh.name, fresh.variable);
  }
  for (const auto& [name, variable] : walk.repaired) {
    // A key or size that wanted a variable of its own pattern has used it, wrongly.
    if (PatternWalk::NewVariable* fresh = find_fresh(walk, name)) {
      scope_.use(fresh->variable);
    } else {
      scope_.set(name, variable);
    }
  }
}

PatternWalk::NewVariable* Linter::find_fresh(PatternWalk& walk, Name name) {
  uint32_t slot = fresh_slots_[name.index];
  if (slot >= walk.fresh.size() || walk.fresh[slot].name != name) return nullptr;
  return &walk.fresh[slot];
}

// Keys and sizes: expressions over what was bound before the pattern (and in the binary so far).
void Linter::pattern_guard_expr(NodeId id, PatternWalk& walk) {
  const Scope::Mark mark = scope_.mark();
  guard_expr(id);
  for (const Change& change : scope_.take(mark)) walk.repaired.push_back({change.name, change.after});
}

void Linter::pattern(NodeId id, PatternWalk& walk) {
  NodeIds children = ast_.children(id);
  switch (ast_.kind(id)) {
    case AstKind::Var: pattern_variable(id, walk); break;
    case AstKind::Atom:
    case AstKind::Integer:
    case AstKind::Char:
    case AstKind::Float:
    case AstKind::String:
    case AstKind::Nil: break;
    case AstKind::List:
    case AstKind::Tuple:
      for (NodeId child : children) pattern(child, walk);
      break;
    case AstKind::Map: pattern_map(id, walk); break;
    // A map generator's K := V: both are patterns.
    case AstKind::MapExact:
      pattern(children[0], walk);
      pattern(children[1], walk);
      break;
    case AstKind::Binary: binary_pattern(id, walk); break;
    case AstKind::RecordNew: record_pattern(id, walk); break;
    case AstKind::RecordIndex: record_field_access(id); break;
    case AstKind::Unary:
    case AstKind::Binary2: pattern_operator(id, walk); break;
    case AstKind::Match:
      reject_parallel_binaries(children[0], children[1]);
      pattern(children[0], walk);
      pattern(children[1], walk);
      break;
    default: report(DiagnosticKind::IllegalPattern, at(id)); break;
  }
}

void Linter::pattern_variable(NodeId id, PatternWalk& walk) {
  if (ast_.text(id) == "_") return;
  Name name = ast_.name(id);
  Span span = ast_.span(id);
  const bool ignores = ast_.text(id).starts_with('_');
  if (PatternWalk::NewVariable* fresh = find_fresh(walk, name)) {
    scope_.use(fresh->variable);
    walk.compares = true;
    if (walk.is_in_binary) scope_.set(name, fresh->variable);
    if (ignores && !fresh->repeated)
      warn(WarningFlag::UnderscoreMatch, DiagnosticKind::UnderscoreRepeated, fresh->first, text(name));
    if (ignores) warn(WarningFlag::UnderscoreMatch, DiagnosticKind::UnderscoreRepeated, span, text(name));
    fresh->repeated = true;
    return;
  }
  Variable known = scope_.get(name);
  if (walk.mode != PatternMode::Match || known.status == VariableStatus::Unknown) {
    if (walk.mode != PatternMode::Match)
      warn_shadowed(name, walk.mode == PatternMode::ShadowInFun ? "'fun'" : "generate", span);
    Variable variable = scope_.bind(name, span);
    fresh_slots_[name.index] = static_cast<uint32_t>(walk.fresh.size());
    walk.fresh.push_back({name, variable, span});
    if (walk.is_in_binary) scope_.set(name, variable);
    return;
  }
  scope_.use(known);
  walk.compares = true;
  if (known.status == VariableStatus::Unsafe) {
    report(DiagnosticKind::UnsafeVariable, span, text(name), construct_text(known.construct), place_text(known.where));
    known.status = VariableStatus::Bound;
    walk.repaired.push_back({name, known});
    return;
  }
  if (known.status == VariableStatus::Exported && facts_.directives.flags.on(WarningFlag::ExportVars)) {
    report(DiagnosticKind::ExportedVariable, span, text(name), construct_text(known.construct),
           place_text(known.where));
    known.status = VariableStatus::Bound;
    walk.repaired.push_back({name, known});
  }
  if (ignores) warn(WarningFlag::UnderscoreMatch, DiagnosticKind::UnderscoreBound, span, text(name));
}

void Linter::pattern_map(NodeId id, PatternWalk& walk) {
  for (NodeId field : ast_.children(id)) {
    if (ast_.kind(field) != AstKind::MapExact) {
      report(DiagnosticKind::IllegalPattern, at(field));
      diagnostics_.hint("a map pattern matches existing keys: write := instead of =>");
      continue;
    }
    pattern_guard_expr(ast_.child(field, 0), walk);
    pattern(ast_.child(field, 1), walk);
  }
}

// -- constants: patterns may hold arithmetic on literals, and "abc" ++ Tail

namespace {

enum class Constant : uint8_t { None, Zero, Integer, Float };

}  // namespace

static bool is_zero(const syntax::IntegerLiteral& integer) { return integer.is_small && integer.small == 0; }

static Constant float_operator(Op op, double left, double right, double& result) {
  switch (op) {
    case Op::Add: result = left + right; break;
    case Op::Sub: result = left - right; break;
    case Op::Mul: result = left * right; break;
    case Op::FloatDiv:
      if (right == 0) return Constant::None;
      result = left / right;
      break;
    default: return Constant::None;
  }
  return std::isfinite(result) ? Constant::Float : Constant::None;
}

namespace {

// The value of a constant expression, as far as its legality depends on it.
struct ConstantValue {
  Constant kind = Constant::None;
  // The value of a float, the approximate value of an integer.
  double number = 0;
};

}  // namespace

static ConstantValue integer_operator(Op op, const ConstantValue& left, const ConstantValue& right) {
  double value = 0;
  switch (op) {
    case Op::Div:
    case Op::Rem:
      if (right.kind == Constant::Zero) return {};
      value = op == Op::Div ? std::trunc(left.number / right.number) : std::fmod(left.number, right.number);
      break;
    case Op::Add: value = left.number + right.number; break;
    case Op::Sub: value = left.number - right.number; break;
    case Op::Mul: value = left.number * right.number; break;
    // Nobody divides by the outcome of these in a pattern; anything but zero will do.
    default: value = 1; break;
  }
  return {value == 0 ? Constant::Zero : Constant::Integer, value};
}

static ConstantValue constant_value(const Ast& ast, NodeId id) {
  switch (ast.kind(id)) {
    case AstKind::Integer: {
      const syntax::IntegerLiteral& integer = ast.integer(id);
      double number = integer.is_small ? static_cast<double>(integer.small) : 1e300;
      return {is_zero(integer) ? Constant::Zero : Constant::Integer, number};
    }
    case AstKind::Char: return {Constant::Integer, static_cast<double>(ast.node(id).payload)};
    case AstKind::Float: return {Constant::Float, ast.float_value(id)};
    case AstKind::Unary: {
      ConstantValue operand = constant_value(ast, ast.child(id, 0));
      if (operand.kind == Constant::None || ast.op(id) == Op::Not) return {};
      if (ast.op(id) == Op::Bnot) {
        if (operand.kind == Constant::Float) return {};
        return integer_operator(Op::Sub, {Constant::Integer, -1}, operand);
      }
      if (ast.op(id) == Op::Minus) operand.number = -operand.number;
      return operand;
    }
    case AstKind::Binary2: {
      Op op = ast.op(id);
      if (op < Op::Add || op > Op::Bsr) return {};
      ConstantValue left = constant_value(ast, ast.child(id, 0));
      ConstantValue right = constant_value(ast, ast.child(id, 1));
      if (left.kind == Constant::None || right.kind == Constant::None) return {};
      bool floats = left.kind == Constant::Float || right.kind == Constant::Float || op == Op::FloatDiv;
      if (!floats) return integer_operator(op, left, right);
      double result = 0;
      Constant kind = float_operator(op, left.number, right.number, result);
      return {kind, result};
    }
    default: return {};
  }
}

static bool is_character(const Ast& ast, NodeId id) {
  return ast.kind(id) == AstKind::Integer || ast.kind(id) == AstKind::Char;
}

// A list of characters and integers, as what stands left of ++ in a pattern must be.
static bool is_literal_prefix(const Ast& ast, NodeId id) {
  switch (ast.kind(id)) {
    case AstKind::String:
    case AstKind::Nil: return true;
    case AstKind::List: {
      NodeIds children = ast.children(id);
      for (NodeId element : children.first(children.size() - 1)) {
        if (!is_character(ast, element)) return false;
      }
      return is_literal_prefix(ast, children.back());
    }
    default: return false;
  }
}

void Linter::pattern_operator(NodeId id, PatternWalk& walk) {
  bool is_append = ast_.kind(id) == AstKind::Binary2 && ast_.op(id) == Op::Append;
  if (is_append && is_literal_prefix(ast_, ast_.child(id, 0))) {
    pattern(ast_.child(id, 1), walk);
    return;
  }
  if (!is_append && constant_value(ast_, id).kind != Constant::None) return;
  // A left side that begins like a literal list is to blame itself; otherwise the operator is.
  NodeId left = ast_.child(id, 0);
  bool begins_literal = is_append && ast_.kind(left) == AstKind::List && is_character(ast_, ast_.child(left, 0));
  report(DiagnosticKind::IllegalPattern, at(begins_literal ? left : id));
}

// A size that no evaluation turns into an integer. Calls and variables are left to the running program.
bool Linter::is_never_integer(NodeId size) const {
  switch (ast_.kind(size)) {
    case AstKind::Atom:
    case AstKind::List:
    case AstKind::Nil:
    case AstKind::Tuple:
    case AstKind::Map: return true;
    case AstKind::Binary2: {
      Op op = ast_.op(size);
      bool compares = op >= Op::Equal && op <= Op::NotExactEqual;
      bool constants = constant_value(ast_, ast_.child(size, 0)).kind != Constant::None &&
                       constant_value(ast_, ast_.child(size, 1)).kind != Constant::None;
      if (compares && constants) return true;
      break;
    }
    default: break;
  }
  return constant_value(ast_, size).kind == Constant::Float;
}

// -- P1 = P2: two binary patterns may not look at the same bits

// Right sides that are matches themselves are looked into first, so each binary on one side meets each on the other.
void Linter::reject_parallel_binaries(NodeId left, NodeId right) {
  AstKind left_kind = ast_.kind(left);
  AstKind right_kind = ast_.kind(right);
  if (right_kind == AstKind::Match) {
    reject_parallel_binaries(ast_.child(right, 0), left);
    reject_parallel_binaries(ast_.child(right, 1), left);
    return;
  }
  if (left_kind == AstKind::Match) {
    reject_parallel_binaries(ast_.child(left, 0), right);
    reject_parallel_binaries(ast_.child(left, 1), right);
    return;
  }
  if (left_kind != right_kind) return;
  NodeIds a = ast_.children(left);
  NodeIds b = ast_.children(right);
  switch (left_kind) {
    case AstKind::Binary: report(DiagnosticKind::ParallelBinaryMatch, at(left)); break;
    case AstKind::Tuple:
      for (size_t i = 0; i < a.size() && i < b.size(); ++i) reject_parallel_binaries(a[i], b[i]);
      break;
    case AstKind::List:
      // The tails meet when both lists have as many elements written out.
      for (size_t i = 0; i < a.size() && i < b.size(); ++i) {
        if ((i + 1 == a.size()) == (i + 1 == b.size())) reject_parallel_binaries(a[i], b[i]);
      }
      break;
    case AstKind::RecordNew:
      if (ast_.name(left) != ast_.name(right)) break;
      for (NodeId field : a) {
        auto same = [&](NodeId other) { return ast_.name(other) == ast_.name(field); };
        auto other = std::ranges::find_if(b, same);
        if (other != b.end()) reject_parallel_binaries(ast_.child(field, 0), ast_.child(*other, 0));
      }
      break;
    default: break;
  }
}

}  // namespace hj::lint
