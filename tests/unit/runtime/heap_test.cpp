#include "runtime/heap/heap.h"

#include <gtest/gtest.h>

#include <set>
#include <thread>

#include "runtime/heap/build.h"
#include "runtime/heap/gc.h"
#include "runtime/heap/memory.h"
#include "runtime/heap/reference.h"
#include "runtime/term/atoms.h"
#include "tests/unit/runtime/fake_process.h"

namespace hj::rt {
namespace {

using testing::FakeProcess;

std::vector<int64_t> integers(Term list) {
  std::vector<int64_t> result;
  for (; list.is_cons(); list = list.tail()) result.push_back(list.head().small());
  return result;
}

TEST(Heap, ANewProcessHasOneBlockOfTheSmallestSize) {
  FakeProcess p;
  EXPECT_EQ(p->heap.block_words(), kInitialBlockWords);
  EXPECT_EQ(heap_total_words(*p), kInitialBlockWords);
  EXPECT_EQ(p->hp, p->heap.begin);
  EXPECT_EQ(p->sp, p->heap.end);
}

TEST(Heap, AllocationTakesTheBlockThenFragments) {
  FakeProcess p;
  Term* first = heap_alloc(*p, 10);
  EXPECT_EQ(first, p->heap.begin);
  EXPECT_EQ(p->hp, first + 10);
  Term* large = heap_alloc(*p, kInitialBlockWords);
  ASSERT_NE(p->heap.fragments, nullptr);
  EXPECT_EQ(large, p->heap.fragments->data);
  EXPECT_EQ(heap_alloc(*p, 5), first + 10) << "what fits still goes to the block";
}

TEST(Heap, RoomReservedBelowHpIsRespected) {
  FakeProcess p;
  p->heap_limit = p->hp - 4;
  Term* at = heap_alloc(*p, 1);
  EXPECT_EQ(p->hp, p->heap.begin);
  EXPECT_EQ(at, p->heap.fragments->data);
}

TEST(Heap, AMessagesFragmentIsNotAllocatedFrom) {
  FakeProcess p;
  Fragment* message = make_fragment(100);
  fragment_alloc(*message, 10);
  attach_fragment(*p, message);
  EXPECT_EQ(p->heap.fragment_words, 10u);
  p->heap_limit = p->hp;
  Term* at = heap_alloc(*p, 5);
  EXPECT_FALSE(at >= message->data && at < message->data + 100);
}

TEST(Heap, BlockSizesGrowAndNeverFallShort) {
  uint64_t last = 0;
  for (uint64_t words = 1; words < 10'000'000; words += words / 7 + 1) {
    uint64_t size = next_block_words(words);
    EXPECT_GE(size, words);
    EXPECT_GE(size, last);
    EXPECT_LE(size, words * 17 / 10 + 64);
    last = size;
  }
}

TEST(Heap, LargeBlocksAreZeroCostUntilTouchedAndAreGivenBack) {
  uint64_t before = accounted_memory(MemoryKind::Processes);
  constexpr size_t kWords = size_t{1} << 32;
  Term* block = allocate_block(kWords);
  block[0] = Term::nil();
  block[kWords - 1] = Term::nil();
  EXPECT_EQ(accounted_memory(MemoryKind::Processes), before + kWords * sizeof(Term));
  free_block(block, kWords);
  EXPECT_EQ(accounted_memory(MemoryKind::Processes), before);
}

TEST(Build, Integers) {
  FakeProcess p;
  EXPECT_EQ(make_integer(*p, kSmallMin), Term::from_small(kSmallMin));
  EXPECT_EQ(make_integer(*p, kSmallMax), Term::from_small(kSmallMax));
  Term least = make_integer(*p, INT64_MIN);
  EXPECT_EQ(least.subtag(), Subtag::NegativeBig);
  EXPECT_EQ(least.boxed()[1].bits, uint64_t{1} << 63);
  Term greatest = make_unsigned(*p, UINT64_MAX);
  EXPECT_EQ(greatest.subtag(), Subtag::PositiveBig);
  EXPECT_EQ(greatest.boxed()[1].bits, UINT64_MAX);
}

TEST(Build, ListsAndTuples) {
  FakeProcess p;
  Term elements[] = {Term::from_small(1), Term::from_small(2)};
  EXPECT_EQ(integers(make_list(*p, elements)), (std::vector<int64_t>{1, 2}));
  EXPECT_EQ(make_list(*p, elements, Term::from_small(3)).tail().tail(), Term::from_small(3));
  EXPECT_EQ(make_list(*p, {}, Term::from_small(3)), Term::from_small(3));
  EXPECT_EQ(make_tuple(*p, {}).tuple_size(), 0u);
  EXPECT_EQ(make_tuple(*p, {elements[0], elements[1]}).tuple_elements()[1], Term::from_small(2));
}

TEST(Build, StringsAreCodePointsAndMalformedBytesStandForThemselves) {
  FakeProcess p;
  EXPECT_EQ(integers(make_string(*p, "a\u00e4\u20ac\U0001f600")), (std::vector<int64_t>{'a', 0xe4, 0x20ac, 0x1f600}));
  EXPECT_EQ(integers(make_string(*p, "\xff" "a\xc3")), (std::vector<int64_t>{0xff, 'a', 0xc3}));
  EXPECT_EQ(integers(make_string(*p, "\xed\xa0\x80")), (std::vector<int64_t>{0xed, 0xa0, 0x80}));
  EXPECT_EQ(integers(make_string(*p, "\xc0\x80")), (std::vector<int64_t>{0xc0, 0x80}));
  EXPECT_EQ(make_string(*p, ""), Term::nil());
}

TEST(Build, RaisingSetsTheExceptionAndGivesNoValue) {
  FakeProcess p;
  EXPECT_FALSE(raise_badarg(*p).is_value());
  EXPECT_EQ(p->exception_class, am::error);
  EXPECT_EQ(p->exception_reason, am::badarg);
  EXPECT_FALSE(p->exception_trace.is_value());
}

TEST(Reference, AreUniqueAcrossThreads) {
  constexpr int kEach = 20'000;
  std::vector<ReferenceNumbers> made[2];
  auto work = [&](int who) {
    for (int i = 0; i < kEach; i++) made[who].push_back(next_reference_numbers());
  };
  std::thread other(work, 1);
  work(0);
  other.join();
  std::set<std::pair<uint64_t, uint32_t>> all;
  for (const auto& list : made) {
    for (const ReferenceNumbers& numbers : list)
      all.emplace(static_cast<uint64_t>(numbers.number[2]) << 32 | numbers.number[1], numbers.number[0]);
  }
  EXPECT_EQ(all.size(), 2u * kEach);
}

TEST(Memory, ThreadsAddUp) {
  uint64_t before = accounted_memory(MemoryKind::Ets);
  auto work = [] {
    for (int i = 0; i < 10'000; i++) {
      account_memory(MemoryKind::Ets, 3);
      account_memory(MemoryKind::Ets, -2);
    }
  };
  std::thread a(work);
  std::thread b(work);
  a.join();
  b.join();
  EXPECT_EQ(accounted_memory(MemoryKind::Ets), before + 20'000);
  account_memory(MemoryKind::Ets, -20'000);
}

}  // namespace
}  // namespace hj::rt
