#include "runtime/code/fun_entry.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "runtime/code/code_space.h"
#include "runtime/native/thunks.h"
#include "runtime/term/atoms.h"

namespace hj::rt {
namespace {

class FunEntryTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(reserve_code_space().ok()); }
};

TEST_F(FunEntryTest, OneEntryForEachModuleHashAndIndex) {
  Term m = intern_atom("m");
  FunEntry* entry = intern_fun_entry(m, "hash1", 0);
  EXPECT_EQ(intern_fun_entry(m, "hash1", 0), entry);
  EXPECT_NE(intern_fun_entry(m, "hash1", 1), entry);
  EXPECT_NE(intern_fun_entry(m, "hash2", 0), entry);
  EXPECT_NE(intern_fun_entry(intern_atom("n"), "hash1", 0), entry);
  EXPECT_EQ(entry->module, m);
  EXPECT_EQ(entry->index, 0u);
  EXPECT_EQ(entry->hash, "hash1");
}

TEST_F(FunEntryTest, WithoutCodeItLeadsToTheStubOfItsArity) {
  FunShape shape{intern_atom("-f/0-fun-0-"), 2, 1, 77};
  FunEntry* entry = intern_fun_entry(intern_atom("m"), "shaped", 0, shape);
  EXPECT_EQ(entry->code.load(), purged_fun_thunk(2));
  EXPECT_EQ(entry->arity, 2u);
  EXPECT_EQ(entry->free_count, 1u);
  EXPECT_EQ(entry->uniq, 77u);
  EXPECT_EQ(intern_fun_entry(intern_atom("m"), "shaped", 0), entry);
}

TEST_F(FunEntryTest, ThreadsAgreeOnTheEntry) {
  constexpr uint32_t kEntries = 500;
  std::vector<FunEntry*> seen[2];
  auto work = [&](int who) {
    for (uint32_t i = 0; i < kEntries; i++) seen[who].push_back(intern_fun_entry(Term::atom(1), "threads", i));
  };
  std::thread other(work, 1);
  work(0);
  other.join();
  EXPECT_EQ(seen[0], seen[1]);
}

}  // namespace
}  // namespace hj::rt
