#include "runtime/code/export_table.h"

#include <gtest/gtest.h>

#include <thread>

#include "runtime/code/code_space.h"
#include "runtime/sched/progress.h"
#include "runtime/term/atoms.h"

namespace hj::rt {
namespace {

class ExportTableTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(reserve_code_space().ok()); }

  static Export* cell(const char* function, uint32_t arity = 0) {
    return intern_export(intern_atom("export_table_test"), intern_atom(function), arity);
  }
  static void commit(Export* cell, Code address) {
    Staging staging;
    staging.set(cell, address);
    staging.commit();
  }
  // Something an address can point to; never called.
  static Code code(uint64_t number) { return reinterpret_cast<Code>(0x1000 + number * 16); }
};

TEST_F(ExportTableTest, ACellIsMadeOnceAndFoundAgain) {
  Term module = intern_atom("export_table_test");
  EXPECT_EQ(find_export(module, intern_atom("once"), 1), nullptr);
  Export* made = cell("once", 1);
  EXPECT_EQ(cell("once", 1), made);
  EXPECT_EQ(find_export(module, intern_atom("once"), 1), made);
  EXPECT_NE(cell("once", 2), made);
  EXPECT_EQ(made->arity, 1u);
  EXPECT_FALSE(is_defined(made));
  EXPECT_EQ(active_address(made), made->undefined_thunk);
}

TEST_F(ExportTableTest, CellsLieInTheCodeSpace) {
  EXPECT_LT(reinterpret_cast<uintptr_t>(cell("low")), uintptr_t{1} << 31);
}

TEST_F(ExportTableTest, NothingChangesBeforeTheCommit) {
  Export* f = cell("before_commit");
  {
    Staging staging;
    staging.set(f, code(1));
    EXPECT_EQ(staging.staged_address(f), code(1));
    EXPECT_FALSE(is_defined(f));
    staging.commit();
    EXPECT_EQ(active_address(f), code(1));
  }
  EXPECT_EQ(active_address(f), code(1));
}

TEST_F(ExportTableTest, AnAbandonedStagingLeavesNoTrace) {
  Export* f = cell("abandoned");
  {
    Staging staging;
    staging.set(f, code(1));
  }
  for (int i = 0; i < 2 * kCodeIndices; i++) {
    Staging staging;
    staging.commit();
    EXPECT_FALSE(is_defined(f));
  }
}

// E4: what one commit changed holds in all later ones, whichever slot they use.
TEST_F(ExportTableTest, ChangesLastThroughLaterCommits) {
  Export* f = cell("lasting");
  Export* other = cell("other");
  for (uint64_t round = 1; round <= 7; round++) {
    commit(f, code(round));
    for (uint64_t i = 0; i < round; i++) {
      commit(other, code(100 + i));
      EXPECT_EQ(active_address(f), code(round));
    }
  }
  Staging staging;
  staging.undefine(f);
  staging.commit();
  EXPECT_FALSE(is_defined(f));
}

TEST_F(ExportTableTest, NativesAreNeverReplaced) {
  static const NativeEntry* some_native = reinterpret_cast<const NativeEntry*>(16);
  Export* f = cell("native");
  f->native = some_native;
  for (auto& address : f->address) address.store(code(5));
  Staging staging;
  staging.set(f, code(6));
  staging.undefine(f);
  staging.commit();
  EXPECT_EQ(active_address(f), code(5));
}

TEST_F(ExportTableTest, TenThousandCellsAreFoundWhileTheyAreMade) {
  constexpr uint32_t kCells = 10'000;
  auto work = [](uint32_t from) {
    for (uint32_t i = 0; i < kCells; i++) {
      uint32_t n = (i + from) % kCells;
      Term module = Term::atom(n % 101);
      Term function = Term::atom(n / 101 + 1000);
      Export* made = intern_export(module, function, n % 7);
      ASSERT_EQ(find_export(module, function, n % 7), made);
      ASSERT_EQ(made->arity, n % 7);
    }
  };
  size_t before = export_count();
  std::thread other(work, kCells / 2);
  work(0);
  other.join();
  EXPECT_EQ(export_count() - before, kCells);
}

// A set of cells whose addresses all carry the number of the commit: a caller that reads the index once must see one number in
// all of them (no torn sets), and never an older one than before. This is what generated code does at external calls.
TEST_F(ExportTableTest, CallersNeverSeeATornSet) {
  constexpr int kCells = 50;
  constexpr uint64_t kCommits = 300;
  std::vector<Export*> cells;
  for (int i = 0; i < kCells; i++) cells.push_back(cell("torn", static_cast<uint32_t>(i)));
  auto commit_all = [&](uint64_t number) {
    Staging staging;
    for (Export* each : cells) staging.set(each, code(number));
    staging.commit();
  };
  commit_all(1);
  std::atomic<bool> done{false};
  auto call = [&] {
    progress_go_online();
    uint64_t newest = 0;
    while (!done.load(std::memory_order_relaxed)) {
      uint64_t index = hj_code_index.load(std::memory_order_acquire);
      uint64_t seen = 0;
      for (Export* each : cells) {
        Code address = each->address[index].load(std::memory_order_relaxed);
        uint64_t number = (reinterpret_cast<uint64_t>(address) - 0x1000) / 16;
        if (seen == 0) seen = number;
        if (number != seen || number < newest) {
          ADD_FAILURE() << "saw " << number << " beside " << seen << " after " << newest;
          done = true;
          break;
        }
      }
      newest = seen;
      progress_quiet_point();
    }
    progress_go_offline();
  };
  std::thread a(call);
  std::thread b(call);
  for (uint64_t number = 2; number < kCommits && !done; number++) commit_all(number);
  done = true;
  a.join();
  b.join();
}

}  // namespace
}  // namespace hj::rt
