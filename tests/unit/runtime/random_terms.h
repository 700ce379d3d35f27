// Random terms, and hashes of a term's structure that do not depend on where it stands.
//
// Threads: one.
#pragma once
#include <cstring>
#include <random>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "runtime/heap/build.h"
#include "runtime/heap/heap.h"
#include "runtime/heap/object_layout.h"

namespace hj::rt::testing {

enum class Sharing : uint8_t {
  Counts,    // an object met again is not the same as an equal one; linear in the number of objects
  Unfolds,   // as if nothing were shared; exponential for terms that share much
};

// Iterative. Binaries count by their bytes.
inline uint64_t structure_hash(Term root, Sharing sharing = Sharing::Counts) {
  std::unordered_map<uint64_t, uint64_t> seen;
  uint64_t hash = 0x1234;
  auto mix = [&](uint64_t value) {
    hash ^= value + 0x9e37'79b9'7f4a'7c15u + (hash << 6) + (hash >> 2);
    hash *= 0xff51'afd7'ed55'8ccdu;
  };
  std::vector<Term> todo{root};
  while (!todo.empty()) {
    Term term = todo.back();
    todo.pop_back();
    if (!is_pointer(term)) {
      mix(term.bits);
      continue;
    }
    if (sharing == Sharing::Counts) {
      auto [entry, is_new] = seen.try_emplace(term.bits, seen.size());
      mix(entry->second);
      if (!is_new) continue;
    }
    if (term.is_cons()) {
      mix(1);
      todo.push_back(term.tail());
      todo.push_back(term.head());
    } else if (term.subtag() == Subtag::RefcBinary) {
      auto* object = reinterpret_cast<const RefcBinaryObject*>(term.boxed());
      mix(object->size);
      for (uint64_t i = 0; i < object->size; i++) mix(object->binary->bytes[i]);
    } else {
      mix(term.header());
      const Term* words = term.boxed() + 1;
      for (uint64_t i = Term::size_of(term.header()); i-- > 0;) {
        if (is_raw_header(term.header())) {
          mix(words[i].bits);
        } else {
          todo.push_back(words[i]);
        }
      }
    }
  }
  return hash;
}

// A new object whose parts are taken from `pool`.
inline Term random_object(Process& process, std::mt19937_64& random, std::span<const Term> pool) {
  auto part = [&]() -> Term {
    if (pool.empty() || random() % 4 == 0) return Term::from_small(static_cast<int64_t>(random() % 1000));
    return pool[random() % pool.size()];
  };
  switch (random() % 8) {
    case 0:
    case 1:
    case 2: return make_cons(process, part(), part());
    case 3:
    case 4: {
      std::vector<Term> elements(random() % 6);
      for (Term& element : elements) element = part();
      return make_tuple(process, std::span<const Term>(elements));
    }
    case 5: return make_unsigned(process, random() | uint64_t{1} << 63);
    case 6: return make_float(process, static_cast<double>(random() % 1'000'000) / 8);
    default: return make_binary(process, std::string(random() % 100, static_cast<char>('a' + random() % 26)));
  }
}

}  // namespace hj::rt::testing
