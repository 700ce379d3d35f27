#include "frontend/syntax/preprocessor.h"

#include <filesystem>

#include "frontend/source/encoding.h"
#include "frontend/syntax/directives.h"
#include "frontend/syntax/include_path.h"
#include "frontend/syntax/lexer.h"
#include "frontend/syntax/parser.h"

namespace hj::syntax {

Preprocessor::Preprocessor(const CompileOptions& options, SourceMap& sources, Ast& pools, Diagnostics& diagnostics,
                           std::vector<std::string>& included)
    : options_(options),
      sources_(sources),
      pools_(pools),
      diagnostics_(diagnostics),
      included_(included),
      expander_(sources, pools, diagnostics) {}

// -D and {d, ...}: the value is text, so it goes the way of all text.
void Preprocessor::define_option(const std::string& name, const std::string& value) {
  Loc begin = sources_.add(name, value);
  TokenList list = lex(sources_.file_text(begin), begin, pools_);
  report_lex_errors(list, 0, list.tokens.size());
  list.tokens.pop_back();
  Macro macro;
  macro.body = std::move(list.tokens);
  Token name_token = {TokenKind::Atom, 0, pools_.names.intern(name).index, {begin, begin}};
  expander_.define(name_token, std::move(macro));
}

std::vector<Token> Preprocessor::run(Loc file) {
  source_name_ = std::string(sources_.file_name(file));
  for (const auto& [name, value] : options_.defines) define_option(name, value);
  error_limit_ = diagnostics_.error_count() + kMaxSyntaxErrors;
  process_file(file, source_name_);
  return std::move(out_);
}

// -- files

static size_t form_end(const std::vector<Token>& tokens, size_t begin) {
  size_t at = begin;
  while (tokens[at].kind != TokenKind::Dot && tokens[at].kind != TokenKind::EndOfFile) ++at;
  return at;
}

void Preprocessor::process_file(Loc file, const std::string& path) {
  TokenList list = lex(sources_.file_text(file), file, pools_);
  size_t outer_conditionals = conditional_base_;
  conditional_base_ = conditionals_.size();
  file_paths_.push_back(path);

  size_t at = 0;
  while (list.tokens[at].kind != TokenKind::EndOfFile && !gave_up_) {
    size_t end = form_end(list.tokens, at);
    process_form(list, at, end);
    at = list.tokens[end].kind == TokenKind::Dot ? end + 1 : end;
    give_up_on_many_errors(list.tokens[end].span);
  }
  const Token& end_of_file = list.tokens.back();
  if (conditionals_.size() > conditional_base_ && !gave_up_)
    diagnostics_.report(DiagnosticKind::UnterminatedConditional, end_of_file.span, conditionals_.back().word);
  conditionals_.resize(conditional_base_);
  conditional_base_ = outer_conditionals;
  file_paths_.pop_back();
  if (file_paths_.empty()) out_.push_back(end_of_file);
}

void Preprocessor::give_up_on_many_errors(Span place) {
  if (gave_up_ || diagnostics_.error_count() < error_limit_) return;
  gave_up_ = true;
  diagnostics_.report(DiagnosticKind::TooManySyntaxErrors, place);
}

void Preprocessor::include(const std::string& name, std::string_view kind, Span place) {
  if (file_paths_.size() > kMaxIncludeDepth) return diagnostics_.report(DiagnosticKind::IncludeTooDeep, place);
  std::optional<std::string> path = find_include(name, file_paths_.back(), source_name_, options_);
  Result<std::string> text = path ? read_source_file(*path) : Result<std::string>(Error{"not found"});
  if (!text.ok()) return diagnostics_.report(DiagnosticKind::IncludeNotFound, place, kind, name);
  included_bytes_ += text->size();
  if (included_bytes_ > kMaxIncludedBytes) return diagnostics_.report(DiagnosticKind::FileTooLarge, place);

  std::error_code ignored;
  included_.push_back(std::filesystem::absolute(*path, ignored).lexically_normal().string());
  process_file(sources_.add(*path, std::move(*text)), *path);
}

// -- forms

// The name of a directive, when the form is one.
static std::string_view directive_name(const std::vector<Token>& tokens, size_t begin, size_t end, const Ast& pools) {
  if (end < begin + 2 || tokens[begin].kind != TokenKind::Minus) return {};
  const Token& word = tokens[begin + 1];
  if (word.kind == TokenKind::If) return "if";
  return word.kind == TokenKind::Atom ? pools.names.text(Name{word.payload}) : std::string_view();
}

void Preprocessor::process_form(const TokenList& list, size_t begin, size_t end) {
  DirectiveForm form;
  form.name = directive_name(list.tokens, begin, end, pools_);
  if (!form.name.empty()) {
    form.word = list.tokens[begin + 1].span;
    form.tokens = std::span<const Token>(list.tokens).subspan(begin + 2, end - begin - 1);
  }
  bool has_errors = is_active() && report_lex_errors(list, begin, end);
  if (process_conditional(form, has_errors)) return;
  if (!is_active()) return;
  if (has_errors) return add_bad_form(list.tokens[begin].span, list.tokens[end]);
  if (process_directive(form)) return;
  expand_form(list.tokens, begin, end);
}

bool Preprocessor::report_lex_errors(const TokenList& list, size_t begin, size_t end) {
  bool found = false;
  for (size_t i = begin; i < end && diagnostics_.error_count() < error_limit_; ++i) {
    if (list.tokens[i].kind != TokenKind::Error) continue;
    const LexError& error = list.errors[list.tokens[i].payload];
    diagnostics_.report(error.kind, list.tokens[i].span, error.argument);
    found = true;
  }
  return found;
}

// `end` may be an EndOfFile; the parser needs a full stop.
void Preprocessor::add_bad_form(Span place, Token end) {
  out_.push_back({TokenKind::BadForm, 0, 0, place});
  end.kind = TokenKind::Dot;
  out_.push_back(end);
}

void Preprocessor::expand_form(const std::vector<Token>& tokens, size_t begin, size_t end) {
  size_t out_begin = out_.size();
  if (!expander_.expand(std::span<const Token>(tokens).subspan(begin, end - begin), out_)) {
    out_.resize(out_begin);
    return add_bad_form(tokens[begin].span, tokens[end]);
  }
  bool is_complete = tokens[end].kind == TokenKind::Dot;
  bool is_included = file_paths_.size() > 1;
  if (is_complete) {
    note_attribute(out_begin);
    out_.push_back(tokens[end]);
  } else if (is_included) {
    // Only the end of the module's own file reaches the parser.
    diagnostics_.report(DiagnosticKind::SyntaxErrorBefore, tokens[end - 1].span, "");
    diagnostics_.hint("the last form of the file has no '.' at its end");
    out_.resize(out_begin);
    add_bad_form(tokens[begin].span, tokens[end]);
  }
}

// What later directives and macros need to know of an ordinary form.
void Preprocessor::note_attribute(size_t begin) {
  std::string_view name = directive_name(out_, begin, out_.size(), pools_);
  bool ends_prefix = name.empty() || name == "export" || name == "record" || name == "spec" || name == "type";
  if (ends_prefix) features_allowed_ = false;
  bool names_module = name == "module" && out_.size() >= begin + 5 && out_[begin + 2].kind == TokenKind::LeftParen &&
                      out_[begin + 3].kind == TokenKind::Atom;
  if (names_module) expander_.set_module(Name{out_[begin + 3].payload});
}

std::vector<Token> preprocess(Loc file, const CompileOptions& options, SourceMap& sources, Ast& pools,
                              Diagnostics& diagnostics, std::vector<std::string>& included) {
  return Preprocessor(options, sources, pools, diagnostics, included).run(file);
}

}  // namespace hj::syntax
