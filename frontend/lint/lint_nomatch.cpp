// Clauses that are never reached: an earlier clause takes everything, or the guard is false as it stands.
//
// The main walk has noted the clauses whose patterns compare nothing (linear_clauses_): all their variables are new and
// stand once. Whether such patterns take everything is a question of their form alone, so this is one pass over the
// array of nodes, without scopes.
#include <unordered_map>

#include "frontend/lint/constant_guard.h"
#include "frontend/lint/linter.h"
#include "frontend/lint/term_text.h"

namespace hj::lint {

static bool cannot_fail(const Ast& ast, NodeId body) {
  NodeIds exprs = ast.children(body);
  return exprs.size() == 1 && (ast.kind(exprs[0]) == AstKind::Var || ast.kind(exprs[0]) == AstKind::Atom);
}

void Linter::check_unreachable_clauses() {
  if (!facts_.directives.flags.on(WarningFlag::Nomatch)) return;
  for (uint32_t i = 0; i < ast_.node_count(); ++i) {
    NodeId id{i};
    NodeIds children = ast_.children(id);
    switch (ast_.kind(id)) {
      case AstKind::Function: {
        FunctionId function = function_id(id);
        unreachable_clauses(children, NodeId{}, &function);
        break;
      }
      case AstKind::Case: unreachable_clauses(children.subspan(1), children[0], nullptr); break;
      case AstKind::If:
      case AstKind::Receive:
      case AstKind::Fun:
      case AstKind::NamedFun: unreachable_clauses(children, NodeId{}, nullptr); break;
      case AstKind::Try:
        unreachable_clauses(ast_.children(children[1]), NodeId{}, nullptr);
        // A body that cannot fail needs no handler, whichever clause it has.
        if (!cannot_fail(ast_, children[0])) unreachable_clauses(ast_.children(children[2]), NodeId{}, nullptr);
        break;
      case AstKind::Maybe: unreachable_clauses(ast_.children(children[1]), NodeId{}, nullptr); break;
      default: break;
    }
  }
}

// Whether the pattern, whose variables are all new, takes any value; `value` is the expression it meets, when known.
bool Linter::takes_everything(NodeId pattern, NodeId value) const {
  NodeIds parts = ast_.children(pattern);
  switch (ast_.kind(pattern)) {
    case AstKind::Var: return true;
    case AstKind::Match: return takes_everything(parts[0], value) && takes_everything(parts[1], value);
    case AstKind::CatchPattern: return ast_.kind(parts[0]) == AstKind::Var && takes_everything(parts[1], NodeId{});
    case AstKind::Tuple: {
      // case {A, B} of {X, Y} -> ...
      if (!value.valid() || ast_.kind(value) != AstKind::Tuple) return false;
      NodeIds values = ast_.children(value);
      if (values.size() != parts.size()) return false;
      for (size_t i = 0; i < parts.size(); ++i) {
        if (!takes_everything(parts[i], values[i])) return false;
      }
      return true;
    }
    default: return false;
  }
}

// The patterns' text when all are literals, else nothing: equal texts match equal values.
std::string Linter::literal_patterns(NodeIds patterns) const {
  std::string text;
  for (NodeId pattern : patterns) {
    if (!is_literal(ast_, pattern)) return {};
    text += term_text(ast_, pattern) + ";";
  }
  return text;
}

void Linter::unreachable_clauses(NodeIds clauses, NodeId value, const FunctionId* function) {
  uint32_t line = 0;
  // Literal patterns of the clauses without a guard so far, as text, with their lines.
  std::unordered_map<std::string, uint32_t> literals;
  for (NodeId clause : clauses) {
    if (ast_.kind(clause) != AstKind::Clause) continue;
    Span span = clause_head(clause);
    if (line != 0) unreachable_.insert(clause.index);
    if (line != 0 && function) {
      report(DiagnosticKind::FunctionClauseShadowed, span, atom(function->name), function->arity, line);
      continue;
    }
    if (line != 0) {
      report(DiagnosticKind::ClauseShadowed, span, line);
      continue;
    }
    std::string literal = literal_patterns(ast_.children(ast_.child(clause, 0)));
    if (auto earlier = literals.find(literal); !literal.empty() && earlier != literals.end()) {
      unreachable_.insert(clause.index);
      report(DiagnosticKind::ClauseShadowed, span, earlier->second);
      continue;
    }
    GuardTruth truth = constant_guard(ast_, ast_.child(clause, 1));
    if (truth == GuardTruth::False) report(DiagnosticKind::GuardFalse, span);
    if (truth == GuardTruth::True && !literal.empty())
      literals.emplace(std::move(literal), sources_.position(span.begin).line);
    if (truth != GuardTruth::True || !linear_clauses_.contains(clause.index)) continue;
    bool all = true;
    for (NodeId pattern : ast_.children(ast_.child(clause, 0))) all = all && takes_everything(pattern, value);
    if (all) line = sources_.position(span.begin).line;
  }
}

// The clause without its body: what a warning about the clause underlines.
Span Linter::clause_head(NodeId clause) const {
  Span span{ast_.place(clause), ast_.span(clause).end};
  for (NodeId part : {ast_.child(clause, 1), ast_.child(clause, 0)}) {
    Span head = ast_.span(part);
    if (!ast_.children(part).empty() && span.begin < head.end) return {span.begin, head.end};
  }
  return span;
}

}  // namespace hj::lint
