// -ifdef, -ifndef, -if, -elif, -else, -endif.
#include "frontend/syntax/directives.h"
#include "frontend/syntax/if_evaluator.h"
#include "frontend/syntax/parser.h"

namespace hj::syntax {

// True when the form was a conditional. A condition that is wrong opens a part that is skipped, so that its -endif fits.
bool Preprocessor::process_conditional(const DirectiveForm& form, bool has_errors) {
  if (form.name == "ifdef" || form.name == "ifndef") {
    open_conditional(form, is_active() && !has_errors && ifdef_condition(form));
  } else if (form.name == "if") {
    open_conditional(form, is_active() && !has_errors && if_condition(form));
  } else if (form.name == "elif") {
    elif_directive(form);
  } else if (form.name == "else") {
    else_directive(form);
  } else if (form.name == "endif") {
    endif_directive(form);
  } else {
    return false;
  }
  return true;
}

void Preprocessor::open_conditional(const DirectiveForm& form, bool condition) {
  Conditional conditional;
  conditional.word = form.name;
  conditional.outer_active = is_active();
  conditional.active = condition;
  conditional.taken = condition;
  conditionals_.push_back(std::move(conditional));
}

bool Preprocessor::ifdef_condition(const DirectiveForm& form) {
  DirectiveCursor cursor(form.tokens);
  cursor.expect(TokenKind::LeftParen);
  Token name = cursor.expect_name();
  cursor.expect_close();
  if (cursor.failed()) {
    bad_directive(form, cursor.place());
    return false;
  }
  return expander_.is_defined(Name{name.payload}) == (form.name == "ifdef");
}

bool Preprocessor::if_condition(const DirectiveForm& form) {
  std::vector<Token> expanded;
  if (!expander_.expand(form.tokens, expanded)) return false;
  DirectiveCursor cursor(expanded);
  cursor.expect(TokenKind::LeftParen);
  std::span<const Token> inner = cursor.failed() ? std::span<const Token>() : cursor.rest_in_parens();
  if (cursor.failed()) {
    bad_directive(form, cursor.place());
    return false;
  }
  std::vector<Token> tokens(inner.begin(), inner.end());
  // The parser sees the ')' as the end, which is what it would say "syntax error before" of.
  Token close = expanded[expanded.size() - 2];
  tokens.push_back(Token{TokenKind::Dot, 0, 0, close.span});
  Diagnostics errors;
  NodeId expression = parse_expression(tokens, sources_, pools_, errors);
  for (const Diagnostic& error : errors.all())
    diagnostics_.add(error.kind, error.span, error.message == "syntax error before: '.'" ? "syntax error before: ')'" : error.message, {});
  if (!expression.valid()) return false;
  auto is_defined = [this](Name name) { return expander_.is_defined(name); };
  Condition condition = evaluate_condition(pools_, expression, is_defined);
  if (condition == Condition::BadlyFormed) bad_directive(form, form.word);
  return condition == Condition::True;
}

void Preprocessor::elif_directive(const DirectiveForm& form) {
  if (conditionals_.size() == conditional_base_)
    return diagnostics_.report(DiagnosticKind::UnbalancedConditional, form.word, form.name);
  if (conditionals_.back().seen_else) {
    if (conditionals_.back().outer_active) diagnostics_.report(DiagnosticKind::ElifAfterElse, form.word);
    conditionals_.back().active = false;
    return;
  }
  bool is_candidate = conditionals_.back().outer_active && !conditionals_.back().taken;
  conditionals_.back().active = false;
  bool condition = is_candidate && if_condition(form);
  conditionals_.back().word = form.name;
  conditionals_.back().active = condition;
  conditionals_.back().taken |= condition;
}

void Preprocessor::else_directive(const DirectiveForm& form) {
  bool has_arguments = form.tokens.front().kind != TokenKind::Dot && form.tokens.front().kind != TokenKind::EndOfFile;
  if (has_arguments) return bad_directive(form, form.tokens.front().span);
  if (conditionals_.size() == conditional_base_)
    return diagnostics_.report(DiagnosticKind::UnbalancedConditional, form.word, form.name);
  Conditional& conditional = conditionals_.back();
  if (conditional.seen_else) {
    if (conditional.outer_active) diagnostics_.report(DiagnosticKind::RepeatedElse, form.word);
    conditional.active = false;
    return;
  }
  conditional.word = form.name;
  conditional.seen_else = true;
  conditional.active = conditional.outer_active && !conditional.taken;
  conditional.taken = true;
}

void Preprocessor::endif_directive(const DirectiveForm& form) {
  bool has_arguments = form.tokens.front().kind != TokenKind::Dot && form.tokens.front().kind != TokenKind::EndOfFile;
  if (has_arguments && is_active()) bad_directive(form, form.tokens.front().span);
  if (conditionals_.size() == conditional_base_)
    return diagnostics_.report(DiagnosticKind::UnbalancedConditional, form.word, form.name);
  conditionals_.pop_back();
}

}  // namespace hj::syntax
