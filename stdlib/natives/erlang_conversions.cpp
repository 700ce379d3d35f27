// erlang's conversions between terms and text: atoms, integers, floats, references and funs as lists.
#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "runtime/heap/build.h"
#include "runtime/process/process.h"
#include "runtime/term/atoms.h"
#include "runtime/term/bigint.h"
#include "runtime/term/print.h"
#include "stdlib/natives/all_natives.h"
#include "stdlib/natives/list_text.h"

namespace hj::stdlib {

using namespace hj::rt;

static size_t character_count(std::string_view utf8) {
  size_t count = 0;
  for (const char c : utf8) count += (static_cast<uint8_t>(c) & 0xc0) != 0x80;
  return count;
}

static Term erlang_atom_to_list(Process& p, Term atom) noexcept {
  return atom.is_atom() ? make_string(p, atom_text(atom)) : raise_badarg(p);
}

static Term erlang_list_to_atom(Process& p, Term list) noexcept {
  const auto text = text_of_list(list);
  if (!text) return raise_badarg(p);
  if (character_count(*text) > kAtomMaxCharacters) return raise_error(p, am::system_limit);
  return intern_atom(*text);
}

static Term erlang_list_to_existing_atom(Process& p, Term list) noexcept {
  const auto text = text_of_list(list);
  if (!text || character_count(*text) > kAtomMaxCharacters) return raise_badarg(p);
  const Term atom = find_atom(*text);
  return atom.is_value() ? atom : raise_badarg(p);
}

static bool is_base(Term base) { return base.is_small() && base.small() >= 2 && base.small() <= 36; }

static Term erlang_integer_to_list_2(Process& p, Term integer, Term base) noexcept {
  if (!integer.is_integer() || !is_base(base)) return raise_badarg(p);
  std::string text = integer_to_text(integer, static_cast<int>(base.small()));
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return make_string(p, text);
}
static Term erlang_integer_to_list_1(Process& p, Term integer) noexcept {
  return erlang_integer_to_list_2(p, integer, Term::from_small(10));
}

static Term erlang_list_to_integer_2(Process& p, Term list, Term base) noexcept {
  if (!is_base(base)) return raise_badarg(p);
  const auto text = bytes_of_list(list);
  if (!text) return raise_badarg(p);
  const Term integer = integer_from_text(p, *text, static_cast<int>(base.small()));
  return integer.is_value() ? integer : raise_badarg(p);
}
static Term erlang_list_to_integer_1(Process& p, Term list) noexcept {
  return erlang_list_to_integer_2(p, list, Term::from_small(10));
}

// [+-]digits.digits[e[+-]digits]
static std::optional<double> parse_float(std::string_view text) {
  size_t i = 0;
  const auto digits = [&] {
    const size_t begin = i;
    while (i < text.size() && text[i] >= '0' && text[i] <= '9') i++;
    return i > begin;
  };
  if (i < text.size() && (text[i] == '+' || text[i] == '-')) i++;
  if (!digits() || i >= text.size() || text[i] != '.') return std::nullopt;
  i++;
  if (!digits()) return std::nullopt;
  if (i < text.size()) {
    if (text[i] != 'e' && text[i] != 'E') return std::nullopt;
    i++;
    if (i < text.size() && (text[i] == '+' || text[i] == '-')) i++;
    if (!digits() || i != text.size()) return std::nullopt;
  }
  const std::string_view number = text.starts_with('+') ? text.substr(1) : text;
  double value = 0;
  const auto result = std::from_chars(number.data(), number.data() + number.size(), value);
  // Too small is zero (or denormal); too large is no float.
  if (result.ec == std::errc::result_out_of_range) {
    value = std::strtod(std::string(number).c_str(), nullptr);
  }
  if (!std::isfinite(value)) return std::nullopt;
  return value;
}

static Term erlang_list_to_float(Process& p, Term list) noexcept {
  const auto text = bytes_of_list(list);
  const auto value = text ? parse_float(*text) : std::nullopt;
  return value ? make_float(p, *value) : raise_badarg(p);
}

static Term erlang_float_to_list_1(Process& p, Term number) noexcept {
  return number.is_float() ? make_string(p, fmt::format("{:.20e}", number.float_value())) : raise_badarg(p);
}

// Options: {decimals, 0..253}, {scientific, 0..249}, compact, short; the last of its kind counts.
static Term erlang_float_to_list_2(Process& p, Term number, Term options) noexcept {
  if (!number.is_float()) return raise_badarg(p);
  enum class Form { Scientific, Decimals, Short } form = Form::Scientific;
  int64_t digits = 20;
  bool compact = false;
  for (; options.is_cons(); options = options.tail()) {
    const Term option = options.head();
    if (option == am::compact) {
      compact = true;
    } else if (option == am::short_) {
      form = Form::Short;
    } else if (option.is_tuple() && option.tuple_size() == 2 && option.tuple_elements()[1].is_small()) {
      const Term name = option.tuple_elements()[0];
      digits = option.tuple_elements()[1].small();
      if (name == am::decimals && digits >= 0 && digits <= 253) {
        form = Form::Decimals;
      } else if (name == am::scientific && digits >= 0 && digits <= 249) {
        form = Form::Scientific;
      } else {
        return raise_badarg(p);
      }
    } else {
      return raise_badarg(p);
    }
  }
  if (!options.is_nil()) return raise_badarg(p);
  const double value = number.float_value();
  std::string text;
  switch (form) {
    case Form::Short: write_float(text, value); return make_string(p, text);
    case Form::Scientific: return make_string(p, fmt::format("{:.{}e}", value, digits));
    case Form::Decimals: break;
  }
  text = fmt::format("{:.{}f}", value, digits);
  if (compact && text.find('.') != std::string::npos) {
    while (text.ends_with('0') && text[text.size() - 2] != '.') text.pop_back();
  }
  return make_string(p, text);
}

// Terms that print as #Ref<...>, #Fun<...>.
static Term printed(Process& p, Term term) {
  std::string text;
  write_term(text, term, Encoding::Unicode);
  return make_string(p, text);
}
static Term erlang_ref_to_list(Process& p, Term ref) noexcept { return ref.is_reference() ? printed(p, ref) : raise_badarg(p); }
static Term erlang_fun_to_list(Process& p, Term fun) noexcept { return fun.is_fun() ? printed(p, fun) : raise_badarg(p); }

#define LEAF(name, arity, fn) HJ_NATIVE_ROW("erlang", name, arity, Leaf, false, fn)
#define LEAF_ALLOC(name, arity, fn) HJ_NATIVE_ROW("erlang", name, arity, Leaf, true, fn)

static const NativeEntry kEntries[] = {
    LEAF_ALLOC("atom_to_list", 1, erlang_atom_to_list),
    LEAF("list_to_atom", 1, erlang_list_to_atom),
    LEAF("list_to_existing_atom", 1, erlang_list_to_existing_atom),
    LEAF_ALLOC("integer_to_list", 1, erlang_integer_to_list_1),
    LEAF_ALLOC("integer_to_list", 2, erlang_integer_to_list_2),
    LEAF_ALLOC("list_to_integer", 1, erlang_list_to_integer_1),
    LEAF_ALLOC("list_to_integer", 2, erlang_list_to_integer_2),
    LEAF_ALLOC("list_to_float", 1, erlang_list_to_float),
    LEAF_ALLOC("float_to_list", 1, erlang_float_to_list_1),
    LEAF_ALLOC("float_to_list", 2, erlang_float_to_list_2),
    LEAF_ALLOC("ref_to_list", 1, erlang_ref_to_list),
    LEAF_ALLOC("fun_to_list", 1, erlang_fun_to_list),
};

NativeTable erlang_conversions() { return kEntries; }

}  // namespace hj::stdlib
