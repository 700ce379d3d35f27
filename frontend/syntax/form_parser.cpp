#include "frontend/syntax/form_parser.h"

#include <algorithm>

namespace hj::syntax {

// -- tokens

TokenKind FormParser::kind_ahead(size_t n) const {
  if (failed_ || at_ + n >= form_end_) return TokenKind::Dot;
  return tokens_[at_ + n].kind;
}

bool FormParser::at_word(std::string_view word) const {
  if (!at(TokenKind::Atom) || (token().flags & kQuotedAtom) != 0) return false;
  return ast_.names.text(Name{token().payload}) == word;
}

size_t FormParser::take() {
  if (!failed_ && at_ < form_end_) return at_++;
  return at_;
}

bool FormParser::accept(TokenKind wanted) {
  if (!at(wanted)) return false;
  take();
  return true;
}

bool FormParser::expect(TokenKind wanted) {
  if (accept(wanted)) return true;
  fail_here();
  return false;
}

// -- errors

void FormParser::fail_here() {
  if (failed_) return;
  error_at_ = at_;
  bool at_end_of_file = token().kind == TokenKind::EndOfFile;
  Span span = at_end_of_file && at_ > 0 ? span_of(at_ - 1) : token().span;
  std::string text = token().kind == TokenKind::Dot ? "'.'" : token_text(token(), ast_);
  std::string help = hint();
  fail(DiagnosticKind::SyntaxErrorBefore, span, text);
  if (!help.empty()) diagnostics_.hint(std::move(help));
}

void FormParser::fail(DiagnosticKind kind, Span span) {
  if (failed_) return;
  error_at_ = at_;
  diagnostics_.report(kind, span);
  failed_ = true;
}

void FormParser::begin_form(size_t begin, size_t end) {
  at_ = begin;
  form_begin_ = begin;
  form_end_ = end;
  next_form_ = end + 1;
  depth_ = 0;
  failed_ = false;
  error_at_ = end;
}

NodeId FormParser::parse_form(size_t begin, size_t end) {
  begin_form(begin, end);
  bool is_end_of_file = tokens_[end].kind == TokenKind::EndOfFile;
  if (is_end_of_file) next_form_ = end;
  NodeId id = form();
  if (!failed_ && at_ != form_end_) fail_here();
  if (!failed_ && is_end_of_file) fail_here();
  if (!failed_) return id;
  recover(begin);
  size_t last = std::min(std::max(error_at_, begin), end);
  return add(AstKind::ErrorForm, join(span_of(begin), span_of(last)), 0, {});
}

NodeId FormParser::parse_single_expression(size_t begin, size_t end) {
  begin_form(begin, end);
  NodeId id = expression();
  if (!failed_ && at_ != form_end_) fail_here();
  return failed_ ? NodeId{} : id;
}

// -- recovery

bool FormParser::begins_line(size_t index) const {
  Loc begin = span_of(index).begin;
  Loc file = sources_.file_begin(begin);
  // Tokens that a macro made stand where its name stands, which is never the first column.
  return begin == file || sources_.file_text(begin)[begin.offset - file.offset - 1] == '\n';
}

// Whether a function or an attribute begins here, to judge by the layout: what most programmers keep to, and nobody
// inside of an expression does.
bool FormParser::begins_form(size_t index) const {
  if (index + 1 >= form_end_) return false;
  TokenKind first = tokens_[index].kind;
  TokenKind second = tokens_[index + 1].kind;
  bool is_attribute = first == TokenKind::Minus && second == TokenKind::Atom;
  bool is_function = first == TokenKind::Atom && second == TokenKind::LeftParen;
  return (is_attribute || is_function) && begins_line(index);
}

// A full stop that was forgotten costs one form, not two: go on where the layout says that the next one begins.
void FormParser::recover(size_t begin) {
  for (size_t at = std::max(error_at_, begin + 1); at < form_end_; ++at) {
    if (!begins_form(at)) continue;
    bool is_clause_of_same = tokens_[at].kind == TokenKind::Atom && tokens_[at].payload == tokens_[begin].payload &&
                             tokens_[begin].kind == TokenKind::Atom && at > 0 &&
                             tokens_[at - 1].kind == TokenKind::Semicolon;
    if (is_clause_of_same) {
      skip_bad_clauses(Name{tokens_[begin].payload});
      return;
    }
    next_form_ = at;
    return;
  }
}

// The function's later clauses are parsed for their errors only: `; name (` at the beginning of a line cannot be inside of
// an expression of the clause that failed.
void FormParser::skip_bad_clauses(Name function) {
  for (size_t at = error_at_; at + 1 < form_end_; ++at) {
    bool is_clause = tokens_[at].kind == TokenKind::Semicolon && begins_form(at + 1) &&
                     tokens_[at + 1].kind == TokenKind::Atom && tokens_[at + 1].payload == function.index;
    if (!is_clause) continue;
    at_ = at + 1;
    form_begin_ = at_;
    failed_ = false;
    depth_ = 0;
    error_at_ = form_end_;
    form();
    if (!failed_ && at_ != form_end_) fail_here();
    failed_ = true;
    if (error_at_ >= form_end_) return;
    at = error_at_ - 1;
  }
}

// -- nodes

NodeId FormParser::add(AstKind kind, Extent extent, uint32_t payload, std::span<const NodeId> children,
                       uint8_t flags) {
  uint32_t height = 0;
  for (NodeId child : children) height = std::max(height, heights_[child.index]);
  NodeId id = ast_.add(kind, extent.span, payload, children, flags);
  ast_.set_place(id, extent.place);
  heights_.push_back(height + 1);
  if (height + 1 > kMaxNesting) fail(DiagnosticKind::NestedTooDeep, {extent.place, extent.place}, kMaxNesting);
  return id;
}

NodeId FormParser::add_atom(std::string_view text, Span span) {
  return add(AstKind::Atom, span, ast_.names.intern(text).index, {});
}

NodeId FormParser::add_integer(int64_t value, Span span) {
  IntegerLiteral literal;
  literal.small = value;
  ast_.integers.push_back(literal);
  return add(AstKind::Integer, span, static_cast<uint32_t>(ast_.integers.size() - 1), {});
}

NodeId FormParser::dummy() { return add(AstKind::Nil, token().span, 0, {}); }

Extent FormParser::join(Extent a, Extent b) const {
  return {{std::min(a.span.begin, b.span.begin), std::max(a.span.end, b.span.end)}, a.place};
}

Extent FormParser::from(size_t first_token) const {
  size_t last_token = at_ > first_token ? at_ - 1 : first_token;
  return join(span_of(first_token), span_of(last_token));
}

}  // namespace hj::syntax
