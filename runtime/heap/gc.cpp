// The collector.
//
// Idea. Most terms die young, and terms are immutable, so they point to older terms only. Each process therefore has a young
// generation (its block, which it shares with the stack) and an old one (chunks). A minor collection looks at the young one
// alone, needs no write barrier and no remembered set, and costs what survives, not what died. Processes share nothing but
// literals and the bytes of large binaries, so nobody else is stopped, and a collection of a small process takes 100 ns.
//
// Vocabulary. Block: one allocation, terms growing up from its beginning, frames growing down from its end. High-water mark:
// the top of the block after the last collection; what lies below has survived one and is called mature. Fragment: a piece
// outside the block (accepted messages; terms made by natives that found the block full). Pass: one copying run.
//
// Minor collection: a Minor pass copies mature terms to the old generation and other live ones to a new block; the stack is
// moved to the new block's end; the old block and the fragments are freed. So a term is copied at most twice before a major
// collection looks at it again. In a large block (64 K words and more: a deep stack, much data) terms have had time enough to
// die, and moving the stack would cost more than what is saved: a Promote pass makes all survivors old, and the block stays.
//
// Major collection: a Major pass copies everything live into fresh chunks of the old generation and leaves the block to
// the stack. Everything becomes old at once: an allowed exaggeration (H2 holds trivially), which saves the second copy that
// treating survivors as young would cost. It happens when the old generation has doubled since the last one, so the
// total work of major collections is linear in what was promoted; also after fullsweep_after minor ones, on request,
// and for retired literals.
//
// A pass is Cheney's: copy what the roots point to, then scan what was copied, word by word, copying what it points to.
// Nothing recurses, whatever the depth of a term. Headers tell objects without terms inside, which are skipped.
//
// Invariants:
//   G1  Each root and each word of to-space is updated exactly once per pass (evacuation.h).
//   G2  Forwarding marks stand only in from-space, which is freed or emptied before anybody else looks at it.
//   G3  At a collection the block is a row of whole objects below high_water, and every reachable object is whole.
//   G4  Minor passes never need to look at old terms: H2.
//   G5  A collection leaves at least a quarter as many free words as the stack has: scanning all frames at each collection
//       costs a constant for each word allocated or pushed, however deep the stack.
//
// Where suspended. H2 would break when a guard of a receive builds a term around part of a message that has not been accepted:
// its fragment is not ours yet, must not be moved from, and later becomes young. Such a collection leaves wants_major set,
// so that the term, now old or mature, is looked at again once the message has been accepted. (A term that points to
// a rejected message is dead by then, and dead terms are never followed.)
// Between a minor pass and place_stack, begin and hp are the new block's, sp and end the old one's.
//
// Sizes. A block is replaced by one of a size from next_block_words: larger when more than three quarters would be in use,
// smaller when less than an eighth (after a major collection: a quarter). The size of to-space must be chosen before it is known
// what survives: the block's size is tried first, and survivors are moved once more in the rare case that they want another.
//
// Limits. max_words of the process, or the default, kills the process (HeapLimitExceeded); memory running out ends the runtime.
#include "runtime/heap/gc.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>
#include <vector>

#include "base/check.h"
#include "runtime/heap/evacuation.h"
#include "runtime/heap/roots.h"
#include "runtime/heap/sharded_counters.h"
#include "runtime/heap/verify_heap.h"
#include "runtime/process/process.h"

namespace hj::rt {

namespace {

constexpr uint64_t kPageWords = 512;
// From here on blocks are mapped (heap.cpp), and grow by fifths.
constexpr uint64_t kLargeWords = 64 * 1024;
// The old generation may grow to this before its size counts.
constexpr uint64_t kMinOldLimit = 4 * kInitialBlockWords;
// A process with much data gets a block of a quarter of it, up to half a level-2 cache.
constexpr uint64_t kMaxNursery = 64 * 1024;

constexpr auto kSmallSizes = [] {
  std::array<uint64_t, 18> sizes{};
  uint64_t a = 34, b = 55;
  for (uint64_t& size : sizes) {
    size = b;
    b += a;
    a = size;
  }
  return sizes;
}();
static_assert(kSmallSizes.back() < kLargeWords * 4);

enum Total { kCollections, kWordsReclaimed, kTotals };
ShardedCounters<kTotals> totals;

uint64_t machine_words() {
  auto pages = static_cast<uint64_t>(sysconf(_SC_PHYS_PAGES));
  return pages * static_cast<uint64_t>(sysconf(_SC_PAGESIZE)) / sizeof(Term);
}

std::atomic<uint64_t> default_max_words{0};

uint64_t max_words_of(const Heap& heap) { return heap.max_words != 0 ? heap.max_words : default_max_heap_words(); }

// The fragments of the message a receive is looking at.
const Fragment* message_in_hand(const Process& process) {
  return process.inbox.is_looked_at ? (*process.inbox.scan)->fragment : nullptr;
}

// What one collection has to remember; one object a collection.
class Collection {
 public:
  Collection(Process& process, uint64_t need)
      : process_(process),
        heap_(process.heap),
        need_(need),
        block_(heap_.begin),
        block_words_(heap_.block_words()),
        stack_words_(static_cast<uint64_t>(heap_.end - process.sp)),
        in_hand_(message_in_hand(process)) {}

