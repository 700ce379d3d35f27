// The order of the checks, and how they report.
#include "frontend/lint/linter.h"

#include "frontend/syntax/atom_text.h"

namespace hj::lint {

Linter::Linter(const Ast& ast, const SourceMap& sources, const CompileOptions& options, Diagnostics& diagnostics)
    : ast_(ast),
      sources_(sources),
      options_(options),
      diagnostics_(diagnostics),
      scope_(ast.names.size()),
      fresh_slots_(ast.names.size()) {
  if (!ast.forms.empty()) main_file_ = sources.position(ast.span(ast.forms.front()).begin).file;
}

void Linter::run() {
  collect_functions();
  collect_directives();
  for (NodeId id : ast_.forms) form(id);
  check_calls();
  check_exports();
  check_unused_functions();
  check_unused_imports();
  check_unused_records();
  check_types();
  check_specs();
  check_callbacks();
  check_behaviours();
  check_deprecations();
  if (!diagnostics_.has_errors()) {
    check_unreachable_clauses();
    check_effects();
    check_literals();
  }
}

Span Linter::at(NodeId id) const {
  Span span{ast_.place(id), ast_.span(id).end};
  if (span.end < span.begin) span.end = span.begin;
  return span;
}

static bool is_word_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '@' ||
         static_cast<unsigned char>(c) >= 0x80;
}

Span Linter::word_at(Loc loc) const {
  std::string_view file = sources_.file_text(loc);
  size_t begin = loc.offset - sources_.file_begin(loc).offset;
  size_t end = begin;
  if (end < file.size() && file[end] == '\'') {
    size_t quote = file.find('\'', end + 1);
    end = quote == std::string_view::npos ? end + 1 : quote + 1;
  } else {
    while (end < file.size() && is_word_character(file[end])) ++end;
  }
  return {loc, {static_cast<uint32_t>(loc.offset + (end - begin))}};
}

std::string Linter::atom(Name name) const { return syntax::atom_text(text(name)); }

std::string Linter::place_text(Loc loc) const {
  SourcePosition position = sources_.position(loc);
  return fmt::format("(line {}, column {})", position.line, position.column);
}

void Linter::hint_name(std::string_view guess) {
  if (!guess.empty()) diagnostics_.hint(fmt::format("did you mean '{}'?", guess));
}

bool Linter::may_guess() {
  if (guesses_left_ == 0) return false;
  --guesses_left_;
  return true;
}

bool Linter::in_main_file(Loc loc) const { return sources_.position(loc).file == main_file_; }

}  // namespace hj::lint
