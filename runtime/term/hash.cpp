// erlang:phash2: one 32-bit state into which every part of the term is mixed, in the order in which it is met. The mixing is
// Bob Jenkins' 96-bit one; which constant marks which kind of part is OTP's, because programs keep these values in files and
// tables.
#include <bit>
#include <cmath>
#include <vector>

#include "base/check.h"
#include "runtime/code/export_table.h"
#include "runtime/code/fun_entry.h"
#include "runtime/heap/reference.h"
#include "runtime/term/atoms.h"
#include "runtime/term/binary.h"
#include "runtime/term/map.h"
#include "runtime/term/order.h"

namespace hj::rt {
namespace {

constexpr uint32_t kGolden = 0x9e3779b9u;

// What is mixed in, as a multiple of the golden ratio.
enum class Part : uint32_t {
  Small = 1,
  Nil = 2,
  Atom = 3,
  Characters = 4,
  Pid = 5,
  Port = 6,
  Reference = 7,
  Tuple = 9,
  Negative = 10,
  Positive = 11,
  Float = 12,
  Binary = 13,
  Function = 14,
  MapSize = 16,
  MapPairs = 19,
};

constexpr uint32_t constant_of(Part part) { return kGolden * static_cast<uint32_t>(part); }

void mix(uint32_t& a, uint32_t& b, uint32_t& c) {
  a = (a - b - c) ^ (c >> 13);
  b = (b - c - a) ^ (a << 8);
  c = (c - a - b) ^ (b >> 13);
  a = (a - b - c) ^ (c >> 12);
  b = (b - c - a) ^ (a << 16);
  c = (c - a - b) ^ (b >> 5);
  a = (a - b - c) ^ (c >> 3);
  b = (b - c - a) ^ (a << 10);
  c = (c - a - b) ^ (b >> 15);
}

uint32_t mixed(uint32_t hash, uint32_t x, uint32_t y, Part part) {
  uint32_t a = constant_of(part) + x;
  uint32_t b = constant_of(part) + y;
  mix(a, b, hash);
  return hash;
}

uint32_t hash_bytes(std::string_view bytes, uint32_t initial) {
  if (bytes.empty()) return initial;
  uint32_t a = kGolden, b = kGolden, c = initial;
  auto word = [&](size_t at, size_t end) {
    uint32_t value = 0;
    for (size_t i = 0; i < 4 && at + i < end; i++) value |= static_cast<uint32_t>(static_cast<uint8_t>(bytes[at + i])) << (8 * i);
    return value;
  };
  size_t at = 0;
  for (; bytes.size() - at >= 12; at += 12) {
    a += word(at, bytes.size());
    b += word(at + 4, bytes.size());
    c += word(at + 8, bytes.size());
    mix(a, b, c);
  }
  // The lowest byte of c is the length's.
  a += word(at, bytes.size());
  b += word(at + 4, bytes.size());
  c += static_cast<uint32_t>(bytes.size()) + (word(at + 8, bytes.size()) << 8);
  mix(a, b, c);
  return c;
}

// Over the characters as OTP's atom table does: those below 256 count as one byte.
uint32_t hash_atom(Term atom) {
  std::string_view text = atom_text(atom);
  uint32_t hash = 0;
  for (size_t i = 0; i < text.size(); i++) {
    auto byte = static_cast<uint8_t>(text[i]);
    if ((byte & 0xfc) == 0xc0 && i + 1 < text.size()) {
      byte = static_cast<uint8_t>(byte << 6 | (static_cast<uint8_t>(text[i + 1]) & 0x3f));
      i++;
    }
    hash = (hash << 4) + byte;
    if (uint32_t top = hash & 0xf0000000u) hash = hash ^ top >> 24 ^ top;
  }
  return hash;
}

class Hasher {
 public:
  uint32_t run(Term term) {
    pending_.push_back({Work::Kind::Term, term});
    while (!pending_.empty()) {
      Work work = pending_.back();
      pending_.pop_back();
      switch (work.kind) {
        case Work::Kind::Term: add(work.term); break;
        case Work::Kind::MapPairEnd:
          pairs_ ^= hash_;
          hash_ = 0;
          break;
        case Work::Kind::MapEnd:
          hash_ = mixed(work.saved_hash, pairs_, 0, Part::MapPairs);
          pairs_ = work.saved_pairs;
          break;
      }
    }
    return hash_;
  }

 private:
  struct Work {
    enum class Kind : uint8_t { Term, MapPairEnd, MapEnd } kind;
    Term term;
    uint32_t saved_hash = 0;
    uint32_t saved_pairs = 0;
  };

  void later(Term term) { pending_.push_back({Work::Kind::Term, term}); }

  void add(Term term) {
    if (term.is_small()) {
      add_small(term.small());
    } else if (term.is_cons()) {
      add_list(term);
    } else if (term.is_boxed()) {
      add_boxed(term);
    } else if (term.is_nil()) {
      hash_ = hash_ == 0 ? 3468870702u : mixed(hash_, 2, 0, Part::Nil);
    } else if (term.is_atom()) {
      // Alone or first in a map's pair, an atom's hash is not mixed.
      hash_ = hash_ == 0 ? hash_atom(term) : mixed(hash_, hash_atom(term), 0, Part::Atom);
    } else {
      hash_ = mixed(hash_, static_cast<uint32_t>(term.payload()), 0, term.is_pid() ? Part::Pid : Part::Port);
    }
  }

