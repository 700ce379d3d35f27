// The natives of module lists, and erlang:'++'/2 and '--'/2: what OTP has in C too.
#include <algorithm>
#include <bit>
#include <vector>

#include "runtime/heap/build.h"
#include "runtime/process/process.h"
#include "runtime/term/atoms.h"
#include "runtime/term/order.h"
#include "stdlib/natives/all_natives.h"

namespace hj::stdlib {

using namespace hj::rt;

// Work over a list is paid for in reductions, so that a process in a loop of long natives is still preempted.
static void charge(Process& p, int64_t elements) { charge_reductions(p, elements / 16); }

static Term lists_member(Process& p, Term element, Term list) noexcept {
  int64_t count = 0;
  const bool by_word = element.is_immediate();
  for (; list.is_cons(); list = list.tail(), count++) {
    const Term head = list.head();
    if (head == element || (!by_word && exact_equal(head, element))) {
      charge(p, count);
      return am::true_;
    }
  }
  charge(p, count);
  return list.is_nil() ? am::false_ : raise_badarg(p);
}

static Term lists_reverse(Process& p, Term list, Term tail) noexcept {
  int64_t count = 0;
  Term rest = list;
  for (; rest.is_cons(); rest = rest.tail()) count++;
  if (!rest.is_nil()) return raise_badarg(p);
  if (count == 0) return tail;
  // One allocation: a long list is one fragment, not many.
  Term* cells = heap_alloc(p, static_cast<size_t>(count) * 2);
  for (rest = list; rest.is_cons(); rest = rest.tail(), cells += 2) {
    cells[0] = rest.head();
    cells[1] = tail;
    tail = Term::cons(cells);
  }
  charge(p, count);
  return tail;
}

// The first tuple whose Nth element == key, or a non-value; raised: the list is improper or N no position.
enum class KeySearch : uint8_t { Found, Absent, Badarg };
static KeySearch find_key(Process& p, Term key, Term position, Term list, Term& found) {
  if (!position.is_small() || position.small() < 1) return KeySearch::Badarg;
  const auto index = static_cast<uint64_t>(position.small());
  int64_t count = 0;
  for (; list.is_cons(); list = list.tail(), count++) {
    const Term tuple = list.head();
    if (!tuple.is_tuple() || tuple.tuple_size() < index) continue;
    const Term element = tuple.tuple_elements()[index - 1];
    if (element == key || equal(element, key)) {
      charge(p, count);
      found = tuple;
      return KeySearch::Found;
    }
  }
  charge(p, count);
  return list.is_nil() ? KeySearch::Absent : KeySearch::Badarg;
}

static Term lists_keyfind(Process& p, Term key, Term position, Term list) noexcept {
  Term found;
  switch (find_key(p, key, position, list, found)) {
    case KeySearch::Found: return found;
    case KeySearch::Absent: return am::false_;
    case KeySearch::Badarg: break;
  }
  return raise_badarg(p);
}
static Term lists_keymember(Process& p, Term key, Term position, Term list) noexcept {
  const Term found = lists_keyfind(p, key, position, list);
  return found.is_tuple() ? am::true_ : found;
}
static Term lists_keysearch(Process& p, Term key, Term position, Term list) noexcept {
  const Term found = lists_keyfind(p, key, position, list);
  return found.is_tuple() ? make_tuple(p, {am::value, found}) : found;
}

// "Returns the list A followed by B": B may be anything when A is a list.
static Term erlang_append(Process& p, Term a, Term b) noexcept {
  int64_t count = 0;
  Term rest = a;
  for (; rest.is_cons(); rest = rest.tail()) count++;
  if (!rest.is_nil()) return raise_badarg(p);
  if (count == 0) return b;
  if (b.is_nil()) return a;
  Term* cells = heap_alloc(p, static_cast<size_t>(count) * 2);
  const Term result = Term::cons(cells);
  for (rest = a; rest.is_cons(); rest = rest.tail(), cells += 2) {
    cells[0] = rest.head();
    cells[1] = rest.tail().is_cons() ? Term::cons(cells + 2) : b;
  }
  charge(p, count);
  return result;
}

static bool collect(Term list, std::vector<Term>& elements) {
  for (; list.is_cons(); list = list.tail()) elements.push_back(list.head());
  return list.is_nil();
}

// "For each element in B, the first occurrence of it in A is removed." By =:=; sorted, so that long lists take n log n.
static Term erlang_subtract_lists(Process& p, Term a, Term b) noexcept {
  std::vector<Term> kept, removed;
  if (!collect(a, kept) || !collect(b, removed)) return raise_badarg(p);
  if (kept.empty() || removed.empty()) return a;
  charge(p, static_cast<int64_t>(kept.size() + removed.size()));
  const auto less = [](Term x, Term y) { return compare_exact(x, y) < 0; };
  std::sort(removed.begin(), removed.end(), less);
  // How often each distinct element of B is still to be removed.
  std::vector<uint32_t> left;
  size_t distinct = 0;
  for (size_t i = 0; i < removed.size(); i++) {
    if (i > 0 && compare_exact(removed[i], removed[distinct - 1]) == 0) {
      left[distinct - 1]++;
    } else {
      removed[distinct++] = removed[i];
      left.push_back(1);
    }
  }
  removed.resize(distinct);
  size_t count = 0;
  for (const Term element : kept) {
    const auto found = std::lower_bound(removed.begin(), removed.end(), element, less);
    if (found != removed.end() && compare_exact(*found, element) == 0 && left[static_cast<size_t>(found - removed.begin())] > 0) {
      left[static_cast<size_t>(found - removed.begin())]--;
    } else {
      kept[count++] = element;
    }
  }
  if (count == kept.size()) return a;
  kept.resize(count);
  return make_list(p, kept);
}

// -- pieces of sorting for lists.mod

// So many elements are sorted at once: a few milliseconds at most.
static constexpr size_t kPieceElements = 16384;

// The first elements of a list; `list` moves behind them.
static std::vector<Term> take_piece(Term& list) {
  std::vector<Term> piece;
  for (; list.is_cons() && piece.size() < kPieceElements; list = list.tail()) piece.push_back(list.head());
  return piece;
}

static Term sorted_piece(Process& p, const std::vector<Term>& piece, Term rest) {
  // A comparison sort of n elements looks at n log n; 16 elements a reduction.
  charge(p, static_cast<int64_t>(piece.size()) * std::bit_width(piece.size()));
  return make_tuple(p, {make_list(p, piece), rest});
}

// {the first elements in order, the others}. Stable.
static Term lists_sort_piece(Process& p, Term list) noexcept {
  std::vector<Term> piece = take_piece(list);
  if (std::all_of(piece.begin(), piece.end(), [](Term t) { return t.is_small(); })) {
    std::sort(piece.begin(), piece.end(), [](Term a, Term b) { return a.small() < b.small(); });
  } else {
    std::stable_sort(piece.begin(), piece.end(), [](Term a, Term b) { return compare(a, b) < 0; });
  }
  return sorted_piece(p, piece, list);
}

// The same by the Nth element; `badarg` when one of the elements is no tuple with so many.
static Term lists_keysort_piece(Process& p, Term position, Term list) noexcept {
  if (!position.is_small()) return am::badarg;
  const auto index = static_cast<uint64_t>(position.small()) - 1;
  std::vector<Term> piece = take_piece(list);
  const bool have_keys =
      std::all_of(piece.begin(), piece.end(), [&](Term t) { return t.is_tuple() && t.tuple_size() > index; });
  if (!have_keys) return am::badarg;
  const auto less = [&](Term a, Term b) { return compare(a.tuple_elements()[index], b.tuple_elements()[index]) < 0; };
  std::stable_sort(piece.begin(), piece.end(), less);
  return sorted_piece(p, piece, list);
}

static const NativeEntry kEntries[] = {
    HJ_NATIVE_ROW("lists", "$sort", 1, Leaf, true, lists_sort_piece),
    HJ_NATIVE_ROW("lists", "$keysort", 2, Leaf, true, lists_keysort_piece),
    HJ_NATIVE_ROW("lists", "member", 2, Leaf, false, lists_member),
    HJ_NATIVE_ROW("lists", "reverse", 2, Leaf, true, lists_reverse),
    HJ_NATIVE_ROW("lists", "keyfind", 3, Leaf, false, lists_keyfind),
    HJ_NATIVE_ROW("lists", "keymember", 3, Leaf, false, lists_keymember),
    HJ_NATIVE_ROW("lists", "keysearch", 3, Leaf, true, lists_keysearch),
    HJ_NATIVE_ROW("erlang", "++", 2, Leaf, true, erlang_append),
    HJ_NATIVE_ROW("erlang", "--", 2, Leaf, true, erlang_subtract_lists),
};

NativeTable lists_natives() { return kEntries; }

}  // namespace hj::stdlib
