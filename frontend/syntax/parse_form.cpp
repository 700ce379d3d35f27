// Forms: functions, and the head of attributes.
#include <fmt/format.h>

#include "frontend/syntax/form_parser.h"

namespace hj::syntax {

NodeId FormParser::form() {
  if (at(TokenKind::BadForm)) {
    // The preprocessor has said what is wrong.
    failed_ = true;
    return dummy();
  }
  if (at(TokenKind::Minus)) return attribute();
  if (at(TokenKind::Atom)) return function();
  fail_here();
  return dummy();
}

NodeId FormParser::function() {
  size_t first = at_;
  Name name{token().payload};
  std::vector<NodeId> children;
  size_t arity = 0;
  do {
    size_t head = at_;
    Name clause_name = name;
    size_t clause_arity = 0;
    children.push_back(function_clause(clause_name, clause_arity));
    if (children.size() == 1) arity = clause_arity;
    if (clause_name != name || clause_arity != arity)
      fail_head_mismatch(head, fmt::format("{}/{}", token_text(tokens_[first], ast_), arity));
  } while (accept(TokenKind::Semicolon));
  return add(AstKind::Function, from(first), name.index, children);
}

// `head` is the name in front of the clause that does not fit.
void FormParser::fail_head_mismatch(size_t head, std::string_view what) {
  if (failed_) return;
  fail(DiagnosticKind::HeadMismatch, span_of(head));
  diagnostics_.hint(fmt::format("a ';' continues {}: all clauses need its name and number of arguments, another "
                                "function begins after a '.'", what));
  error_at_ = head;
}

// name(patterns) [when guard] -> body
NodeId FormParser::function_clause(Name& name, size_t& arity) {
  size_t head = at_;
  if (!expect(TokenKind::Atom)) return dummy();
  name = Name{tokens_[head].payload};
  size_t open = at_;
  std::vector<NodeId> patterns = arguments(ExprMode::Pattern);
  arity = patterns.size();
  Span patterns_span = from(open).span;
  NodeId guard_id = optional_guard();
  return clause(span_of(head), patterns, patterns_span, guard_id);
}

// - name value.  The node's span begins at the name, as erl_parse's place does.
NodeId FormParser::attribute() {
  take();
  size_t name = at_;
  if (!expect(TokenKind::Atom)) return dummy();
  std::string_view text = ast_.names.text(Name{tokens_[name].payload});
  if (text == "spec") return specification(name, SpecKind::Spec);
  if (text == "callback") return specification(name, SpecKind::Callback);
  if (text == "type") return type_definition(name, TypeVisibility::Transparent);
  if (text == "opaque") return type_definition(name, TypeVisibility::Opaque);
  if (text == "record") return record_attribute(name);
  return attribute_value(Name{tokens_[name].payload}, name);
}

}  // namespace hj::syntax
