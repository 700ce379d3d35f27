#include "runtime/code/code_space.h"

#include <gtest/gtest.h>

#include <random>
#include <thread>
#include <vector>

#include "runtime/heap/memory.h"

namespace hj::rt {
namespace {

class CodeSpaceTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(reserve_code_space().ok()); }
};

TEST_F(CodeSpaceTest, LiesBelowTwoGigabytes) {
  EXPECT_LT(reinterpret_cast<uintptr_t>(literal_range_end), uintptr_t{1} << 31);
}

TEST_F(CodeSpaceTest, PagesAreAlignedZeroedAndWritable) {
  for (auto area : {CodeSpaceArea::Cells, CodeSpaceArea::Literals, CodeSpaceArea::Code}) {
    char* memory = allocate_code_space(area, 10'000).value();
    EXPECT_EQ(reinterpret_cast<uintptr_t>(memory) % 4096, 0u);
    for (int i = 0; i < 10'000; i++) ASSERT_EQ(memory[i], 0);
    memory[9'999] = 1;
    EXPECT_EQ(is_literal_pointer(memory), area == CodeSpaceArea::Literals);
    free_code_space(area, memory, 10'000);
  }
}

TEST_F(CodeSpaceTest, FreedPagesComeBackZeroed) {
  char* memory = allocate_code_space(CodeSpaceArea::Code, 4096).value();
  memory[17] = 1;
  free_code_space(CodeSpaceArea::Code, memory, 4096);
  char* again = allocate_code_space(CodeSpaceArea::Code, 4096).value();
  EXPECT_EQ(again, memory);
  EXPECT_EQ(again[17], 0);
  free_code_space(CodeSpaceArea::Code, again, 4096);
}

TEST_F(CodeSpaceTest, FreedNeighboursJoin) {
  char* a = allocate_code_space(CodeSpaceArea::Literals, 4096).value();
  char* b = allocate_code_space(CodeSpaceArea::Literals, 4096).value();
  char* c = allocate_code_space(CodeSpaceArea::Literals, 4096).value();
  free_code_space(CodeSpaceArea::Literals, a, 4096);
  free_code_space(CodeSpaceArea::Literals, c, 4096);
  free_code_space(CodeSpaceArea::Literals, b, 4096);
  char* whole = allocate_code_space(CodeSpaceArea::Literals, 3 * 4096).value();
  EXPECT_EQ(whole, a);
  free_code_space(CodeSpaceArea::Literals, whole, 3 * 4096);
}

TEST_F(CodeSpaceTest, AFullAreaIsAnErrorNotACrash) {
  auto too_much = allocate_code_space(CodeSpaceArea::Cells, size_t{65} << 20);
  ASSERT_FALSE(too_much.ok());
  EXPECT_NE(too_much.error().message.find("cells"), std::string::npos);
  EXPECT_TRUE(allocate_code_space(CodeSpaceArea::Cells, 1).ok());
}

TEST_F(CodeSpaceTest, ManyAllocationsFromManyThreadsNeverOverlapAndAllComeBack) {
  uint64_t before = accounted_memory(MemoryKind::Code);
  auto work = [](uint64_t seed) {
    std::mt19937_64 random(seed);
    std::vector<std::pair<char*, size_t>> mine;
    for (int i = 0; i < 300; i++) {
      if (mine.size() < 20 && random() % 3 != 0) {
        size_t bytes = 1 + random() % 40'000;
        char* memory = allocate_code_space(CodeSpaceArea::Code, bytes).value();
        std::fill_n(memory, bytes, static_cast<char>(seed));
        mine.emplace_back(memory, bytes);
      } else if (!mine.empty()) {
        auto [memory, bytes] = mine.back();
        mine.pop_back();
        for (size_t k = 0; k < bytes; k += 512) ASSERT_EQ(memory[k], static_cast<char>(seed));
        free_code_space(CodeSpaceArea::Code, memory, bytes);
      }
    }
    for (auto [memory, bytes] : mine) free_code_space(CodeSpaceArea::Code, memory, bytes);
  };
  std::thread other(work, 2);
  work(1);
  other.join();
  EXPECT_EQ(accounted_memory(MemoryKind::Code), before);
}

}  // namespace
}  // namespace hj::rt
