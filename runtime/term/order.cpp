// Comparison walks two terms side by side with a stack of ranges still to be compared: a cons cell is a range of two words, a
// tuple's elements are one. A range is taken off the stack before its last pair is descended into, so a list of any length
// needs one entry.
#include "runtime/term/order.h"

#include <cstring>
#include <vector>

#include "base/check.h"
#include "runtime/abi/runtime_calls.h"
#include "runtime/code/export_table.h"
#include "runtime/code/fun_entry.h"
#include "runtime/term/atoms.h"
#include "runtime/term/bigint.h"
#include "runtime/term/binary.h"
#include "runtime/term/map.h"

namespace hj::rt {
namespace {

// Whether 1 and 1.0 differ (=:=, and the order in which 1 < 1.0) or are equal.
enum class Numbers : uint8_t { Exact, ByValue };

struct Range {
  const Term* a;
  const Term* b;
  uint64_t count;
  Numbers numbers;
};

// The ranges still to be compared. Most terms are shallow: the first few stay on the C stack.
class Pending {
 public:
  void push(const Term* a, const Term* b, uint64_t count, Numbers numbers) {
    if (count == 0) return;
    Range range{a, b, count, numbers};
    if (inline_count_ < kInline) {
      inline_[inline_count_++] = range;
    } else {
      more_.push_back(range);
    }
  }
  // The next pair of words, or false when nothing is left.
  bool pop(Term& a, Term& b, Numbers& numbers) {
    if (inline_count_ == 0) return false;
    Range& top = more_.empty() ? inline_[inline_count_ - 1] : more_.back();
    a = *top.a++;
    b = *top.b++;
    numbers = top.numbers;
    if (--top.count == 0) {
      if (more_.empty()) {
        inline_count_--;
      } else {
        more_.pop_back();
      }
    }
    return true;
  }

