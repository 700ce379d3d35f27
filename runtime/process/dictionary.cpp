#include "runtime/process/dictionary.h"

#include <algorithm>
#include <bit>
#include <vector>

#include "runtime/heap/roots.h"
#include "runtime/process/relations.h"
#include "runtime/term/order.h"

namespace hj::rt {

// key: a non-value for a slot never used; value a non-value for one that was erased.
struct DictionarySlot {
  Term key;
  Term value;
};

struct Dictionary {
  std::vector<DictionarySlot> slots = std::vector<DictionarySlot>(8);
  size_t count = 0;   // entries
  size_t used = 0;    // slots with a key, erased ones included
};

// Neither an immediate's word nor phash2 depends on addresses: collections move terms without disturbing the table.
static uint64_t hash_of_key(Term key) {
  if (!key.is_immediate()) return phash2(key);
  const uint64_t mixed = key.bits * 0x9e37'79b9'7f4a'7c15u;
  return mixed >> 32;
}

static DictionarySlot& slot_of(Dictionary& dictionary, Term key) {
  size_t mask = dictionary.slots.size() - 1;
  for (size_t i = hash_of_key(key) & mask;; i = (i + 1) & mask) {
    DictionarySlot& slot = dictionary.slots[i];
    if (slot.key == key || !slot.key.is_value() || exact_equal(slot.key, key)) return slot;
  }
}

static void grow(Dictionary& dictionary) {
  // Erased slots are dropped on the way: the table may stay as large as it is, or shrink.
  std::vector<DictionarySlot> old(std::bit_ceil(std::max<size_t>(8, (dictionary.count + 1) * 2)));
  old.swap(dictionary.slots);
  dictionary.used = dictionary.count;
  for (const DictionarySlot& slot : old) {
    if (slot.value.is_value()) slot_of(dictionary, slot.key) = slot;
  }
}

Term dictionary_put(Process& process, Term key, Term value) {
  if (process.dictionary == nullptr) process.dictionary = new Dictionary;
  Dictionary& dictionary = *process.dictionary;
  if ((dictionary.used + 1) * 4 > dictionary.slots.size() * 3) grow(dictionary);
  DictionarySlot& slot = slot_of(dictionary, key);
  Term old = slot.value;
  if (!slot.key.is_value()) dictionary.used++;
  if (!old.is_value()) dictionary.count++;
  slot = {key, value};
  return old;
}

Term dictionary_get(const Process& process, Term key) {
  return process.dictionary == nullptr ? Term::non_value() : slot_of(*process.dictionary, key).value;
}

Term dictionary_erase(Process& process, Term key) {
  if (process.dictionary == nullptr) return Term::non_value();
  DictionarySlot& slot = slot_of(*process.dictionary, key);
  Term old = slot.value;
  if (old.is_value()) process.dictionary->count--;
  slot.value = Term::non_value();
  return old;
}

size_t dictionary_size(const Process& process) { return process.dictionary == nullptr ? 0 : process.dictionary->count; }

void for_each_dictionary_entry(const Process& process, const std::function<void(Term, Term)>& visit) {
  if (process.dictionary == nullptr) return;
  for (const DictionarySlot& slot : process.dictionary->slots) {
    if (slot.value.is_value()) visit(slot.key, slot.value);
  }
}

void free_dictionary(Process& process) {
  delete process.dictionary;
  process.dictionary = nullptr;
}

void visit_side_roots(Process& process, const RootVisitor& visitor) {
  if (process.dictionary != nullptr) {
    for (DictionarySlot& slot : process.dictionary->slots) {
      if (!slot.key.is_value()) continue;
      visitor(slot.key);
      if (slot.value.is_value()) visitor(slot.value);
    }
  }
  if (process.relations == nullptr) return;
  for (auto& [reference, monitor] : process.relations->monitors) {
    if (monitor.tag.is_value()) visitor(monitor.tag);
  }
}

}  // namespace hj::rt
