#include "runtime/term/print.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <vector>

#include "base/check.h"
#include "runtime/code/export_table.h"
#include "runtime/code/fun_entry.h"
#include "runtime/heap/reference.h"
#include "runtime/process/table.h"
#include "runtime/term/atoms.h"
#include "runtime/term/bigint.h"
#include "runtime/term/binary.h"
#include "runtime/term/characters.h"
#include "runtime/term/map.h"

namespace hj::rt {

// -- atoms

static bool is_reserved_word(std::string_view text) {
  static constexpr std::array<std::string_view, 27> kWords = {
      "after", "and",  "andalso", "band", "begin", "bnot", "bor",    "bsl",     "bsr", "bxor", "case", "catch", "cond", "div",
      "end",   "fun",  "if",      "let",  "not",   "of",   "or",     "orelse",  "receive", "rem", "try", "when", "xor"};
  return std::find(kWords.begin(), kWords.end(), text) != kWords.end();
}

static bool is_lower(uint32_t c) { return (c >= 'a' && c <= 'z') || (c >= 0xdf && c <= 0xff && c != 0xf7); }

static bool is_name_character(uint32_t c) {
  return is_lower(c) || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '@' ||
         (c >= 0xc0 && c <= 0xde && c != 0xd7);
}

static bool needs_quotes(std::string_view text) {
  if (text.empty() || is_reserved_word(text)) return true;
  size_t at = 0;
  if (!is_lower(next_utf8(text, at))) return true;
  while (at < text.size()) {
    if (!is_name_character(next_utf8(text, at))) return true;
  }
  return false;
}

void write_atom(std::string& out, Term atom, Encoding encoding) {
  std::string_view text = atom_text(atom);
  if (!needs_quotes(text)) {
    out += text;
    return;
  }
  out += '\'';
  for (size_t at = 0; at < text.size();) append_quoted(out, next_utf8(text, at), '\'', encoding);
  out += '\'';
}

// -- numbers

void write_integer(std::string& out, Term integer, int base) {
  if (integer.is_small() && base == 10) {
    fmt::format_to(std::back_inserter(out), FMT_STRING("{}"), integer.small());
  } else {
    out += integer_to_text(integer, base);
  }
}

// The shortest digits that read back; then the shorter of decimal and scientific notation, decimal when they are equal.
// Whole numbers from 2^53 on are always scientific: their last digits would be invented.
void write_float(std::string& out, double value) {
  if (std::signbit(value)) out += '-';
  value = std::fabs(value);
  if (value == 0) {
    out += "0.0";
    return;
  }
  char text[32];
  auto result = std::to_chars(text, text + sizeof text, value, std::chars_format::scientific);
  std::string_view shortest(text, static_cast<size_t>(result.ptr - text));
  size_t e = shortest.find('e');
  std::string digits(1, shortest[0]);
  if (e > 2) digits += shortest.substr(2, e - 2);
  int exponent = 0;
  std::from_chars(shortest.data() + e + (shortest[e + 1] == '+' ? 2 : 1), shortest.data() + shortest.size(), exponent);
  auto count = static_cast<int>(digits.size());

  std::string decimal;
  if (exponent < 0) {
    decimal = "0." + std::string(static_cast<size_t>(-exponent - 1), '0') + digits;
  } else if (exponent + 1 >= count) {
    decimal = digits + std::string(static_cast<size_t>(exponent + 1 - count), '0') + ".0";
  } else {
    decimal = digits.substr(0, static_cast<size_t>(exponent) + 1) + "." + digits.substr(static_cast<size_t>(exponent) + 1);
  }
  std::string scientific = fmt::format("{}.{}e{}", digits[0], count > 1 ? digits.substr(1) : "0", exponent);
  out += value < 0x1p53 && decimal.size() <= scientific.size() ? decimal : scientific;
}

// -- what is opaque

static void write_fun(std::string& out, Term fun, Encoding encoding) {
  if (fun.subtag() == Subtag::ExportFun) {
    const auto* cell = reinterpret_cast<const Export*>(fun.boxed()[1].bits);
    out += "fun ";
    write_atom(out, cell->module, encoding);
    out += ':';
    write_atom(out, cell->function, encoding);
    fmt::format_to(std::back_inserter(out), "/{}", cell->arity);
    return;
  }
  const FunEntry* entry = reinterpret_cast<const FunObject*>(fun.boxed())->entry;
  out += "#Fun<";
  write_atom(out, entry->module, encoding);
  fmt::format_to(std::back_inserter(out), ".{}.{}>", entry->index, entry->uniq);
}

static void write_binary(std::string& out, Term binary, int64_t depth) {
  std::string_view bytes = binary_bytes(binary);
  out += "<<";
  size_t count = depth < 0 ? bytes.size() : std::min(bytes.size(), static_cast<size_t>(depth - 1));
  for (size_t i = 0; i < count; i++) {
    if (i > 0) out += ',';
    fmt::format_to(std::back_inserter(out), FMT_STRING("{}"), static_cast<uint8_t>(bytes[i]));
  }
  if (count < bytes.size()) out += count > 0 ? ",..." : "...";
  out += ">>";
}

static bool is_container(Term term) {
  return term.is_cons() || (term.is_boxed() && (term.subtag() == Subtag::Tuple || is_map(term)));
}

// -- containers

namespace {

// What is open: the rest of a list, of a tuple's elements, of a map's pairs. Iterative, because terms may be nested as deep
// as memory allows.
struct Open {
  enum class Kind : uint8_t { List, Tuple, MapKey, MapValue } kind;
  bool is_first;
  int64_t depth;         // what is left of it for the next element; negative: no limit
  Term rest;             // List
  const Term* at;        // Tuple: next element; map: next key
  const Term* values;    // map: next value
  uint64_t left;         // Tuple, map
  // Map: of all its keys and values; `depth` only counts how many pairs are shown.
  int64_t element_depth;
};

class TermWriter {
 public:
  TermWriter(std::string& out, Encoding encoding) : out_(out), encoding_(encoding) {}

