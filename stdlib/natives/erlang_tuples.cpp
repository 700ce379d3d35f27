// erlang's BIFs that make and take apart tuples, hash terms, and make references and funs.
#include <algorithm>

#include "runtime/code/export_table.h"
#include "runtime/code/fun_entry.h"
#include "runtime/heap/build.h"
#include "runtime/process/process.h"
#include "runtime/term/atoms.h"
#include "runtime/term/order.h"
#include "stdlib/natives/all_natives.h"

namespace hj::stdlib {

using namespace hj::rt;

static constexpr uint64_t kMaxTupleSize = (uint64_t{1} << 24) - 1;

// An unfilled tuple of `size` elements.
static Term new_tuple(Process& p, uint64_t size) {
  Term* object = heap_alloc(p, size + 1);
  object[0] = Term::header(Subtag::Tuple, size);
  return Term::boxed(object);
}

static Term erlang_tuple_to_list(Process& p, Term tuple) noexcept {
  if (!tuple.is_tuple()) return raise_badarg(p);
  return make_list(p, {tuple.tuple_elements(), tuple.tuple_size()});
}

static Term erlang_list_to_tuple(Process& p, Term list) noexcept {
  uint64_t size = 0;
  Term rest = list;
  for (; rest.is_cons(); rest = rest.tail()) size++;
  if (!rest.is_nil() || size > kMaxTupleSize) return raise_badarg(p);
  const Term tuple = new_tuple(p, size);
  Term* to = tuple.tuple_elements();
  for (rest = list; rest.is_cons(); rest = rest.tail()) *to++ = rest.head();
  return tuple;
}

static Term erlang_setelement(Process& p, Term index, Term tuple, Term value) noexcept {
  if (!index.is_small() || !tuple.is_tuple()) return raise_badarg(p);
  const uint64_t size = tuple.tuple_size();
  if (index.small() < 1 || static_cast<uint64_t>(index.small()) > size) return raise_badarg(p);
  const Term copy = new_tuple(p, size);
  std::copy_n(tuple.tuple_elements(), size, copy.tuple_elements());
  copy.tuple_elements()[index.small() - 1] = value;
  return copy;
}

static Term erlang_make_tuple_2(Process& p, Term size, Term value) noexcept {
  if (!size.is_small() || size.small() < 0 || static_cast<uint64_t>(size.small()) > kMaxTupleSize) return raise_badarg(p);
  const Term tuple = new_tuple(p, static_cast<uint64_t>(size.small()));
  std::fill_n(tuple.tuple_elements(), size.small(), value);
  return tuple;
}

static Term erlang_make_tuple_3(Process& p, Term size, Term value, Term list) noexcept {
  const Term tuple = erlang_make_tuple_2(p, size, value);
  if (!tuple.is_value()) return tuple;
  for (; list.is_cons(); list = list.tail()) {
    const Term pair = list.head();
    if (!pair.is_tuple() || pair.tuple_size() != 2 || !pair.tuple_elements()[0].is_small()) return raise_badarg(p);
    const int64_t index = pair.tuple_elements()[0].small();
    if (index < 1 || index > size.small()) return raise_badarg(p);
    tuple.tuple_elements()[index - 1] = pair.tuple_elements()[1];
  }
  return list.is_nil() ? tuple : raise_badarg(p);
}

static Term erlang_insert_element(Process& p, Term index, Term tuple, Term value) noexcept {
  if (!index.is_small() || !tuple.is_tuple()) return raise_badarg(p);
  const uint64_t size = tuple.tuple_size();
  if (index.small() < 1 || static_cast<uint64_t>(index.small()) > size + 1 || size >= kMaxTupleSize) return raise_badarg(p);
  const uint64_t at = static_cast<uint64_t>(index.small()) - 1;
  const Term result = new_tuple(p, size + 1);
  const Term* from = tuple.tuple_elements();
  std::copy(from, from + at, result.tuple_elements());
  result.tuple_elements()[at] = value;
  std::copy(from + at, from + size, result.tuple_elements() + at + 1);
  return result;
}

static Term erlang_append_element(Process& p, Term tuple, Term value) noexcept {
  if (!tuple.is_tuple()) return raise_badarg(p);
  return erlang_insert_element(p, Term::from_small(static_cast<int64_t>(tuple.tuple_size()) + 1), tuple, value);
}

static Term erlang_delete_element(Process& p, Term index, Term tuple) noexcept {
  if (!index.is_small() || !tuple.is_tuple()) return raise_badarg(p);
  const uint64_t size = tuple.tuple_size();
  if (index.small() < 1 || static_cast<uint64_t>(index.small()) > size) return raise_badarg(p);
  const uint64_t at = static_cast<uint64_t>(index.small()) - 1;
  const Term result = new_tuple(p, size - 1);
  const Term* from = tuple.tuple_elements();
  std::copy(from, from + at, result.tuple_elements());
  std::copy(from + at + 1, from + size, result.tuple_elements() + at);
  return result;
}

static Term erlang_phash2_1(Process&, Term term) noexcept { return Term::from_small(phash2(term)); }

// Range: 1..2^32.
static Term erlang_phash2_2(Process& p, Term term, Term range) noexcept {
  if (!range.is_small() || range.small() < 1 || range.small() > int64_t{1} << 32) return raise_badarg(p);
  return Term::from_small(static_cast<int64_t>(phash2_full(term) % static_cast<uint64_t>(range.small())));
}

static Term erlang_make_ref(Process& p) noexcept { return make_reference(p); }

static Term erlang_make_fun(Process& p, Term module, Term function, Term arity) noexcept {
  if (!module.is_atom() || !function.is_atom() || !arity.is_small() || arity.small() < 0 || arity.small() > kMaxArity) {
    return raise_badarg(p);
  }
  Term* object = heap_alloc(p, 2);
  object[0] = Term::header(Subtag::ExportFun, 1);
  object[1] = Term::from_bits(reinterpret_cast<uint64_t>(intern_export(module, function, static_cast<uint32_t>(arity.small()))));
  return Term::boxed(object);
}

static const FunObject& closure(Term fun) { return *reinterpret_cast<const FunObject*>(fun.boxed()); }
static const Export& export_of(Term fun) { return *reinterpret_cast<const Export*>(fun.boxed()[1].bits); }

// The value of one item of erlang:fun_info/1, or a non-value: no such item.
static Term fun_info_value(Process& p, Term fun, Term item) {
  const bool local = fun.subtag() == Subtag::Fun;
  if (item == am::module) return local ? closure(fun).entry->module : export_of(fun).module;
  if (item == am::name) {
    if (!local) return export_of(fun).function;
    return closure(fun).entry->version == nullptr ? Term::nil() : closure(fun).entry->function;
  }
  if (item == am::arity) return Term::from_small(local ? closure(fun).entry->arity : export_of(fun).arity);
  if (item == am::env) return local ? make_list(p, {closure(fun).free, closure(fun).entry->free_count}) : Term::nil();
  if (item == am::type) return local ? am::local : am::external;
  if (item == am::pid) return local ? p.pid : am::undefined;
  if (item == am::index || item == am::new_index) return local ? Term::from_small(closure(fun).entry->index) : am::undefined;
  if (item == am::uniq) return local ? Term::from_small(closure(fun).entry->uniq) : am::undefined;
  if (item == am::new_uniq) return local ? make_binary(p, closure(fun).entry->hash) : am::undefined;
  return Term::non_value();
}

static Term erlang_fun_info_2(Process& p, Term fun, Term item) noexcept {
  if (!fun.is_fun()) return raise_badarg(p);
  const Term value = fun_info_value(p, fun, item);
  return value.is_value() ? make_tuple(p, {item, value}) : raise_badarg(p);
}

static Term erlang_fun_info_1(Process& p, Term fun) noexcept {
  if (!fun.is_fun()) return raise_badarg(p);
  static constexpr Term kLocal[] = {am::pid,  am::module, am::new_index, am::new_uniq, am::index,
                                    am::uniq, am::name,   am::arity,     am::env,      am::type};
  static constexpr Term kExternal[] = {am::module, am::name, am::arity, am::env, am::type};
  const std::span<const Term> items = fun.subtag() == Subtag::Fun ? std::span<const Term>(kLocal) : std::span<const Term>(kExternal);
  Term list = Term::nil();
  for (size_t i = items.size(); i-- > 0;) {
    list = make_cons(p, make_tuple(p, {items[i], fun_info_value(p, fun, items[i])}), list);
  }
  return list;
}

#define LEAF(name, arity, fn) HJ_NATIVE_ROW("erlang", name, arity, Leaf, false, fn)
#define LEAF_ALLOC(name, arity, fn) HJ_NATIVE_ROW("erlang", name, arity, Leaf, true, fn)

static const NativeEntry kEntries[] = {
    LEAF_ALLOC("tuple_to_list", 1, erlang_tuple_to_list),
    LEAF_ALLOC("list_to_tuple", 1, erlang_list_to_tuple),
    LEAF_ALLOC("setelement", 3, erlang_setelement),
    LEAF_ALLOC("make_tuple", 2, erlang_make_tuple_2),
    LEAF_ALLOC("make_tuple", 3, erlang_make_tuple_3),
    LEAF_ALLOC("append_element", 2, erlang_append_element),
    LEAF_ALLOC("insert_element", 3, erlang_insert_element),
    LEAF_ALLOC("delete_element", 2, erlang_delete_element),
    LEAF("phash2", 1, erlang_phash2_1),
    LEAF("phash2", 2, erlang_phash2_2),
    LEAF_ALLOC("make_ref", 0, erlang_make_ref),
    LEAF_ALLOC("make_fun", 3, erlang_make_fun),
    LEAF_ALLOC("fun_info", 1, erlang_fun_info_1),
    LEAF_ALLOC("fun_info", 2, erlang_fun_info_2),
};

NativeTable erlang_tuples() { return kEntries; }

}  // namespace hj::stdlib
