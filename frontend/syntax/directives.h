// The preprocessor's state, with one function for each directive.
//
// A directive's tokens are those behind its name, its full stop (or the end of the file) included: a cursor runs over them
// and the first token that does not fit is where "badly formed" points.
//
// Invariants:
//   D1  The conditionals of a file are those above conditional_base_; it cannot close an includer's.
//   D2  Nothing between an untaken condition and its end is reported, lexical errors included.
//
// Threads: owner only.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "frontend/pipeline.h"
#include "frontend/source/diagnostics.h"
#include "frontend/source/source_file.h"
#include "frontend/syntax/ast.h"
#include "frontend/syntax/expander.h"
#include "frontend/syntax/token.h"

namespace hj::syntax {

// All includes of a module together; SourceMap counts in 32 bits.
inline constexpr size_t kMaxIncludedBytes = size_t{1} << 30;

struct DirectiveForm {
  // Empty when the form is no attribute.
  std::string_view name;
  Span word;
  std::span<const Token> tokens;
};

// Reads a directive's tokens one after the other; failing once is failing for good.
class DirectiveCursor {
 public:
  explicit DirectiveCursor(std::span<const Token> tokens) : tokens_(tokens) {}

  const Token& token() const { return tokens_[at_]; }
  bool at(TokenKind kind) const { return !failed_ && token().kind == kind; }
  bool accept(TokenKind kind);
  void expect(TokenKind kind);
  // Consumes any of the two.
  Token expect_name();
  // The ')' and the full stop that end every directive with arguments.
  void expect_close();
  void expect_end();
  void fail() { failed_ = true; }
  bool failed() const { return failed_; }
  Span place() const { return token().span; }
  // What is left before the closing ')', which must stand right before the full stop.
  std::span<const Token> rest_in_parens();

 private:
  void advance();

  std::span<const Token> tokens_;
  size_t at_ = 0;
  bool failed_ = false;
};

class Preprocessor {
 public:
  Preprocessor(const CompileOptions& options, SourceMap& sources, Ast& pools, Diagnostics& diagnostics,
               std::vector<std::string>& included);
  std::vector<Token> run(Loc file);

 private:
  struct Conditional {
    // As -ifdef wrote it; what "unterminated" names.
    std::string word;
    bool outer_active = false;
    bool active = false;
    bool taken = false;
    bool seen_else = false;
  };

  // -- files and forms (preprocessor.cpp)
  void define_option(const std::string& name, const std::string& value);
  void process_file(Loc file, const std::string& path);
  void process_form(const TokenList& list, size_t begin, size_t end);
  void include(const std::string& name, std::string_view kind, Span place);
  bool report_lex_errors(const TokenList& list, size_t begin, size_t end);
  void give_up_on_many_errors(Span place);
  void add_bad_form(Span place, Token end);
  void expand_form(const std::vector<Token>& tokens, size_t begin, size_t end);
  void note_attribute(size_t begin);

  // -- directives (directives.cpp)
  bool process_directive(const DirectiveForm& form);
  void define_directive(const DirectiveForm& form);
  bool define_parameters(DirectiveCursor& cursor, Macro& macro);
  void undef_directive(const DirectiveForm& form);
  void include_directive(const DirectiveForm& form);
  void file_directive(const DirectiveForm& form);
  void message_directive(const DirectiveForm& form, DiagnosticKind kind);
  void feature_directive(const DirectiveForm& form);
  void bad_directive(const DirectiveForm& form, Span place);
  std::string string_argument(DirectiveCursor& cursor) const;
  bool is_term(std::span<const Token> tokens);

  // -- conditionals (conditionals.cpp)
  bool is_active() const { return conditionals_.empty() || conditionals_.back().active; }
  bool process_conditional(const DirectiveForm& form, bool has_errors);
  void open_conditional(const DirectiveForm& form, bool condition);
  bool ifdef_condition(const DirectiveForm& form);
  bool if_condition(const DirectiveForm& form);
  void else_directive(const DirectiveForm& form);
  void elif_directive(const DirectiveForm& form);
  void endif_directive(const DirectiveForm& form);

  const CompileOptions& options_;
  SourceMap& sources_;
  Ast& pools_;
  Diagnostics& diagnostics_;
  std::vector<std::string>& included_;
  Expander expander_;

  std::string source_name_;
  // The files being read, the innermost last.
  std::vector<std::string> file_paths_;
  std::vector<Conditional> conditionals_;
  size_t conditional_base_ = 0;
  size_t included_bytes_ = 0;
  size_t error_limit_ = SIZE_MAX;
  bool gave_up_ = false;
  bool features_allowed_ = true;
  std::vector<Token> out_;
};

}  // namespace hj::syntax
