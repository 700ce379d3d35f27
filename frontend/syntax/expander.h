// Expands the macro calls of one form.
//
// The form is a stack of tokens still to be read; a call is taken from it and the macro's text pushed back, so what a
// macro gives is expanded again, without recursion. Definitions that reach themselves are refused beforehand
// (macros.h); what arguments can still do (?A(?) ...) ends at kMaxExpansion.
//
// Places: a token from a macro's text gets the place of the call, beginning at the macro's name as in epp. Behind an
// argument it gets the argument's, as in epp too: messages and stack traces of calls over several lines show it (K3).
//
// Threads: owner only.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "frontend/source/diagnostics.h"
#include "frontend/source/source_file.h"
#include "frontend/syntax/ast.h"
#include "frontend/syntax/macros.h"
#include "frontend/syntax/token.h"

namespace hj::syntax {

class Expander {
 public:
  Expander(SourceMap& sources, Ast& pools, Diagnostics& diagnostics);

  // Appends the form's tokens to `out`; false when something was wrong, which has been reported.
  bool expand(std::span<const Token> form, std::vector<Token>& out);

  // -define: reports what is wrong with it.
  void define(const Token& name, Macro macro);
  void undefine(Name name);
  bool is_defined(Name name) const;
  // -module(name): from now on ?MODULE has a value.
  void set_module(Name module) { module_ = module; }
  void enable_maybe(bool enabled) { maybe_enabled_ = enabled; }
  bool maybe_enabled() const { return maybe_enabled_; }

 private:
  enum class Predefined : uint8_t {
    Module, ModuleString, File, Line, Machine, OtpRelease, FunctionName, FunctionArity, FeatureAvailable, FeatureEnabled,
  };
  // The arguments of a call, or why there are none.
  struct Arguments {
    bool well_formed = false;
    std::vector<std::vector<Token>> values;
    Span end;
  };

  // Predefined names, in the order of the enum.
  std::optional<Predefined> predefined(Name name) const;

  bool expand_call();
  bool expand_macro(const Token& name);
  bool expand_predefined(Predefined which, const Token& name);
  bool expand_feature(Predefined which, const Token& name);
  bool expand_function(Predefined which, const Token& name);
  void push_body(const Macro& macro, const Arguments& arguments, Span call);
  Arguments take_arguments();
  std::vector<MacroUse> uses_in(std::span<const Token> body) const;
  std::optional<uint32_t> function_arity() const;
  Token stringified(std::span<const Token> argument, Span place);

  Token pop();
  void push(const Token& token) { pending_.push_back(token); }
  bool next_is(TokenKind kind) const { return !pending_.empty() && pending_.back().kind == kind; }
  Token atom_token(std::string_view text, Span place);
  Token integer_token(int64_t value, Span place);
  Token string_token(std::u32string value, Span place);
  std::string name_text(const Token& name) const;
  uint32_t line(Span span) const { return sources_.position(span.begin).line; }

  SourceMap& sources_;
  Ast& pools_;
  Diagnostics& diagnostics_;
  MacroTable macros_;
  std::vector<Name> predefined_names_;
  Name module_;
  bool maybe_enabled_ = false;

  // The form in hand: what is still to be read, the next token last, and what has been written.
  std::vector<Token> pending_;
  std::vector<Token>* out_ = nullptr;
  size_t form_begin_ = 0;
  size_t handled_ = 0;
};

}  // namespace hj::syntax
