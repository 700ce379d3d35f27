// Values that nobody looks at: terms built, operators evaluated and functions called for nothing.
//
// erlc finds these while it optimises, so it sees through calls it has inlined and variables it has removed; this walk
// sees what is written: the expressions of a sequence but the last, and what they end in.
#include <algorithm>
#include <unordered_map>

#include "frontend/lint/linter.h"

namespace hj::lint {

namespace {

enum class Failure : uint8_t { Never, Possible };

struct EffectFree {
  std::string_view module;
  std::string_view function;
  uint32_t arity;
  Failure failure;
};

}  // namespace

static const EffectFree* effect_free(std::string_view module, std::string_view function, uint32_t arity) {
  static constexpr EffectFree kFunctions[] = {
#define HJ_EFFECT_FREE(module, function, arity, failure) {module, function, arity, Failure::failure},
#include "frontend/lint/effect_free.def"
#undef HJ_EFFECT_FREE
  };
  static const auto table = [] {
    std::unordered_multimap<std::string_view, const EffectFree*> by_name;
    for (const EffectFree& entry : kFunctions) by_name.emplace(entry.function, &entry);
    return by_name;
  }();
  auto [first, last] = table.equal_range(function);
  for (; first != last; ++first) {
    if (first->second->module == module && first->second->arity == arity) return first->second;
  }
  return nullptr;
}

void Linter::check_effects() {
  if (!facts_.directives.flags.on(WarningFlag::Ignored)) return;
  for (NodeId form : ast_.forms) {
    if (ast_.kind(form) == AstKind::Function) value(form);
  }
}

// An expression, or part of one, whose value is used: looks for sequences inside.
void Linter::value(NodeId id) {
  if (ast_.kind(id) == AstKind::Body || ast_.kind(id) == AstKind::Block) {
    NodeIds parts = ast_.children(id);
    for (NodeId part : parts.first(parts.empty() ? 0 : parts.size() - 1)) effect(part);
    if (!parts.empty()) value(parts.back());
    return;
  }
  if (ast_.kind(id) == AstKind::Try) {
    NodeIds parts = ast_.children(id);
    for (NodeId part : parts.first(3)) value(part);
    effect_body(parts[3]);
    return;
  }
  for (NodeId child : ast_.children(id)) value(child);
}

void Linter::effect_body(NodeId body) {
  for (NodeId part : ast_.children(body)) effect(part);
}

void Linter::effect_clauses(NodeIds clauses) {
  for (NodeId clause : clauses) {
    if (unreachable_.contains(clause.index)) continue;
    if (ast_.kind(clause) == AstKind::After) {
      value(ast_.child(clause, 0));
      effect_body(ast_.child(clause, 1));
    } else {
      effect_body(ast_.child(clause, 2));
    }
  }
}

// An expression whose value is thrown away.
void Linter::effect(NodeId id) {
  NodeIds children = ast_.children(id);
  switch (ast_.kind(id)) {
    case AstKind::String:
      if (ast_.string(id).empty()) break;
      [[fallthrough]];
    case AstKind::Integer:
    case AstKind::Char:
    case AstKind::Float: report(DiagnosticKind::TermNeverUsed, at(id)); break;
    case AstKind::List:
    case AstKind::Tuple:
    case AstKind::RecordNew:
    case AstKind::RecordIndex:
      report(DiagnosticKind::TermNeverUsed, at(id));
      unused_elements(id);
      break;
    case AstKind::RecordUpdate: report(DiagnosticKind::TermNeverUsed, ast_.span(id)); break;
    case AstKind::Map:
    case AstKind::MapUpdate:
    case AstKind::Binary:
    case AstKind::Fun:
    case AstKind::NamedFun:
      report(DiagnosticKind::TermNeverUsed, at(id));
      value(id);
      break;
    case AstKind::FunRemote: report(DiagnosticKind::FunNeverUsed, at(id)); break;
    case AstKind::Unary:
    case AstKind::Binary2: effect_operator(id); break;
    case AstKind::Call: effect_call(id); break;
    case AstKind::Block: effect_body(id); break;
    case AstKind::Case:
      value(children[0]);
      effect_clauses(children.subspan(1));
      break;
    case AstKind::If:
    case AstKind::Receive: effect_clauses(children); break;
    case AstKind::ListComp:
      effect(children[0]);
      for (NodeId qualifier : children.subspan(1)) value(qualifier);
      break;
    default: value(id); break;
  }
}

// What is built for nothing is said once, for the whole term; what is called for it counts on its own.
void Linter::unused_elements(NodeId id) {
  for (NodeId child : ast_.children(id)) {
    switch (ast_.kind(child)) {
      case AstKind::List:
      case AstKind::Tuple:
      case AstKind::RecordNew:
      case AstKind::RecordField: unused_elements(child); break;
      case AstKind::Call: effect(child); break;
      default: value(child); break;
    }
  }
}

void Linter::effect_operator(NodeId id) {
  NodeIds operands = ast_.children(id);
  Op op = ast_.op(id);
  for (NodeId operand : operands.first(operands.size() - 1)) value(operand);
  if (op == Op::Andalso || op == Op::Orelse) {
    effect(operands[1]);
    return;
  }
  value(operands.back());
  if (op == Op::Send) return;
  if (op >= Op::Equal && op <= Op::NotExactEqual) {
    report(DiagnosticKind::OperatorNoEffect, at(id), op_text(op));
  } else {
    report(DiagnosticKind::OperatorIgnored, at(id), op_text(op), operands.size());
  }
}

void Linter::effect_call(NodeId id) {
  NodeIds children = ast_.children(id);
  for (NodeId child : children) value(child);
  NodeId callee = children[0];
  const uint32_t arity = static_cast<uint32_t>(children.size()) - 1;
  std::string_view module = "erlang";
  Name name;
  if (ast_.kind(callee) == AstKind::Atom) {
    name = ast_.name(callee);
    if (text(name) == "record_info" && arity == 2) {
      report(DiagnosticKind::TermNeverUsed, call_head(id));
      return;
    }
    // With a record's name it is a test of the tuple, and those are pure.
    if (text(name) == "is_record" && arity == 2) return;
    if (is_local({name, arity}) || is_imported({name, arity}) || !is_auto_imported({name, arity})) return;
  } else if (ast_.kind(callee) == AstKind::Remote && ast_.kind(ast_.child(callee, 0)) == AstKind::Atom &&
             ast_.kind(ast_.child(callee, 1)) == AstKind::Atom) {
    module = ast_.text(ast_.child(callee, 0));
    name = ast_.name(ast_.child(callee, 1));
  } else {
    return;
  }
  const EffectFree* function = effect_free(module, text(name), arity);
  if (!function) return;
  std::string shown = fmt::format("{}{}/{}", module == "erlang" ? "" : std::string(module) + ":", text(name), arity);
  report(function->failure == Failure::Never ? DiagnosticKind::CallNoEffect : DiagnosticKind::CallIgnored,
         call_head(id), shown);
}

}  // namespace hj::lint
