// erlang's conversions between terms and text: atoms, integers, floats, references and funs as lists.
#include "runtime/heap/build.h"
#include "runtime/process/process.h"
#include "runtime/term/atoms.h"
#include "runtime/term/bigint.h"
#include "runtime/term/print.h"
#include "runtime/term/utf8.h"
#include "stdlib/natives/all_natives.h"
#include "stdlib/natives/list_text.h"
#include "stdlib/natives/number_text.h"

namespace hj::stdlib {

using namespace hj::rt;

static Term erlang_atom_to_list(Process& p, Term atom) noexcept {
  return atom.is_atom() ? make_string(p, atom_text(atom)) : raise_badarg(p);
}

static Term erlang_list_to_atom(Process& p, Term list) noexcept {
  const auto text = text_of_list(list);
  if (!text) return raise_badarg(p);
  if (utf8_length(*text) > kAtomMaxCharacters) return raise_error(p, am::system_limit);
  return intern_atom(*text);
}

static Term erlang_list_to_existing_atom(Process& p, Term list) noexcept {
  const auto text = text_of_list(list);
  if (!text || utf8_length(*text) > kAtomMaxCharacters) return raise_badarg(p);
  const Term atom = find_atom(*text);
  return atom.is_value() ? atom : raise_badarg(p);
}

static Term erlang_integer_to_list_2(Process& p, Term integer, Term base) noexcept {
  if (!integer.is_integer() || !is_number_base(base)) return raise_badarg(p);
  return make_string(p, integer_to_text(integer, static_cast<int>(base.small())));
}
static Term erlang_integer_to_list_1(Process& p, Term integer) noexcept {
  return erlang_integer_to_list_2(p, integer, Term::from_small(10));
}

static Term erlang_list_to_integer_2(Process& p, Term list, Term base) noexcept {
  if (!is_number_base(base)) return raise_badarg(p);
  const auto text = bytes_of_list(list);
  if (!text) return raise_badarg(p);
  const Term integer = integer_from_text(p, *text, static_cast<int>(base.small()));
  return integer.is_value() ? integer : raise_badarg(p);
}
static Term erlang_list_to_integer_1(Process& p, Term list) noexcept {
  return erlang_list_to_integer_2(p, list, Term::from_small(10));
}

static Term erlang_list_to_float(Process& p, Term list) noexcept {
  const auto text = bytes_of_list(list);
  const auto value = text ? float_of_text(*text) : std::nullopt;
  return value ? make_float(p, *value) : raise_badarg(p);
}

static Term erlang_float_to_list_1(Process& p, Term number) noexcept {
  return number.is_float() ? make_string(p, float_text(number.float_value())) : raise_badarg(p);
}

static Term erlang_float_to_list_2(Process& p, Term number, Term options) noexcept {
  const auto text = number.is_float() ? float_text(number.float_value(), options) : std::nullopt;
  return text ? make_string(p, *text) : raise_badarg(p);
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