  void write(Term term, int64_t depth) {
    begin(term, depth);
    while (!open_.empty()) next(open_.back());
  }

 private:
  void begin(Term term, int64_t depth) {
    if (depth == 0) {
      out_ += "...";
    } else if (!is_container(term)) {
      write_simple(out_, term, encoding_, depth);
    } else if (term.is_cons()) {
      out_ += '[';
      if (depth == 1) {
        out_ += "...]";
      } else {
        open_.push_back({Open::Kind::List, true, depth, term, nullptr, nullptr, 0, 0});
      }
    } else if (term.is_tuple()) {
      out_ += '{';
      if (depth == 1 && term.tuple_size() > 0) {
        out_ += "...}";
      } else {
        open_.push_back({Open::Kind::Tuple, true, depth, Term::nil(), term.tuple_elements(), nullptr, term.tuple_size(), 0});
      }
    } else {
      out_ += "#{";
      if (depth == 1 || map_size(term) == 0) {
        out_ += '}';
      } else {
        open_.push_back(
            {Open::Kind::MapKey, true, depth, Term::nil(), map_keys(term), map_values(term), map_size(term), depth - 1});
      }
    }
  }

  void close(const char* text) {
    out_ += text;
    open_.pop_back();
  }

  // Copies what it needs of `open` before begin(), which may move the stack.
  void next(Open& open) {
    switch (open.kind) {
      case Open::Kind::List: return next_of_list(open);
      case Open::Kind::Tuple: return next_of_tuple(open);
      case Open::Kind::MapKey: return next_key(open);
      case Open::Kind::MapValue: {
        out_ += " => ";
        open.kind = Open::Kind::MapKey;
        Term value = *open.values++;
        return begin(value, open.element_depth);
      }
    }
  }

  void next_of_list(Open& open) {
    if (open.rest.is_nil()) return close("]");
    if (!open.is_first && open.depth == 1) return close("|...]");
    if (!open.rest.is_cons()) {
      out_ += '|';
      Term last = open.rest;
      open.rest = Term::nil();
      return begin(last, open.depth - 1);
    }
    if (!open.is_first) out_ += ',';
    open.is_first = false;
    Term head = open.rest.head();
    open.rest = open.rest.tail();
    begin(head, --open.depth);
  }

  void next_of_tuple(Open& open) {
    if (open.left == 0) return close("}");
    if (!open.is_first) {
      if (open.depth == 1) return close(",...}");
      out_ += ',';
    }
    open.is_first = false;
    open.left--;
    Term element = *open.at++;
    begin(element, --open.depth);
  }

  void next_key(Open& open) {
    if (!open.is_first && open.depth == 1) return close(",...}");
    if (open.left == 0) return close("}");
    if (!open.is_first) out_ += ',';
    open.is_first = false;
    open.left--;
    open.kind = Open::Kind::MapValue;
    open.depth--;
    Term key = *open.at++;
    begin(key, open.element_depth);
  }

  std::string& out_;
  Encoding encoding_;
  std::vector<Open> open_;
};

}  // namespace

void write_simple(std::string& out, Term term, Encoding encoding, int64_t depth) {
  if (term.is_small()) return write_integer(out, term);
  if (term.is_atom()) return write_atom(out, term, encoding);
  if (term.is_nil()) {
    out += "[]";
  } else if (term.is_pid()) {
    fmt::format_to(std::back_inserter(out), "<0.{}.{}>", pid_number(term), pid_serial(term));
  } else if (term.is_port()) {
    fmt::format_to(std::back_inserter(out), "#Port<0.{}>", term.payload());
  } else if (term.is_big()) {
    write_integer(out, term);
  } else if (term.is_float()) {
    write_float(out, term.float_value());
  } else if (term.is_fun()) {
    write_fun(out, term, encoding);
  } else if (is_binary(term)) {
    write_binary(out, term, depth);
  } else if (term.is_reference()) {
    ReferenceNumbers n = reference_numbers(term);
    fmt::format_to(std::back_inserter(out), "#Ref<0.{}.{}.{}>", n.number[2], n.number[1], n.number[0]);
  } else {
    HJ_UNREACHABLE("printing a boxed term with header {:#x}", term.header());
  }
}

void write_term(std::string& out, Term term, Encoding encoding, int64_t depth) {
  TermWriter(out, encoding).write(term, depth);
}

}  // namespace hj::rt