  void add_small(int64_t value) {
    if (value >= -(1 << 27) && value < (1 << 27)) {
      if (value < 0) hash_ = mixed(hash_, static_cast<uint32_t>(-value), 0, Part::Small);
      hash_ = mixed(hash_, static_cast<uint32_t>(value), 0, Part::Small);
      return;
    }
    add_limb(value < 0 ? 0 - static_cast<uint64_t>(value) : static_cast<uint64_t>(value),
             value < 0 ? Part::Negative : Part::Positive);
  }

  void add_limb(uint64_t limb, Part part) {
    hash_ = mixed(hash_, static_cast<uint32_t>(limb), static_cast<uint32_t>(limb >> 32), part);
  }

  // Leading bytes four at a time, then one element and, later, the rest.
  void add_list(Term list) {
    uint32_t group = 0;
    int count = 0;
    while (list.is_cons() && list.head().is_small() && list.head().small() >= 0 && list.head().small() < 256) {
      group = (group << 8) + static_cast<uint32_t>(list.head().small());
      if (++count == 4) {
        hash_ = mixed(hash_, group, 0, Part::Characters);
        group = 0;
        count = 0;
      }
      list = list.tail();
    }
    if (count > 0) hash_ = mixed(hash_, group, 0, Part::Characters);
    if (list.is_cons()) {
      later(list.tail());
      later(list.head());
    } else {
      later(list);
    }
  }

  void add_boxed(Term term) {
    const Term* object = term.boxed();
    switch (term.subtag()) {
      case Subtag::Tuple:
        hash_ = mixed(hash_, static_cast<uint32_t>(term.tuple_size()), 0, Part::Tuple);
        for (uint64_t i = term.tuple_size(); i > 0; i--) later(object[i]);
        break;
      case Subtag::PositiveBig:
      case Subtag::NegativeBig:
        for (uint64_t i = 1; i <= Term::size_of(object[0].bits); i++) {
          add_limb(object[i].bits, term.subtag() == Subtag::NegativeBig ? Part::Negative : Part::Positive);
        }
        break;
      case Subtag::Float: {
        double value = term.float_value();
        auto bits = std::bit_cast<uint64_t>(value == 0.0 ? 0.0 : value);
        hash_ = mixed(hash_, static_cast<uint32_t>(bits >> 32), static_cast<uint32_t>(bits), Part::Float);
        break;
      }
      case Subtag::HeapBinary:
      case Subtag::RefcBinary: hash_ = hash_bytes(binary_bytes(term), constant_of(Part::Binary) + hash_); break;
      case Subtag::Reference: hash_ = mixed(hash_, reference_numbers(term).number[0], 0, Part::Reference); break;
      case Subtag::Fun: add_fun(*reinterpret_cast<const FunObject*>(object)); break;
      case Subtag::ExportFun: {
        const auto* cell = reinterpret_cast<const Export*>(object[1].bits);
        hash_ = mixed(hash_, cell->arity, hash_atom(cell->module), Part::Small);
        hash_ = mixed(hash_, hash_atom(cell->function), 0, Part::Function);
        break;
      }
      case Subtag::FlatMap: add_map(term); break;
      default: HJ_UNREACHABLE("phash2 of a boxed term with header {:#x}", object[0].bits);
    }
  }

  void add_fun(const FunObject& fun) {
    uint64_t free_count = Term::size_of(fun.header.bits) - 1;
    hash_ = mixed(hash_, static_cast<uint32_t>(free_count), hash_atom(fun.entry->module), Part::Small);
    hash_ = mixed(hash_, fun.entry->index, fun.entry->uniq, Part::Small);
    for (uint64_t i = free_count; i > 0; i--) later(fun.free[i - 1]);
  }

  // Each pair is hashed by itself and the pairs are xor-ed, so that their order does not matter.
  void add_map(Term map) {
    uint64_t size = map_size(map);
    hash_ = mixed(hash_, static_cast<uint32_t>(size), 0, Part::MapSize);
    if (size == 0) return;
    pending_.push_back({Work::Kind::MapEnd, Term::nil(), hash_, pairs_});
    hash_ = 0;
    pairs_ = 0;
    for (uint64_t i = size; i > 0; i--) {
      pending_.push_back({Work::Kind::MapPairEnd, Term::nil()});
      later(map_values(map)[i - 1]);
      later(map_keys(map)[i - 1]);
    }
  }

  uint32_t hash_ = 0;
  uint32_t pairs_ = 0;
  std::vector<Work> pending_;
};

}  // namespace

uint32_t phash2_full(Term term) { return Hasher().run(term); }

uint32_t phash2(Term term) { return phash2_full(term) & ((1u << 27) - 1); }

}  // namespace hj::rt
