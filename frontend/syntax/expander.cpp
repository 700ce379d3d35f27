#include "frontend/syntax/expander.h"

#include <algorithm>

#include "frontend/source/unicode.h"
#include "frontend/syntax/preprocessor.h"

namespace hj::syntax {

static constexpr int64_t kOtpRelease = 25;

Expander::Expander(SourceMap& sources, Ast& pools, Diagnostics& diagnostics)
    : sources_(sources), pools_(pools), diagnostics_(diagnostics) {
  for (std::string_view name : {"MODULE", "MODULE_STRING", "FILE", "LINE", "MACHINE", "OTP_RELEASE", "FUNCTION_NAME",
                                "FUNCTION_ARITY", "FEATURE_AVAILABLE", "FEATURE_ENABLED"})
    predefined_names_.push_back(pools_.names.intern(name));
}

std::optional<Expander::Predefined> Expander::predefined(Name name) const {
  auto found = std::find(predefined_names_.begin(), predefined_names_.end(), name);
  if (found == predefined_names_.end()) return std::nullopt;
  return static_cast<Predefined>(found - predefined_names_.begin());
}

std::string Expander::name_text(const Token& name) const {
  return std::string(pools_.names.text(Name{name.payload}));
}

// -- definitions

void Expander::define(const Token& name, Macro macro) {
  Name id{name.payload};
  if (predefined(id)) return diagnostics_.report(DiagnosticKind::RedefinedPredefined, name.span, name_text(name));
  macro.uses = uses_in(macro.body);
  if (macros_.define(id, std::move(macro)) == DefineResult::Redefined)
    diagnostics_.report(DiagnosticKind::RedefinedMacro, name.span, name_text(name));
}

void Expander::undefine(Name name) { macros_.undefine(name); }

bool Expander::is_defined(Name name) const {
  std::optional<Predefined> which = predefined(name);
  if (!which) return macros_.is_defined(name);
  if (*which == Predefined::Module || *which == Predefined::ModuleString) return module_.valid();
  return *which != Predefined::FunctionName && *which != Predefined::FunctionArity;
}

static bool is_opener(TokenKind kind) {
  return kind == TokenKind::LeftParen || kind == TokenKind::LeftBracket || kind == TokenKind::LeftBrace ||
         kind == TokenKind::LeftBinary;
}
static bool is_closer(TokenKind kind) {
  return kind == TokenKind::RightParen || kind == TokenKind::RightBracket || kind == TokenKind::RightBrace ||
         kind == TokenKind::RightBinary;
}

// How many arguments the list has that begins at tokens[open].
static std::optional<uint32_t> argument_count(std::span<const Token> tokens, size_t open) {
  uint32_t count = 0;
  int depth = 0;
  for (size_t i = open; i < tokens.size(); ++i) {
    if (is_opener(tokens[i].kind)) ++depth;
    if (is_closer(tokens[i].kind) && --depth == 0) return i == open + 1 ? 0 : count + 1;
    if (tokens[i].kind == TokenKind::Comma && depth == 1) ++count;
  }
  return std::nullopt;
}

std::vector<MacroUse> Expander::uses_in(std::span<const Token> body) const {
  std::vector<MacroUse> uses;
  for (size_t i = 0; i + 1 < body.size(); ++i) {
    bool is_call = body[i].kind == TokenKind::Question &&
                   (body[i + 1].kind == TokenKind::Atom || body[i + 1].kind == TokenKind::Var);
    if (!is_call) continue;
    MacroUse use;
    use.name = Name{body[i + 1].payload};
    if (i + 2 < body.size() && body[i + 2].kind == TokenKind::LeftParen) use.arity = argument_count(body, i + 2);
    uses.push_back(use);
  }
  return uses;
}

// -- expansion

Token Expander::pop() {
  Token token = pending_.back();
  pending_.pop_back();
  return token;
}

bool Expander::expand(std::span<const Token> form, std::vector<Token>& out) {
  pending_.assign(form.rbegin(), form.rend());
  out_ = &out;
  form_begin_ = out.size();
  while (!pending_.empty()) {
    if (handled_ > kMaxExpansion) {
      diagnostics_.report(DiagnosticKind::ExpansionTooLarge, pending_.back().span);
      return false;
    }
    if (next_is(TokenKind::Question)) {
      if (!expand_call()) return false;
      continue;
    }
    Token token = pop();
    if (maybe_enabled_ && token.kind == TokenKind::Atom) token.flags |= kMaybeEnabled;
    out.push_back(token);
  }
  return true;
}

bool Expander::expand_call() {
  Token question = pop();
  if (next_is(TokenKind::Atom) || next_is(TokenKind::Var)) {
    Token name = pop();
    if (std::optional<Predefined> which = predefined(Name{name.payload})) return expand_predefined(*which, name);
    return expand_macro(name);
  }
  Span span = pending_.empty() ? question.span : pending_.back().span;
  std::string text = pending_.empty() ? "dot" : token_source_text(pending_.back(), pools_);
  diagnostics_.report(DiagnosticKind::IllegalMacroCall, span, text);
  return false;
}

bool Expander::expand_macro(const Token& name) {
  Name id{name.payload};
  Arguments arguments;
  MacroArity arity;
  arguments.end = name.span;
  bool is_known = macros_.is_defined(id);
  if (next_is(TokenKind::LeftParen) && (macros_.takes_arguments(id) || !is_known)) {
    arguments = take_arguments();
    if (arguments.well_formed) arity = static_cast<uint32_t>(arguments.values.size());
    if (is_known && !arguments.well_formed) {
      diagnostics_.report(DiagnosticKind::BadMacroArgument, name.span, name_text(name));
      return false;
    }
  }
  Macro* macro = macros_.find(id, arity);
  if (!is_known) {
    if (arity) {
      diagnostics_.report(DiagnosticKind::UndefinedMacroArity, name.span, name_text(name), *arity);
    } else {
      diagnostics_.report(DiagnosticKind::UndefinedMacro, name.span, name_text(name));
    }
    return false;
  }
  if (macro == nullptr || macro->arity != arity) {
    diagnostics_.report(DiagnosticKind::MacroArgumentMismatch, name.span, name_text(name));
    return false;
  }
  if (macros_.is_circular(*macro)) {
    diagnostics_.report(DiagnosticKind::CircularMacro, name.span, name_text(name));
    return false;
  }
  Span call = {name.span.begin, std::max(name.span.end, arguments.end.end)};
  push_body(*macro, arguments, call);
  return true;
}

// The `end` that closes a `fun` with clauses is part of an argument; `fun f/1` has none.
static bool opens_fun(std::span<const Token> reversed) {
  size_t size = reversed.size();
  if (size == 0) return false;
  if (reversed[size - 1].kind == TokenKind::LeftParen) return true;
  return size > 1 && reversed[size - 1].kind == TokenKind::Var && reversed[size - 2].kind == TokenKind::LeftParen;
}

static std::optional<TokenKind> closer_of(const Token& token, std::span<const Token> behind) {
  switch (token.kind) {
    case TokenKind::LeftParen: return TokenKind::RightParen;
    case TokenKind::LeftBracket: return TokenKind::RightBracket;
    case TokenKind::LeftBrace: return TokenKind::RightBrace;
    case TokenKind::LeftBinary: return TokenKind::RightBinary;
    case TokenKind::Begin:
    case TokenKind::Case:
    case TokenKind::If:
    case TokenKind::Receive:
    case TokenKind::Try: return TokenKind::End;
    case TokenKind::Fun:
      if (opens_fun(behind)) return TokenKind::End;
      return std::nullopt;
    default: return std::nullopt;
  }
}

// Takes "( ... )" from the pending tokens.
Expander::Arguments Expander::take_arguments() {
  Arguments result;
  std::vector<TokenKind> closers = {TokenKind::RightParen};
  std::vector<Token> current;
  pop();
  while (!pending_.empty()) {
    Token token = pop();
    ++handled_;
    if (token.kind == closers.back()) {
      closers.pop_back();
      if (closers.empty()) {
        bool is_empty_list = result.values.empty() && current.empty();
        result.well_formed = is_empty_list || !current.empty();
        result.end = token.span;
        if (!is_empty_list) result.values.push_back(std::move(current));
        return result;
      }
    } else if (token.kind == TokenKind::Comma && closers.size() == 1) {
      if (current.empty()) return result;
      result.values.push_back(std::move(current));
      current.clear();
      continue;
    } else if (std::optional<TokenKind> closer = closer_of(token, pending_)) {
      closers.push_back(*closer);
    } else if (is_closer(token.kind)) {
      return result;
    }
    current.push_back(token);
  }
  return result;
}

static std::u32string to_utf32(std::string_view text) {
  std::u32string result;
  for (size_t at = 0; at < text.size();) {
    CodePoint c = decode_utf8(text, at);
    result.push_back(c.valid() ? c.value : static_cast<unsigned char>(text[at]));
    at += c.bytes;
  }
  return result;
}

Token Expander::stringified(std::span<const Token> argument, Span place) {
  std::string text;
  for (const Token& token : argument) {
    if (!text.empty()) text += ' ';
    text += token_source_text(token, pools_);
  }
  return string_token(to_utf32(text), place);
}

// The macro's text with its arguments, in the place of the call.
void Expander::push_body(const Macro& macro, const Arguments& arguments, Span call) {
  std::vector<Token> text;
  auto argument_of = [&](const Token& token) -> const std::vector<Token>* {
    if (token.kind != TokenKind::Var || !macro.arity) return nullptr;
    auto found = std::find(macro.parameters.begin(), macro.parameters.end(), Name{token.payload});
    if (found == macro.parameters.end()) return nullptr;
    return &arguments.values[static_cast<size_t>(found - macro.parameters.begin())];
  };
  Span place = call;
  for (size_t i = 0; i < macro.body.size(); ++i) {
    const Token& token = macro.body[i];
    bool is_stringify = token.kind == TokenKind::Question && i + 2 < macro.body.size() &&
                        macro.body[i + 1].kind == TokenKind::Question;
    const std::vector<Token>* argument = argument_of(is_stringify ? macro.body[i + 2] : token);
    if (argument == nullptr) {
      text.push_back(token);
      text.back().span = place;
    } else if (is_stringify) {
      text.push_back(stringified(*argument, place));
      i += 2;
    } else {
      text.insert(text.end(), argument->begin(), argument->end());
      place = argument->back().span;
    }
    handled_ += 1;
    if (text.size() + handled_ > kMaxExpansion) {
      handled_ = kMaxExpansion + 1;
      break;
    }
  }
  pending_.insert(pending_.end(), text.rbegin(), text.rend());
}

// -- predefined macros

Token Expander::atom_token(std::string_view text, Span place) {
  return {TokenKind::Atom, kQuotedAtom, pools_.names.intern(text).index, place};
}

Token Expander::integer_token(int64_t value, Span place) {
  IntegerLiteral literal;
  literal.small = value;
  pools_.integers.push_back(literal);
  return {TokenKind::Integer, 0, static_cast<uint32_t>(pools_.integers.size() - 1), place};
}

Token Expander::string_token(std::u32string value, Span place) {
  pools_.strings.push_back(std::move(value));
  return {TokenKind::String, 0, static_cast<uint32_t>(pools_.strings.size() - 1), place};
}

bool Expander::expand_predefined(Predefined which, const Token& name) {
  bool needs_module = which == Predefined::Module || which == Predefined::ModuleString;
  if (needs_module && !module_.valid()) {
    diagnostics_.report(DiagnosticKind::UndefinedMacro, name.span, name_text(name));
    return false;
  }
  switch (which) {
    case Predefined::Module: push(atom_token(pools_.names.text(module_), name.span)); return true;
    case Predefined::ModuleString:
      push(string_token(to_utf32(pools_.names.text(module_)), name.span));
      return true;
    case Predefined::File:
      push(string_token(to_utf32(sources_.position(name.span.begin).file), name.span));
      return true;
    case Predefined::Line: push(integer_token(line(name.span), name.span)); return true;
    case Predefined::Machine: push(atom_token("BEAM", name.span)); return true;
    case Predefined::OtpRelease: push(integer_token(kOtpRelease, name.span)); return true;
    case Predefined::FunctionName:
    case Predefined::FunctionArity: return expand_function(which, name);
    case Predefined::FeatureAvailable:
    case Predefined::FeatureEnabled: return expand_feature(which, name);
  }
  return false;
}

bool Expander::expand_feature(Predefined which, const Token& name) {
  Arguments arguments;
  if (next_is(TokenKind::LeftParen)) arguments = take_arguments();
  bool is_name = arguments.well_formed && arguments.values.size() == 1 && arguments.values[0].size() == 1 &&
                 arguments.values[0][0].kind == TokenKind::Atom;
  if (!is_name) {
    diagnostics_.report(DiagnosticKind::MacroArgumentMismatch, name.span, name_text(name));
    return false;
  }
  bool is_maybe = pools_.names.text(Name{arguments.values[0][0].payload}) == "maybe_expr";
  bool answer = is_maybe && (which == Predefined::FeatureAvailable || maybe_enabled_);
  push(atom_token(answer ? "true" : "false", name.span));
  return true;
}

bool Expander::expand_function(Predefined which, const Token& name) {
  const std::vector<Token>& out = *out_;
  bool in_function = out.size() >= form_begin_ + 2 && out[form_begin_].kind == TokenKind::Atom &&
                     out[form_begin_ + 1].kind == TokenKind::LeftParen;
  std::optional<uint32_t> arity = in_function ? function_arity() : std::nullopt;
  if (!arity) {
    diagnostics_.report(DiagnosticKind::FunctionMacroOutside, name.span, name_text(name));
    return false;
  }
  if (which == Predefined::FunctionArity) {
    push(integer_token(*arity, name.span));
  } else {
    push(atom_token(pools_.names.text(Name{out[form_begin_].payload}), name.span));
  }
  return true;
}

// The number of arguments of the form's first clause. Its head may not have been read to its end yet, when the macro
// stands in it; the rest is then counted as it is written.
std::optional<uint32_t> Expander::function_arity() const {
  std::span<const Token> written = std::span<const Token>(*out_).subspan(form_begin_);
  std::optional<uint32_t> count = argument_count(written, 1);
  if (count) return count;
  std::vector<Token> head(written.begin(), written.end());
  head.push_back({TokenKind::Atom, 0, 0, {}});
  head.insert(head.end(), pending_.rbegin(), pending_.rend());
  return argument_count(head, 1);
}

}  // namespace hj::syntax