 private:
  static constexpr size_t kInline = 16;
  Range inline_[kInline];
  size_t inline_count_ = 0;
  std::vector<Range> more_;
};

int sign_of(int64_t difference) { return difference < 0 ? -1 : difference > 0; }

int compare_words(uint64_t a, uint64_t b) { return a < b ? -1 : a > b; }

int compare_doubles(double a, double b) { return a < b ? -1 : a > b; }

int compare_texts(std::string_view a, std::string_view b) {
  int order = std::memcmp(a.data(), b.data(), std::min(a.size(), b.size()));
  return order != 0 ? sign_of(order) : compare_words(a.size(), b.size());
}

int compare_atoms(Term a, Term b) { return a == b ? 0 : compare_texts(atom_text(a), atom_text(b)); }

// Where a type stands in the order of terms.
int rank(Term term) {
  if (term.is_small()) return 0;
  if (term.is_cons()) return 9;
  if (term.is_immediate()) {
    switch (static_cast<ImmediateKind>((term.bits & kImmediateMask) >> 3)) {
      case ImmediateKind::Atom: return 1;
      case ImmediateKind::Port: return 4;
      case ImmediateKind::Pid: return 5;
      case ImmediateKind::Nil: return 8;
    }
  }
  switch (term.subtag()) {
    case Subtag::PositiveBig:
    case Subtag::NegativeBig:
    case Subtag::Float: return 0;
    case Subtag::Reference:
    case Subtag::ExternalReference: return 2;
    case Subtag::Fun:
    case Subtag::ExportFun: return 3;
    case Subtag::ExternalPort: return 4;
    case Subtag::ExternalPid: return 5;
    case Subtag::Tuple: return 6;
    case Subtag::FlatMap:
    case Subtag::HashMap: return 7;
    case Subtag::HeapBinary:
    case Subtag::RefcBinary:
    case Subtag::SubBinary: return 10;
    case Subtag::MatchContext:
    case Subtag::Raw: break;
  }
  return 11;
}

int compare_numbers(Term a, Term b, Numbers numbers) {
  bool a_is_float = a.is_float(), b_is_float = b.is_float();
  if (a_is_float && b_is_float) return compare_doubles(a.float_value(), b.float_value());
  if (!a_is_float && !b_is_float) return compare_integers(a, b);
  if (numbers == Numbers::Exact) return a_is_float ? 1 : -1;
  return a_is_float ? -compare_integer_float(b, a.float_value()) : compare_integer_float(a, b.float_value());
}

// Of the third number down to the first, as OTP orders them (runtime/abi/tags.h: three numbers in two words).
int compare_references(Term a, Term b) {
  const Term* x = a.boxed();
  const Term* y = b.boxed();
  if (x[2] != y[2]) return compare_words(x[2].bits, y[2].bits);
  return compare_words(x[1].bits, y[1].bits);
}

const FunObject& fun_object(Term term) { return *reinterpret_cast<const FunObject*>(term.boxed()); }

const Export& export_of(Term term) { return *reinterpret_cast<const Export*>(term.boxed()[1].bits); }

// Closures before external funs; the free variables are left to the caller.
int compare_funs(Term a, Term b, Pending& pending, Numbers numbers) {
  if (a.subtag() != b.subtag()) return a.subtag() == Subtag::Fun ? -1 : 1;
  if (a.subtag() == Subtag::ExportFun) {
    const Export& x = export_of(a);
    const Export& y = export_of(b);
    if (int order = compare_atoms(x.module, y.module)) return order;
    if (int order = compare_atoms(x.function, y.function)) return order;
    return compare_words(x.arity, y.arity);
  }
  const FunObject& x = fun_object(a);
  const FunObject& y = fun_object(b);
  if (x.entry != y.entry) {
    if (int order = compare_atoms(x.entry->module, y.entry->module)) return order;
    if (int order = compare_words(x.entry->index, y.entry->index)) return order;
    if (int order = compare_words(x.entry->uniq, y.entry->uniq)) return order;
    if (int order = x.entry->hash.compare(y.entry->hash)) return sign_of(order);
  }
  uint64_t x_free = Term::size_of(x.header.bits) - 1, y_free = Term::size_of(y.header.bits) - 1;
  if (x_free != y_free) return compare_words(x_free, y_free);
  pending.push(x.free, y.free, x_free, numbers);
  return 0;
}

int compare_maps(Term a, Term b, Pending& pending, Numbers numbers) {
  uint64_t size = map_size(a);
  if (size != map_size(b)) return compare_words(size, map_size(b));
  // All keys first, in the order in which 1 < 1.0; then the values.
  pending.push(map_values(a), map_values(b), size, numbers);
  pending.push(map_keys(a), map_keys(b), size, Numbers::Exact);
  return 0;
}

// Of two terms of one rank whose words differ. What is inside them is pushed.
int compare_same_rank(Term a, Term b, Pending& pending, Numbers numbers) {
  switch (rank(a)) {
    case 0: return compare_numbers(a, b, numbers);
    case 1: return compare_atoms(a, b);
    case 2: return compare_references(a, b);
    case 3: return compare_funs(a, b, pending, numbers);
    case 4:
    case 5: return compare_words(a.payload(), b.payload());
    case 6:
      if (a.tuple_size() != b.tuple_size()) return compare_words(a.tuple_size(), b.tuple_size());
      pending.push(a.tuple_elements(), b.tuple_elements(), a.tuple_size(), numbers);
      return 0;
    case 7: return compare_maps(a, b, pending, numbers);
    case 9: pending.push(a.cons(), b.cons(), 2, numbers); return 0;
    case 10: return compare_texts(binary_bytes(a), binary_bytes(b));
    default: return compare_words(a.bits, b.bits);
  }
}

int compare_terms(Term a, Term b, Numbers numbers) {
  Pending pending;
  do {
    if (a == b) continue;
    if (a.is_small() && b.is_small()) return a.small() < b.small() ? -1 : 1;
    if (a.is_atom() && b.is_atom()) return compare_atoms(a, b);
    int a_rank = rank(a), b_rank = rank(b);
    if (a_rank != b_rank) return a_rank < b_rank ? -1 : 1;
    if (int order = compare_same_rank(a, b, pending, numbers)) return order;
  } while (pending.pop(a, b, numbers));
  return 0;
}

// Whether two terms of one subtag, whose words differ, can be equal; what is inside them is pushed.
bool boxed_equal(Term a, Term b, Pending& pending, Numbers numbers) {
  uint64_t header = a.header();
  switch (a.subtag()) {
    case Subtag::Tuple:
      if (header != b.header()) return false;
      pending.push(a.tuple_elements(), b.tuple_elements(), a.tuple_size(), numbers);
      return true;
    case Subtag::PositiveBig:
    case Subtag::NegativeBig:
      return header == b.header() && std::memcmp(a.boxed(), b.boxed(), (1 + Term::size_of(header)) * sizeof(Term)) == 0;
    case Subtag::Float: return a.float_value() == b.float_value();
    case Subtag::Reference: return a.boxed()[1] == b.boxed()[1] && a.boxed()[2] == b.boxed()[2];
    default: return compare_same_rank(a, b, pending, numbers) == 0;
  }
}

bool terms_equal(Term a, Term b, Numbers numbers) {
  Pending pending;
  do {
    if (a == b) continue;
    if (a.is_cons() && b.is_cons()) {
      pending.push(a.cons(), b.cons(), 2, numbers);
      continue;
    }
    if (!a.is_boxed() || !b.is_boxed() || a.subtag() != b.subtag()) {
      if (numbers == Numbers::ByValue && a.is_number() && b.is_number() && compare_numbers(a, b, numbers) == 0) continue;
      // A binary's bytes may stand on the heap or outside.
      if (is_binary(a) && is_binary(b) && binary_bytes(a) == binary_bytes(b)) continue;
      return false;
    }
    if (!boxed_equal(a, b, pending, numbers)) return false;
  } while (pending.pop(a, b, numbers));
  return true;
}

}  // namespace

bool exact_equal_parts(Term a, Term b) { return terms_equal(a, b, Numbers::Exact); }

bool equal_parts(Term a, Term b) { return terms_equal(a, b, Numbers::ByValue); }

int compare(Term a, Term b) { return compare_terms(a, b, Numbers::ByValue); }

int compare_exact(Term a, Term b) { return compare_terms(a, b, Numbers::Exact); }

extern "C" {

bool hj_rt_exact_equal(Term a, Term b) { return exact_equal(a, b); }

bool hj_rt_equal(Term a, Term b) { return equal(a, b); }

int64_t hj_rt_compare(Term a, Term b) { return compare(a, b); }

}  // extern "C"

}  // namespace hj::rt
