#include "runtime/heap/gc.h"

#include <gtest/gtest.h>

#include <random>

#include "runtime/heap/heap.h"
#include "runtime/heap/memory.h"
#include "runtime/heap/verify_heap.h"
#include "tests/unit/runtime/fake_process.h"
#include "tests/unit/runtime/random_terms.h"

namespace hj::rt {
namespace {

using testing::FakeProcess;
using testing::random_object;
using testing::structure_hash;

TEST(Gc, KeepsWhatArgumentsAndSlotsReferToAndDropsTheRest) {
  FakeProcess p;
  p.set_live(1);
  p.x(0) = make_tuple(*p, {Term::from_small(1), make_cons(*p, Term::from_small(2), Term::nil())});
  p.x(1) = make_tuple(*p, {Term::from_small(3)});
  Code frame = p.code().continuation({true, false});
  p.push(frame, {make_cons(*p, Term::from_small(4), Term::nil()), Term::from_bits(0xdead'0000'0001)});
  uint64_t argument = structure_hash(p.x(0));
  uint64_t slot = structure_hash(p->sp[1]);
  ASSERT_EQ(collect(*p, 10), CollectionOutcome::Done);
  EXPECT_EQ(structure_hash(p.x(0)), argument);
  EXPECT_EQ(structure_hash(p->sp[1]), slot);
  EXPECT_EQ(p->sp[0].bits, reinterpret_cast<uint64_t>(frame));
  EXPECT_EQ(p->hp - p->heap.begin, 3 + 2 + 2);
  EXPECT_EQ(verify_heap(*p), "");
}

TEST(Gc, KeepsSharing) {
  FakeProcess p;
  p.set_live(1);
  Term shared = make_cons(*p, Term::from_small(7), Term::nil());
  p.x(0) = make_tuple(*p, {shared, shared});
  for (auto kind : {CollectionKind::Automatic, CollectionKind::Automatic, CollectionKind::Major}) {
    collect(*p, 0, kind);
    EXPECT_EQ(p.x(0).tuple_elements()[0], p.x(0).tuple_elements()[1]);
  }
}

TEST(Gc, PromotesWhatSurvivesTwice) {
  FakeProcess p;
  p.set_live(1);
  p.x(0) = make_cons(*p, Term::from_small(1), Term::nil());
  collect(*p, 0);
  EXPECT_EQ(p->heap.old_words, 0u);
  collect(*p, 0);
  EXPECT_EQ(p->heap.old_words, 2u);
  EXPECT_EQ(p->hp, p->heap.begin);
  EXPECT_EQ(p.x(0).head(), Term::from_small(1));
}

TEST(Gc, MinorCollectionsLeaveOldTermsAlone) {
  FakeProcess p;
  p.set_live(1);
  p.x(0) = make_cons(*p, Term::from_small(1), Term::nil());
  collect(*p, 0);
  collect(*p, 0);
  Term old = p.x(0);
  p.x(0) = make_cons(*p, Term::from_small(2), old);
  collect(*p, 0);
  EXPECT_EQ(p.x(0).tail(), old);
}

TEST(Gc, FragmentsAreFoldedIn) {
  FakeProcess p;
  p.set_live(2);
  p.x(0) = make_tuple(*p, {Term::from_small(1)});
  std::vector<Term> elements(10 * kInitialBlockWords, p.x(0));
  p.x(1) = make_list(*p, elements);
  ASSERT_NE(p->heap.fragments, nullptr);
  uint64_t hash = structure_hash(p.x(1));
  collect(*p, 0);
  EXPECT_EQ(p->heap.fragments, nullptr);
  EXPECT_EQ(p->heap.fragment_words, 0u);
  EXPECT_EQ(structure_hash(p.x(1)), hash);
  EXPECT_EQ(verify_heap(*p), "");
}

TEST(Gc, FragmentWordsEndTheSlice) {
  FakeProcess p;
  std::vector<Term> elements(10'000);
  for (Term& element : elements) element = Term::nil();
  make_list(*p, elements);
  EXPECT_TRUE(p->wants_collect);
  EXPECT_EQ(p->poll.load(), kInterrupted);
  collect(*p, 0);
  EXPECT_FALSE(p->wants_collect);
}

TEST(Gc, MakesTheRoomAskedFor) {
  FakeProcess p;
  for (uint64_t need : {10u, 1'000u, 100'000u, 3'000'000u, 5u}) {
    ASSERT_EQ(collect(*p, need), CollectionOutcome::Done);
    EXPECT_GE(p->sp - p->hp, static_cast<ptrdiff_t>(need));
    EXPECT_EQ(verify_heap(*p), "");
  }
}

TEST(Gc, ABlockShrinksAfterItsDataHaveGone) {
  FakeProcess p;
  collect(*p, 5'000'000);
  for (int i = 0; i < 3; i++) collect(*p, 0);
  EXPECT_LT(heap_total_words(*p), 1000u);
}

TEST(Gc, HeapLimitIsReportedAndLeavesTheHeapWhole) {
  FakeProcess p;
  p->heap.max_words = 5'000;
  p.set_live(1);
  p.x(0) = Term::nil();
  auto outcome = CollectionOutcome::Done;
  for (int i = 0; i < 100'000 && outcome == CollectionOutcome::Done; i++) {
    if (p->sp - p->hp < 2) outcome = collect(*p, 2);
    if (outcome == CollectionOutcome::Done) p.x(0) = make_cons(*p, Term::from_small(i), p.x(0));
  }
  EXPECT_EQ(outcome, CollectionOutcome::HeapLimitExceeded);
  EXPECT_LT(heap_total_words(*p), 20'000u);
  EXPECT_EQ(verify_heap(*p), "");
}

TEST(Gc, AFailedGuardsExceptionDoesNotKeepAPointerToForeignMemory) {
  FakeProcess p;
  Term elsewhere[2] = {Term::from_small(1), Term::nil()};
  p->exception_reason = Term::cons(elsewhere);
  collect(*p, 0, CollectionKind::Major);
  EXPECT_FALSE(p->exception_reason.is_value());
  EXPECT_EQ(elsewhere[0], Term::from_small(1));
}

// -- off-heap binaries

TEST(Gc, BinariesAreReleasedWhenTheLastReferenceDies) {
  int64_t before = static_cast<int64_t>(accounted_memory(MemoryKind::Binary));
  FakeProcess p;
  p.set_live(1);
  p.x(0) = make_binary(*p, std::string(1000, 'x'));
  make_binary(*p, std::string(3000, 'y'));
  auto in_use = [&] { return static_cast<int64_t>(accounted_memory(MemoryKind::Binary)) - before; };
  EXPECT_EQ(in_use(), 4000);
  collect(*p, 0);
  EXPECT_EQ(in_use(), 1000);
  collect(*p, 0);
  collect(*p, 0, CollectionKind::Major);
  EXPECT_EQ(in_use(), 1000);
  EXPECT_EQ(verify_heap(*p), "");
  p.x(0) = Term::nil();
  collect(*p, 0);
  EXPECT_EQ(in_use(), 1000) << "an old binary waits for a major collection";
  collect(*p, 0, CollectionKind::Major);
  EXPECT_EQ(in_use(), 0);
}

TEST(Gc, ReleasingAHeapReleasesItsBinaries) {
  uint64_t binaries = accounted_memory(MemoryKind::Binary);
  uint64_t processes = accounted_memory(MemoryKind::Processes);
  {
    FakeProcess p;
    p.set_live(1);
    p.x(0) = make_binary(*p, std::string(1000, 'x'));
    collect(*p, 0);
    collect(*p, 0);
    make_binary(*p, std::string(1000, 'y'));
    std::vector<Term> elements(10'000, Term::nil());
    make_list(*p, elements);
    make_binary(*p, std::string(1000, 'z'));
  }
  EXPECT_EQ(accounted_memory(MemoryKind::Binary), binaries);
  EXPECT_EQ(accounted_memory(MemoryKind::Processes), processes);
}

// -- messages

TEST(Gc, AMessageLookedAtButNotAcceptedStaysWhereItIs) {
  FakeProcess p;
  Fragment* fragment = make_fragment(10);
  Term* cell = fragment_alloc(*fragment, 2);
  cell[0] = Term::from_small(42);
  cell[1] = Term::nil();
  Signal signal;
  signal.fragment = fragment;
  signal.term = Term::cons(cell);
  p->inbox.append(&signal);
  p->inbox.is_looked_at = true;
  p.set_live(2);
  p.x(0) = signal.term;
  p.x(1) = make_tuple(*p, {signal.term});
  for (int i = 0; i < 3; i++) {
    collect(*p, 0);
    EXPECT_EQ(p.x(0), signal.term);
    EXPECT_EQ(cell[0], Term::from_small(42));
  }
  p->inbox.is_looked_at = false;
  p->inbox.unlink(p->inbox.scan);
  attach_fragment(*p, fragment);
  for (int i = 0; i < 3; i++) {
    collect(*p, 0);
    EXPECT_NE(p.x(0), signal.term);
    EXPECT_EQ(p.x(1).tuple_elements()[0], p.x(0));
    EXPECT_EQ(p.x(0).head(), Term::from_small(42));
  }
}

// -- depth and width

// Where a test of ten million takes minutes, a million is as much as any stack would bear.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int kMillions = 1'000'000;
#else
constexpr int kMillions = 10'000'000;
#endif

TEST(Gc, AListOfTenMillionIsCopiedWithoutRecursion) {
  FakeProcess p;
  p.set_live(1);
  constexpr int64_t kLength = kMillions;
  p.x(0) = Term::nil();
  for (int64_t i = 0; i < kLength; i++) {
    if (p->sp - p->hp < 2) collect(*p, 2);
    p.x(0) = make_cons(*p, Term::from_small(i), p.x(0));
  }
  collect(*p, 0, CollectionKind::Major);
  int64_t expected = kLength;
  Term list = p.x(0);
  for (; list.is_cons(); list = list.tail()) ASSERT_EQ(list.head(), Term::from_small(--expected));
  EXPECT_EQ(expected, 0);
}

TEST(Gc, ATermNestedAMillionDeepToTheLeftSurvives) {
  FakeProcess p;
  p.set_live(1);
  p.x(0) = Term::nil();
  for (int i = 0; i < 1'000'000; i++) {
    if (p->sp - p->hp < 4) collect(*p, 4);
    p.x(0) = make_tuple(*p, {p.x(0), Term::from_small(i)});
  }
  collect(*p, 0, CollectionKind::Major);
  int depth = 0;
  for (Term term = p.x(0); term.is_tuple(); term = term.tuple_elements()[0]) depth++;
  EXPECT_EQ(depth, 1'000'000);
}

TEST(Gc, TenMillionFramesCollectInLinearTime) {
  FakeProcess p;
  Code frame = p.code().continuation({true});
  constexpr int kDepth = kMillions;
  for (int i = 0; i < kDepth; i++) {
    if (p->sp - p->hp < 4) collect(*p, 4);
    p.push(frame, {make_cons(*p, Term::from_small(i), Term::nil())});
  }
  uint64_t collections = p->heap.minor_count + p->heap.major_count;
  EXPECT_LT(collections, 5000u);
  // Garbage made at the bottom must not scan all frames for every little piece.
  for (int i = 0; i < 2 * kDepth; i++) {
    if (p->sp - p->hp < 2) collect(*p, 2);
    make_cons(*p, Term::nil(), Term::nil());
  }
  EXPECT_LT(p->heap.minor_count + p->heap.major_count - collections, 50u);
  for (int i = kDepth; i-- > 0;) {
    ASSERT_EQ(p->sp[1].head(), Term::from_small(i));
    p.pop(2);
  }
}

TEST(Gc, FramesWithMoreThan64SlotsAreWalked) {
  FakeProcess p;
  std::vector<bool> slots(130, false);
  for (size_t i : {0u, 63u, 64u, 65u, 128u, 129u}) slots[i] = true;
  Code frame = p.code().continuation(slots);
  collect(*p, 1000);
  p->sp -= 131;
  p->heap_limit = p->sp;
  p->sp[0].bits = reinterpret_cast<uint64_t>(frame);
  for (size_t i = 0; i < slots.size(); i++) {
    p->sp[1 + i] = slots[i] ? make_cons(*p, Term::from_small(static_cast<int64_t>(i)), Term::nil())
                            : Term::from_bits(0xbad'0001);
  }
  collect(*p, 0);
  for (size_t i = 0; i < slots.size(); i++) {
    if (slots[i]) {
      EXPECT_EQ(p->sp[1 + i].head(), Term::from_small(static_cast<int64_t>(i)));
    } else {
      EXPECT_EQ(p->sp[1 + i].bits, 0xbad'0001u);
    }
  }
}

// -- random graphs: the same structure before and after, whatever is collected when

class GcRandom : public ::testing::TestWithParam<uint64_t> {};

TEST_P(GcRandom, GraphsKeepTheirStructure) {
  std::mt19937_64 random(GetParam());
  FakeProcess p;
  constexpr uint16_t kArgs = 6;
  p.set_live(kArgs);
  for (size_t i = 0; i < kArgs; i++) p.x(i) = Term::nil();
  Code frame = p.code().continuation({true, true});
  std::vector<std::pair<uint64_t, uint64_t>> frames;
  std::vector<uint64_t> hashes(kArgs, structure_hash(Term::nil()));
  for (int step = 0; step < 3000; step++) {
    size_t i = random() % kArgs;
    Term pool[] = {p.x(random() % kArgs), p.x(random() % kArgs)};
    p.x(i) = random() % 16 == 0 ? Term::nil() : random_object(*p, random, pool);
    hashes[i] = structure_hash(p.x(i));
    if (random() % 10 == 0 && p->sp - p->hp >= 3) {
      p.push(frame, {p.x(0), p.x(1)});
      frames.emplace_back(hashes[0], hashes[1]);
    } else if (random() % 12 == 0 && !frames.empty()) {
      p.pop(3);
      frames.pop_back();
    }
    if (random() % 5 != 0) continue;
    collect(*p, random() % 50, random() % 20 == 0 ? CollectionKind::Major : CollectionKind::Automatic);
    ASSERT_EQ(verify_heap(*p), "") << "step " << step;
    for (size_t k = 0; k < kArgs; k++) ASSERT_EQ(structure_hash(p.x(k)), hashes[k]) << "x" << k << " at step " << step;
    for (size_t k = 0; k < frames.size(); k++) {
      const Term* at = p->sp + 3 * (frames.size() - 1 - k);
      ASSERT_EQ(structure_hash(at[1]), frames[k].first);
      ASSERT_EQ(structure_hash(at[2]), frames[k].second);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, GcRandom, ::testing::Range<uint64_t>(1, 21));

}  // namespace
}  // namespace hj::rt
