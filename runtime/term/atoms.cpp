#include "runtime/term/atoms.h"

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <mutex>
#include <vector>

#include "base/check.h"

namespace hj::rt {
namespace {

struct AtomEntry {
  uint32_t number;
  uint32_t bytes;
  // The text follows.
  const char* text() const { return reinterpret_cast<const char*>(this + 1); }
  std::string_view view() const { return {text(), bytes}; }
};

// Entries by number, in open addressing: numbers are hashes already, so their low bits choose the slot. (An array indexed by
// the number itself would touch a page for nearly every atom.)
struct SlotTable {
  explicit SlotTable(uint32_t capacity) : mask(capacity - 1), slots(new std::atomic<const AtomEntry*>[capacity]()) {}
  uint32_t mask;
  std::unique_ptr<std::atomic<const AtomEntry*>[]> slots;
};

// The table grows by copying into one twice as large; readers may go on in the smaller one, which misses only atoms interned
// later, so smaller tables are kept for ever (together as large as the last one).
//
//   T1  A slot, once filled, never changes; an entry is complete before its slot is stored (release, pairs with the acquire in
//       entry_of).
//   T2  A reader that misses in an outgrown table may only conclude "not yet": intern looks again under the lock.
class AtomTable {
 public:
  AtomTable() {
    grow(1u << 13);
    struct Known {
      uint32_t number;
      std::string_view text;
    };
    constexpr Known kKnown[] = {
#define HJ_ATOM(identifier, text) {natural_atom_number(text), text},
#include "runtime/term/atoms.def"
#undef HJ_ATOM
    };
    for (const Known& known : kKnown) {
      Term atom = intern(known.text);
      HJ_CHECK(atom == Term::atom(known.number), "AT2: atom '{}' of atoms.def collides", known.text);
    }
  }

  Term find(std::string_view text) const {
    for (uint32_t number = natural_atom_number(text);; number = next(number)) {
      const AtomEntry* entry = entry_of(number);
      if (entry == nullptr) return Term::non_value();
      if (entry->view() == text) return Term::atom(number);
    }
  }

  Term intern(std::string_view text) {
    Term found = find(text);
    if (found.is_value()) return found;
    std::lock_guard lock(mutex_);
    uint32_t number = natural_atom_number(text);
    for (; const AtomEntry* entry = entry_of(number); number = next(number)) {
      if (entry->view() == text) return Term::atom(number);
    }
    uint32_t count = count_.load(std::memory_order_relaxed);
    if (count >= kAtomLimit) report_full();
    if ((count + 1) * 2 > tables_.back()->mask + 1) grow((tables_.back()->mask + 1) * 2);
    insert(*tables_.back(), make_entry(number, text));
    count_.store(count + 1, std::memory_order_relaxed);
    return Term::atom(number);
  }

  const AtomEntry* entry_of(uint32_t number) const {
    // Acquire: pairs with the release in grow(); the slot's acquire pairs with the release in insert().
    const SlotTable* table = current_.load(std::memory_order_acquire);
    for (uint32_t slot = number & table->mask;; slot = (slot + 1) & table->mask) {
      const AtomEntry* entry = table->slots[slot].load(std::memory_order_acquire);
      if (entry == nullptr || entry->number == number) return entry;
    }
  }

  uint32_t count() const { return count_.load(std::memory_order_relaxed); }

 private:
  static uint32_t next(uint32_t number) { return (number + 1) & ((1u << kAtomBits) - 1); }

  [[noreturn]] static void report_full() {
    std::fprintf(stderr, "hotjit: no more atoms: the table is full (max=%u)\n", kAtomLimit);
    std::abort();
  }

  static void insert(SlotTable& table, const AtomEntry* entry) {
    uint32_t slot = entry->number & table.mask;
    while (table.slots[slot].load(std::memory_order_relaxed) != nullptr) slot = (slot + 1) & table.mask;
    table.slots[slot].store(entry, std::memory_order_release);
  }

  void grow(uint32_t capacity) {
    auto table = std::make_unique<SlotTable>(capacity);
    if (!tables_.empty()) {
      const SlotTable& old = *tables_.back();
      for (uint32_t i = 0; i <= old.mask; i++) {
        const AtomEntry* entry = old.slots[i].load(std::memory_order_relaxed);
        if (entry != nullptr) insert(*table, entry);
      }
    }
    current_.store(table.get(), std::memory_order_release);
    tables_.push_back(std::move(table));
  }

  const AtomEntry* make_entry(uint32_t number, std::string_view text) {
    size_t bytes = (sizeof(AtomEntry) + text.size() + alignof(AtomEntry) - 1) & ~(alignof(AtomEntry) - 1);
    if (arena_.empty() || arena_used_ + bytes > kArenaBytes) {
      arena_.push_back(std::make_unique<char[]>(kArenaBytes));
      arena_used_ = 0;
    }
    auto* entry = new (arena_.back().get() + arena_used_) AtomEntry{number, static_cast<uint32_t>(text.size())};
    arena_used_ += bytes;
    std::memcpy(entry + 1, text.data(), text.size());
    return entry;
  }

  static constexpr size_t kArenaBytes = 64 * 1024;

  // -- any thread
  std::atomic<const SlotTable*> current_{nullptr};
  std::atomic<uint32_t> count_{0};
  // -- under the lock
  std::mutex mutex_;
  std::vector<std::unique_ptr<SlotTable>> tables_;
  std::vector<std::unique_ptr<char[]>> arena_;
  size_t arena_used_ = 0;
};

// Never destroyed: other threads may still read atoms while the program exits.
AtomTable& table() {
  static AtomTable& instance = *new AtomTable;
  return instance;
}

}  // namespace

Term intern_atom(std::string_view text) { return table().intern(text); }

Term find_atom(std::string_view text) { return table().find(text); }

std::string_view atom_text(Term atom) { return table().entry_of(static_cast<uint32_t>(atom.payload()))->view(); }

bool atom_is_natural(Term atom) { return natural_atom_number(atom_text(atom)) == atom.payload(); }

uint32_t atom_count() { return table().count(); }

}  // namespace hj::rt