  void run_minor();
  void run_major(RetiredLiterals retired);
  void finish(uint64_t words_before);

 private:
  template <PassKind kind>
  void run_pass(Evacuation<kind>& pass);
  uint64_t wanted_words(uint64_t used, uint64_t shrink_below) const;
  void move_young_to(uint64_t words);
  void empty_block(uint64_t shrink_below);
  void place_stack(uint64_t words);
  void free_from_block();

  Process& process_;
  Heap& heap_;
  const uint64_t need_;
  // From-space: the block as it was.
  Term* const block_;
  const uint64_t block_words_;
  const uint64_t stack_words_;
  const Fragment* const in_hand_;
};

template <PassKind kind>
void Collection::run_pass(Evacuation<kind>& pass) {
  for_each_root(process_, [&](Term& root) { pass.update(root); });
  for_each_exception_root(process_, [&](Term& root) { pass.update_if_known(root); });
  pass.finish();
  pass.sweep_off_heap();
}

// The size the block should have when `used` of its words (stack, terms, need) are spoken for.
uint64_t Collection::wanted_words(uint64_t used, uint64_t shrink_below) const {
  uint64_t nursery = std::min(heap_.old_words / 4, kMaxNursery);
  // G5.
  uint64_t free_room = std::max({used / 3, stack_words_ / 2, nursery});
  uint64_t wanted = std::max(next_block_words(used + free_room), heap_.min_words);
  bool too_small = used + std::max(used / 4, free_room / 2) > block_words_;
  bool too_large = used < shrink_below && wanted < block_words_;
  return too_small || too_large ? wanted : block_words_;
}

void Collection::run_minor() {
  heap_.minors_since_major++;
  heap_.minor_count++;
  uint64_t bound = static_cast<uint64_t>(process_.hp - heap_.high_water) + heap_.fragment_words + stack_words_;
  uint64_t to_words = bound <= block_words_ ? block_words_ : std::max(next_block_words(bound), heap_.min_words);
  if (to_words >= kLargeWords) {
    Evacuation<PassKind::Promote> pass(heap_, process_.hp, nullptr, in_hand_, {});
    run_pass(pass);
    empty_block(block_words_ / 8);
    return;
  }
  Term* to = allocate_block(to_words);
  Evacuation<PassKind::Minor> pass(heap_, process_.hp, to, in_hand_, {});
  run_pass(pass);
  heap_.begin = to;
  heap_.high_water = process_.hp = pass.to();

  uint64_t survivors = static_cast<uint64_t>(pass.to() - to);
  uint64_t wanted = wanted_words(survivors + stack_words_ + need_, block_words_ / 8);
  if (wanted == to_words) {
    place_stack(to_words);
  } else {
    move_young_to(wanted);
    free_block(to, to_words);
    place_stack(wanted);
  }
  free_from_block();
}

// A second minor pass without mature terms or fragments: the survivors into a block of another size.
void Collection::move_young_to(uint64_t words) {
  Term* to = allocate_block(words);
  heap_.high_water = heap_.begin;
  Fragment* fragments = heap_.fragments;
  heap_.fragments = nullptr;
  uint64_t off_heap_bytes = heap_.off_heap_bytes;
  Evacuation<PassKind::Minor> pass(heap_, process_.hp, to, in_hand_, {});
  run_pass(pass);
  heap_.fragments = fragments;
  heap_.off_heap_bytes = off_heap_bytes;
  heap_.begin = to;
  heap_.high_water = process_.hp = pass.to();
}

void Collection::run_major(RetiredLiterals retired) {
  Evacuation<PassKind::Major> pass(heap_, process_.hp, nullptr, in_hand_, retired);
  run_pass(pass);
  free_old_chunks(pass.from_old());
  heap_.old_limit = std::max(kMinOldLimit, heap_.old_words * 2);
  heap_.minors_since_major = 0;
  heap_.major_count++;
  empty_block(block_words_ / 4);
}

// After a pass that left nothing in the block: it stays where it is, unless it should have another size.
void Collection::empty_block(uint64_t shrink_below) {
  heap_.high_water = process_.hp = heap_.begin;
  uint64_t wanted = wanted_words(stack_words_ + need_, shrink_below);
#if defined(HJ_CHAOS)
  // A block that stays would hide pointers into it.
  bool moves = true;
#else
  bool moves = wanted != block_words_;
#endif
  if (!moves) return;
  heap_.begin = heap_.high_water = process_.hp = allocate_block(wanted);
  place_stack(wanted);
  free_from_block();
}

// Moves the frames to the end of the block that begins at heap_.begin; they stand wherever sp and end say until then.
void Collection::place_stack(uint64_t words) {
  Term* end = heap_.begin + words;
  Term* sp = end - stack_words_;
  std::memcpy(static_cast<void*>(sp), process_.sp, stack_words_ * sizeof(Term));
  process_.sp = sp;
  heap_.end = end;
}

void Collection::free_from_block() {
  free_block(block_, block_words_);
}

void Collection::finish(uint64_t words_before) {
  // attach_fragment has entered their binaries into the heap's lists.
  free_fragment(heap_.fragments);
  heap_.fragments = heap_.open_fragment = nullptr;
  heap_.fragment_words = 0;
  // See "Where suspended".
  heap_.wants_major = in_hand_ != nullptr;
  process_.wants_collect = false;
  process_.heap_limit = process_.sp;
  uint64_t words_after = static_cast<uint64_t>(process_.hp - heap_.begin) + heap_.old_words;
  totals.add(kCollections, 1);
  totals.add(kWordsReclaimed, static_cast<int64_t>(words_before - std::min(words_before, words_after)));
  HJ_CHECK(process_.sp - process_.hp >= static_cast<ptrdiff_t>(need_), "a collection left {} words of {}",
           process_.sp - process_.hp, need_);
#if defined(HJ_DEBUG_CHECKS)
  verify_after_collection(process_);
#endif
}

uint64_t term_words(const Process& process) {
  const Heap& heap = process.heap;
  return static_cast<uint64_t>(process.hp - heap.begin) + heap.old_words + heap.fragment_words;
}

bool wants_major(const Heap& heap, const Process& process) {
  if (heap.wants_major || heap.minors_since_major >= heap.fullsweep_after) return true;
  uint64_t mature = static_cast<uint64_t>(heap.high_water - heap.begin);
  return heap.old_words + mature > std::max(heap.old_limit, kMinOldLimit);
}

bool is_over_limit(const Process& process, uint64_t need) {
  const Heap& heap = process.heap;
  uint64_t words = static_cast<uint64_t>(process.hp - heap.begin) + static_cast<uint64_t>(heap.end - process.sp) +
                   heap.old_words + need;
  return words > max_words_of(heap);
}

}  // namespace

uint64_t next_block_words(uint64_t words) {
  auto small = std::lower_bound(kSmallSizes.begin(), kSmallSizes.end(), words);
  if (small != kSmallSizes.end() && *small < kLargeWords) return *small;
  uint64_t size = kLargeWords;
  while (size < words) size += size / 5;
  return (size + kPageWords - 1) / kPageWords * kPageWords;
}

CollectionOutcome collect(Process& process, uint64_t need, CollectionKind kind) {
  // A stack that is too deep by itself is not worth copying.
  if (static_cast<uint64_t>(process.heap.end - process.sp) + need > max_words_of(process.heap))
    return CollectionOutcome::HeapLimitExceeded;
  uint64_t before = term_words(process);
  Collection collection(process, need);
  if (kind == CollectionKind::Major || wants_major(process.heap, process)) {
    collection.run_major({});
  } else {
    collection.run_minor();
  }
  collection.finish(before);
  return is_over_limit(process, need) ? CollectionOutcome::HeapLimitExceeded : CollectionOutcome::Done;
}

CollectionOutcome collect_literals(Process& process, const Term* area_begin, const Term* area_end) {
  uint64_t before = term_words(process);
  std::vector<Term> scratch(area_begin, area_end);
  Collection collection(process, 0);
  collection.run_major({{area_begin, area_end}, scratch.data()});
  collection.finish(before);
  return is_over_limit(process, 0) ? CollectionOutcome::HeapLimitExceeded : CollectionOutcome::Done;
}

void set_default_max_heap_words(uint64_t words) { default_max_words.store(words, std::memory_order_relaxed); }

uint64_t default_max_heap_words() {
  uint64_t words = default_max_words.load(std::memory_order_relaxed);
  if (words == 0) {
    // Relaxed: every thread computes the same.
    words = machine_words();
    default_max_words.store(words, std::memory_order_relaxed);
  }
  return words;
}

CollectionTotals collection_totals() { return {totals.sum(kCollections), totals.sum(kWordsReclaimed)}; }

}  // namespace hj::rt
