// The parser's state while it reads one form, and one function for each thing the grammar names.
//
// Errors: the first one in a form is reported, and from then on the form looks as if it had ended (kind() says Dot), so
// every loop ends and nothing else needs to know. Whoever called finish() asks failed().
//
// Invariants:
//   P1  Every function that parses something consumes at least one token or sets failed_.
//   P2  Recursion is counted in depth_, height of trees in heights_; both stay within kMaxNesting (A4).
//
// Threads: owner only.
#pragma once
#include <initializer_list>
#include <span>
#include <string>
#include <vector>

#include "frontend/source/diagnostics.h"
#include "frontend/syntax/ast.h"
#include "frontend/syntax/parser.h"
#include "frontend/syntax/token.h"

namespace hj::syntax {

// The text of a node and its place: where the text begins, or would begin. With macros the two differ, because the first
// token need not be the one that stands first in the file; erl_parse goes by the first token.
struct Extent {
  Span span;
  Loc place;
  Extent(Span text) : span(text), place(text.begin) {}
  Extent(Span text, Loc first) : span(text), place(first) {}
};

// What the grammar allows in this place: heads of clauses take fewer operators and no calls.
enum class ExprMode : uint8_t { Expression, Pattern };

// What may follow an operand: after X#{...} only #{...}, after X#r{...} and X#r.f only those.
enum class UpdateFamily : uint8_t { Any, Map, Record };

enum class TypeVisibility : uint8_t { Transparent, Opaque };
enum class SpecKind : uint8_t { Spec, Callback };

class FormParser {
 public:
  FormParser(std::span<const Token> tokens, const SourceMap& sources, Ast& ast, Diagnostics& diagnostics)
      : tokens_(tokens), sources_(sources), ast_(ast), diagnostics_(diagnostics), heights_(ast.node_count(), 1) {}

  // Parses the form tokens [begin, end], the last of which is its Dot or the EndOfFile; returns it, or an ErrorForm.
  NodeId parse_form(size_t begin, size_t end);
  // Where to go on after parse_form: end + 1, or the place of recovery.
  size_t next_form() const { return next_form_; }
  // The same for one expression between begin and end; not valid when it does not parse.
  NodeId parse_single_expression(size_t begin, size_t end);

 private:
  // -- tokens
  const Token& token() const { return tokens_[at_]; }
  TokenKind kind() const { return failed_ ? TokenKind::Dot : tokens_[at_].kind; }
  TokenKind kind_ahead(size_t n) const;
  bool at(TokenKind wanted) const { return kind() == wanted; }
  bool at_word(std::string_view word) const;
  bool accept(TokenKind wanted);
  bool expect(TokenKind wanted);
  // Consumes the token; returns its index.
  size_t take();

  // -- errors
  void fail_here();
  void fail(DiagnosticKind kind, Span span);
  template <class... Args>
  void fail(DiagnosticKind kind, Span span, const Args&... args) {
    if (failed_) return;
    diagnostics_.report(kind, span, args...);
    failed_ = true;
  }
  void begin_form(size_t begin, size_t end);
  void recover(size_t begin);
  void skip_bad_clauses(Name function);
  bool begins_form(size_t index) const;
  bool begins_line(size_t index) const;

  // -- hints (parse_hint.cpp): the smallest edit that may help, or nothing
  std::string hint() const;
  std::string hint_for_token() const;
  std::string hint_for_unclosed() const;
  std::string hint_for_arrow() const;
  std::string hint_for_missing_comma() const;
  bool ends_expression(size_t index) const;
  std::vector<size_t> open_tokens() const;
  std::string place_text(size_t token_index) const;
  void fail_head_mismatch(size_t head, std::string_view what);

  // -- nodes
  NodeId add(AstKind kind, Extent extent, uint32_t payload, std::span<const NodeId> children, uint8_t flags = 0);
  NodeId add(AstKind kind, Extent extent, uint32_t payload, std::initializer_list<NodeId> children,
             uint8_t flags = 0) {
    return add(kind, extent, payload, std::span<const NodeId>(children.begin(), children.size()), flags);
  }
  // A node whose place is not where it begins.
  NodeId add_at(Loc place, AstKind kind, Extent extent, uint32_t payload, std::span<const NodeId> children,
                uint8_t flags = 0) {
    return add(kind, Extent(extent.span, place), payload, children, flags);
  }
  NodeId add_at(Loc place, AstKind kind, Extent extent, uint32_t payload, std::initializer_list<NodeId> children,
                uint8_t flags = 0) {
    return add(kind, Extent(extent.span, place), payload, children, flags);
  }
  NodeId add_atom(std::string_view text, Span span);
  NodeId add_integer(int64_t value, Span span);
  // What stands where nothing could be parsed; never reached from a form.
  NodeId dummy();
  // From the first token to the one before at_.
  Extent from(size_t first_token) const;
  Span span_of(size_t token_index) const { return tokens_[token_index].span; }
  // Of the token consumed last.
  Span last() const { return tokens_[at_ > 0 ? at_ - 1 : 0].span; }
  // `a` is what comes first in the form.
  Extent join(Extent a, Extent b) const;
  Extent join(NodeId a, NodeId b) const { return join(ast_.span(a), ast_.span(b)); }

