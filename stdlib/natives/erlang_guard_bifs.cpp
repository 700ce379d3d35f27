// erlang's operators, type tests and guard BIFs as natives: every line of frontend/core/bifs.def.
//
// Generated code does most of them inline; these serve the rest (bignums, floats, errors) and whoever names them with
// fun erlang:element/2, apply or spawn.
#include "runtime/code/export_table.h"
#include "runtime/code/fun_entry.h"
#include "runtime/heap/build.h"
#include "runtime/process/process.h"
#include "runtime/term/arithmetic.h"
#include "runtime/term/atoms.h"
#include "runtime/term/binary.h"
#include "runtime/term/map.h"
#include "runtime/term/order.h"
#include "stdlib/natives/all_natives.h"

namespace hj::stdlib {

using namespace hj::rt;

static Term boolean(bool value) { return value ? am::true_ : am::false_; }
static bool is_boolean_term(Term t) { return t == am::true_ || t == am::false_; }

// -- arithmetic

static Term erlang_add(Process& p, Term a, Term b) noexcept { return number_add(p, a, b); }
static Term erlang_subtract(Process& p, Term a, Term b) noexcept { return number_subtract(p, a, b); }
static Term erlang_multiply(Process& p, Term a, Term b) noexcept { return number_multiply(p, a, b); }
static Term erlang_divide(Process& p, Term a, Term b) noexcept { return number_divide(p, a, b); }
static Term erlang_div(Process& p, Term a, Term b) noexcept { return integer_div_checked(p, a, b); }
static Term erlang_rem(Process& p, Term a, Term b) noexcept { return integer_rem_checked(p, a, b); }
static Term erlang_plus(Process& p, Term a) noexcept { return number_plus(p, a); }
static Term erlang_negate(Process& p, Term a) noexcept { return number_negate(p, a); }
static Term erlang_band(Process& p, Term a, Term b) noexcept { return integer_bits_checked(p, a, b, BitOperation::And); }
static Term erlang_bor(Process& p, Term a, Term b) noexcept { return integer_bits_checked(p, a, b, BitOperation::Or); }
static Term erlang_bxor(Process& p, Term a, Term b) noexcept { return integer_bits_checked(p, a, b, BitOperation::Xor); }
static Term erlang_bsl(Process& p, Term a, Term b) noexcept { return integer_shift_checked(p, a, b, ShiftDirection::Left); }
static Term erlang_bsr(Process& p, Term a, Term b) noexcept { return integer_shift_checked(p, a, b, ShiftDirection::Right); }
static Term erlang_bnot(Process& p, Term a) noexcept { return integer_not_checked(p, a); }
static Term erlang_abs(Process& p, Term a) noexcept { return number_abs(p, a); }
static Term erlang_float(Process& p, Term a) noexcept { return number_to_float(p, a); }
static Term erlang_trunc(Process& p, Term a) noexcept { return number_to_integer(p, a, Rounding::Trunc); }
static Term erlang_round(Process& p, Term a) noexcept { return number_to_integer(p, a, Rounding::Round); }
static Term erlang_floor(Process& p, Term a) noexcept { return number_to_integer(p, a, Rounding::Floor); }
static Term erlang_ceil(Process& p, Term a) noexcept { return number_to_integer(p, a, Rounding::Ceil); }

// -- booleans

static Term erlang_not(Process& p, Term a) noexcept {
  return is_boolean_term(a) ? boolean(a == am::false_) : raise_badarg(p);
}
static Term erlang_and(Process& p, Term a, Term b) noexcept {
  if (!is_boolean_term(a) || !is_boolean_term(b)) return raise_badarg(p);
  return boolean(a == am::true_ && b == am::true_);
}
static Term erlang_or(Process& p, Term a, Term b) noexcept {
  if (!is_boolean_term(a) || !is_boolean_term(b)) return raise_badarg(p);
  return boolean(a == am::true_ || b == am::true_);
}
static Term erlang_xor(Process& p, Term a, Term b) noexcept {
  return is_boolean_term(a) && is_boolean_term(b) ? boolean(a != b) : raise_badarg(p);
}

// -- comparisons

static Term erlang_equal(Process&, Term a, Term b) noexcept { return boolean(equal(a, b)); }
static Term erlang_not_equal(Process&, Term a, Term b) noexcept { return boolean(!equal(a, b)); }
static Term erlang_exact_equal(Process&, Term a, Term b) noexcept { return boolean(exact_equal(a, b)); }
static Term erlang_not_exact_equal(Process&, Term a, Term b) noexcept { return boolean(!exact_equal(a, b)); }
static Term erlang_less(Process&, Term a, Term b) noexcept { return boolean(compare(a, b) < 0); }
static Term erlang_less_equal(Process&, Term a, Term b) noexcept { return boolean(compare(a, b) <= 0); }
static Term erlang_greater(Process&, Term a, Term b) noexcept { return boolean(compare(a, b) > 0); }
static Term erlang_greater_equal(Process&, Term a, Term b) noexcept { return boolean(compare(a, b) >= 0); }

// -- type tests

static uint32_t fun_arity(Term fun) {
  return fun.subtag() == Subtag::Fun ? reinterpret_cast<const FunObject*>(fun.boxed())->entry->arity
                                     : reinterpret_cast<const Export*>(fun.boxed()[1].bits)->arity;
}
static Term erlang_is_atom(Process&, Term a) noexcept { return boolean(a.is_atom()); }
static Term erlang_is_binary(Process&, Term a) noexcept { return boolean(is_binary(a)); }
static Term erlang_is_bitstring(Process&, Term a) noexcept { return boolean(is_binary(a)); }
static Term erlang_is_boolean(Process&, Term a) noexcept { return boolean(is_boolean_term(a)); }
static Term erlang_is_float(Process&, Term a) noexcept { return boolean(a.is_float()); }
static Term erlang_is_function_1(Process&, Term a) noexcept { return boolean(a.is_fun()); }
static Term erlang_is_function_2(Process& p, Term a, Term arity) noexcept {
  if (!arity.is_integer() || (arity.is_small() ? arity.small() < 0 : arity.subtag() == Subtag::NegativeBig)) return raise_badarg(p);
  return boolean(a.is_fun() && arity.is_small() && fun_arity(a) == arity.small());
}
static Term erlang_is_integer(Process&, Term a) noexcept { return boolean(a.is_integer()); }
static Term erlang_is_list(Process&, Term a) noexcept { return boolean(a.is_list()); }
static Term erlang_is_map(Process&, Term a) noexcept { return boolean(is_map(a)); }
static Term erlang_is_number(Process&, Term a) noexcept { return boolean(a.is_number()); }
static Term erlang_is_pid(Process&, Term a) noexcept { return boolean(a.is_pid()); }
static Term erlang_is_port(Process&, Term a) noexcept { return boolean(a.is_port()); }
static Term erlang_is_reference(Process&, Term a) noexcept { return boolean(a.is_reference()); }
static Term erlang_is_tuple(Process&, Term a) noexcept { return boolean(a.is_tuple()); }
static bool is_tagged(Term term, Term tag) {
  return term.is_tuple() && term.tuple_size() > 0 && term.tuple_elements()[0] == tag;
}
static Term erlang_is_record_2(Process& p, Term term, Term tag) noexcept {
  return tag.is_atom() ? boolean(is_tagged(term, tag)) : raise_badarg(p);
}
static Term erlang_is_record_3(Process& p, Term term, Term tag, Term size) noexcept {
  if (!tag.is_atom() || !size.is_small()) return raise_badarg(p);
  return boolean(is_tagged(term, tag) && term.tuple_size() == static_cast<uint64_t>(size.small()));
}

// -- access

static Term erlang_element(Process& p, Term index, Term tuple) noexcept {
  if (!index.is_small() || !tuple.is_tuple()) return raise_badarg(p);
  const int64_t i = index.small();
  if (i < 1 || static_cast<uint64_t>(i) > tuple.tuple_size()) return raise_badarg(p);
  return tuple.tuple_elements()[i - 1];
}
static Term erlang_tuple_size(Process& p, Term tuple) noexcept {
  return tuple.is_tuple() ? Term::from_small(static_cast<int64_t>(tuple.tuple_size())) : raise_badarg(p);
}
static Term erlang_byte_size(Process& p, Term a) noexcept {
  return is_binary(a) ? Term::from_small(static_cast<int64_t>(binary_bytes(a).size())) : raise_badarg(p);
}
static Term erlang_bit_size(Process& p, Term a) noexcept {
  return is_binary(a) ? Term::from_small(static_cast<int64_t>(binary_bytes(a).size()) * 8) : raise_badarg(p);
}
static Term erlang_size(Process& p, Term a) noexcept {
  return a.is_tuple() ? erlang_tuple_size(p, a) : erlang_byte_size(p, a);
}
static Term erlang_hd(Process& p, Term list) noexcept { return list.is_cons() ? list.head() : raise_badarg(p); }
static Term erlang_tl(Process& p, Term list) noexcept { return list.is_cons() ? list.tail() : raise_badarg(p); }
static Term erlang_length(Process& p, Term list) noexcept {
  int64_t count = 0;
  Term rest = list;
  for (; rest.is_cons(); rest = rest.tail()) count++;
  charge_reductions(p, count / 16);
  return rest.is_nil() ? Term::from_small(count) : raise_badarg(p);
}

static Term badmap(Process& p, Term term) { return raise_error(p, make_tuple(p, {am::badmap, term})); }

// The place of a key in a map, or -1.
static int64_t map_index(Term map, Term key) {
  const Term* keys = map_keys(map);
  for (uint64_t i = 0; i < map_size(map); i++) {
    if (exact_equal(keys[i], key)) return static_cast<int64_t>(i);
  }
  return -1;
}
static Term erlang_map_size(Process& p, Term map) noexcept {
  return is_map(map) ? Term::from_small(static_cast<int64_t>(map_size(map))) : badmap(p, map);
}
static Term erlang_is_map_key(Process& p, Term key, Term map) noexcept {
  return is_map(map) ? boolean(map_index(map, key) >= 0) : badmap(p, map);
}
static Term erlang_map_get(Process& p, Term key, Term map) noexcept {
  if (!is_map(map)) return badmap(p, map);
  const int64_t index = map_index(map, key);
  return index >= 0 ? map_values(map)[index] : raise_error(p, make_tuple(p, {am::badkey, key}));
}

static Term erlang_node_0(Process&) noexcept { return am::nonode; }
static Term erlang_node_1(Process& p, Term a) noexcept {
  return a.is_pid() || a.is_port() || a.is_reference() ? am::nonode : raise_badarg(p);
}
static Term erlang_min(Process&, Term a, Term b) noexcept { return compare(a, b) <= 0 ? a : b; }
static Term erlang_max(Process&, Term a, Term b) noexcept { return compare(a, b) >= 0 ? a : b; }

#define LEAF(name, arity, fn) HJ_NATIVE_ROW("erlang", name, arity, Leaf, false, fn)
#define LEAF_ALLOC(name, arity, fn) HJ_NATIVE_ROW("erlang", name, arity, Leaf, true, fn)

// May-allocate where a bignum, a float or an error's reason may be made.
static const NativeEntry kEntries[] = {
    LEAF_ALLOC("+", 2, erlang_add), LEAF_ALLOC("-", 2, erlang_subtract), LEAF_ALLOC("*", 2, erlang_multiply),
    LEAF_ALLOC("/", 2, erlang_divide), LEAF_ALLOC("div", 2, erlang_div), LEAF_ALLOC("rem", 2, erlang_rem),
    LEAF_ALLOC("+", 1, erlang_plus), LEAF_ALLOC("-", 1, erlang_negate), LEAF_ALLOC("band", 2, erlang_band),
    LEAF_ALLOC("bor", 2, erlang_bor), LEAF_ALLOC("bxor", 2, erlang_bxor), LEAF_ALLOC("bsl", 2, erlang_bsl),
    LEAF_ALLOC("bsr", 2, erlang_bsr), LEAF_ALLOC("bnot", 1, erlang_bnot), LEAF_ALLOC("abs", 1, erlang_abs),
    LEAF_ALLOC("float", 1, erlang_float), LEAF_ALLOC("trunc", 1, erlang_trunc), LEAF_ALLOC("round", 1, erlang_round),
    LEAF_ALLOC("floor", 1, erlang_floor), LEAF_ALLOC("ceil", 1, erlang_ceil),
    LEAF("not", 1, erlang_not), LEAF("and", 2, erlang_and), LEAF("or", 2, erlang_or), LEAF("xor", 2, erlang_xor),
    LEAF("==", 2, erlang_equal), LEAF("/=", 2, erlang_not_equal), LEAF("=:=", 2, erlang_exact_equal),
    LEAF("=/=", 2, erlang_not_exact_equal), LEAF("<", 2, erlang_less), LEAF("=<", 2, erlang_less_equal),
    LEAF(">", 2, erlang_greater), LEAF(">=", 2, erlang_greater_equal),
    LEAF("is_atom", 1, erlang_is_atom), LEAF("is_binary", 1, erlang_is_binary), LEAF("is_bitstring", 1, erlang_is_bitstring),
    LEAF("is_boolean", 1, erlang_is_boolean), LEAF("is_float", 1, erlang_is_float),
    LEAF("is_function", 1, erlang_is_function_1), LEAF("is_function", 2, erlang_is_function_2),
    LEAF("is_integer", 1, erlang_is_integer), LEAF("is_list", 1, erlang_is_list), LEAF("is_map", 1, erlang_is_map),
    LEAF_ALLOC("is_map_key", 2, erlang_is_map_key), LEAF("is_number", 1, erlang_is_number), LEAF("is_pid", 1, erlang_is_pid),
    LEAF("is_port", 1, erlang_is_port), LEAF("is_record", 2, erlang_is_record_2), LEAF("is_record", 3, erlang_is_record_3),
    LEAF("is_reference", 1, erlang_is_reference), LEAF("is_tuple", 1, erlang_is_tuple),
    LEAF("element", 2, erlang_element), LEAF("tuple_size", 1, erlang_tuple_size), LEAF("byte_size", 1, erlang_byte_size),
    LEAF("bit_size", 1, erlang_bit_size), LEAF("size", 1, erlang_size), LEAF("hd", 1, erlang_hd), LEAF("tl", 1, erlang_tl),
    LEAF("length", 1, erlang_length), LEAF_ALLOC("map_size", 1, erlang_map_size), LEAF_ALLOC("map_get", 2, erlang_map_get),
    LEAF("node", 0, erlang_node_0), LEAF("node", 1, erlang_node_1),
    LEAF("min", 2, erlang_min), LEAF("max", 2, erlang_max),
};

NativeTable erlang_guard_bifs() { return kEntries; }

}  // namespace hj::stdlib