  // -- forms (parse_form.cpp)
  NodeId form();
  NodeId function();
  NodeId function_clause(Name& name, size_t& arity);
  NodeId attribute();

  // -- attributes (parse_attribute.cpp)
  NodeId attribute_value(Name name, size_t first);
  NodeId build_attribute(Name name, size_t first, const std::vector<NodeId>& values);
  NodeId module_attribute(size_t first, const std::vector<NodeId>& values);
  NodeId name_arity_attribute(AstKind kind, size_t first, const std::vector<NodeId>& values);
  NodeId import_attribute(size_t first, const std::vector<NodeId>& values);
  NodeId on_load_attribute(Name name, size_t first, const std::vector<NodeId>& values);
  NodeId behaviour_attribute(Name name, size_t first, const std::vector<NodeId>& values, uint8_t flags);
  NodeId term_attribute(AstKind kind, Name name, size_t first, const std::vector<NodeId>& values);
  NodeId record_attribute(size_t first);
  NodeId record_field_definition();
  NodeId bad_attribute(DiagnosticKind kind, NodeId where);
  bool all_name_arities(const std::vector<NodeId>& values);
  bool name_arities(NodeId list, std::vector<NodeId>& out);
  NodeId name_arity(NodeId node);
  NodeId as_term(NodeId node);
  NodeId as_binary_term(NodeId node);

  // -- types (parse_type.cpp)
  NodeId type_definition(size_t first, TypeVisibility visibility);
  NodeId specification(size_t first, SpecKind spec_kind);
  NodeId type_signature();
  NodeId function_type();
  NodeId type_constraint();
  NodeId top_type();
  NodeId type(int min_precedence);
  NodeId type_operand();
  NodeId type_primary();
  NodeId type_name();
  NodeId type_list();
  NodeId type_map();
  NodeId type_record();
  NodeId type_fun();
  NodeId type_binary();
  void binary_type_variable();
  std::vector<NodeId> types_until(TokenKind close);

  // -- expressions (parse_expr.cpp, parse_primary.cpp)
  NodeId expression() { return operators(0, ExprMode::Expression); }
  NodeId pattern() { return operators(0, ExprMode::Pattern); }
  NodeId operators(int min_precedence, ExprMode mode);
  NodeId operand(ExprMode mode);
  NodeId postfix(ExprMode mode);
  NodeId updates(NodeId subject, UpdateFamily family);
  NodeId primary(ExprMode mode);
  NodeId literal(AstKind kind);
  NodeId string();
  NodeId parenthesised(ExprMode mode);
  NodeId list();
  NodeId tuple();
  NodeId binary();
  NodeId binary_segments();
  NodeId binary_element_after(NodeId value);
  NodeId binary_type();
  NodeId bit_value();
  NodeId hash_without_subject();
  NodeId record_after_name(size_t hash, NodeId subject);
  NodeId record_field();
  NodeId map_fields(size_t hash, NodeId subject);
  NodeId map_field();
  NodeId comprehension(AstKind kind, size_t first, NodeId template_id, TokenKind close);
  NodeId qualifier();
  std::vector<NodeId> expressions();
  std::vector<NodeId> arguments(ExprMode mode);

  // -- what has clauses (parse_clause.cpp)
  NodeId block();
  NodeId case_expression();
  NodeId if_expression();
  NodeId receive_expression();
  NodeId try_expression();
  NodeId maybe_expression();
  NodeId fun_expression();
  NodeId fun_reference(size_t first);
  NodeId fun_clauses(size_t first);
  NodeId case_clause();
  NodeId if_clause();
  NodeId catch_clause();
  NodeId catch_pattern();
  NodeId clauses();
  NodeId maybe_step();
  NodeId guard();
  NodeId optional_guard();
  NodeId clause_body();
  NodeId body_of(const std::vector<NodeId>& expressions, Span place);
  NodeId clause(Span start, std::span<const NodeId> patterns, Span patterns_span, NodeId guard_id);
  bool begins_maybe() const;
  bool is_reserved_by_feature() const;

  std::span<const Token> tokens_;
  const SourceMap& sources_;
  Ast& ast_;
  Diagnostics& diagnostics_;
  std::vector<uint32_t> heights_;

  size_t at_ = 0;
  size_t form_begin_ = 0;
  size_t form_end_ = 0;
  size_t next_form_ = 0;
  uint32_t depth_ = 0;
  bool failed_ = false;
  size_t error_at_ = 0;
};

}  // namespace hj::syntax
