// Objects on disk: what was stored is found again, everything else is a miss.
#include "jit/object_cache.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "runtime/code/code_space.h"

namespace hj::jit {
namespace {

namespace fs = std::filesystem;

class ObjectCacheTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(rt::reserve_code_space().ok());
    directory_ = (fs::temp_directory_path() / fmt::format("hotjit-cache-{}", getpid())).string();
  }
  void TearDown() override { fs::remove_all(directory_); }

  std::string directory_;
};

const std::vector<codegen::External> kExternals = {
    {.kind = codegen::ExternalKind::Version, .symbol = "hj_version"},
    {.kind = codegen::ExternalKind::Cell, .symbol = "hj_cell:m:f/1", .module = "m", .function = "f", .arity = 1},
    {.kind = codegen::ExternalKind::Fun, .symbol = "hj_fun:3", .index = 3},
};

TEST_F(ObjectCacheTest, FindsWhatWasStored) {
  ObjectCache(directory_).store("key", kExternals, std::string("ob\0ject", 7));
  const auto found = ObjectCache(directory_).find("key");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->object, std::string("ob\0ject", 7));
  ASSERT_EQ(found->externals.size(), 3u);
  EXPECT_EQ(found->externals[1].symbol, "hj_cell:m:f/1");
  EXPECT_EQ(found->externals[1].arity, 1u);
  EXPECT_EQ(found->externals[2].index, 3u);
  EXPECT_FALSE(ObjectCache(directory_).find("other"));
}

TEST_F(ObjectCacheTest, DamagedEntriesAreMisses) {
  ObjectCache cache(directory_);
  cache.store("key", kExternals, "object");
  const std::string path = directory_ + "/key";
  std::ifstream file(path, std::ios::binary);
  const std::string whole(std::istreambuf_iterator<char>(file), {});
  for (size_t size = 0; size < whole.size(); size += 5) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << whole.substr(0, size);
    EXPECT_FALSE(cache.find("key")) << size;
  }
  for (size_t at = 0; at < whole.size(); at += 3) {
    std::string changed = whole;
    changed[at] ^= 0x10;
    std::ofstream(path, std::ios::binary | std::ios::trunc) << changed;
    EXPECT_FALSE(cache.find("key")) << at;
  }
}

TEST_F(ObjectCacheTest, WithoutADirectoryNothingIsKept) {
  ObjectCache cache("");
  cache.store("key", kExternals, "object");
  EXPECT_FALSE(cache.find("key"));
  ObjectCache unusable("/proc/no/such/place");
  unusable.store("key", kExternals, "object");
  EXPECT_FALSE(unusable.find("key"));
}

TEST_F(ObjectCacheTest, KeysTellModulesAndCompilersApart) {
  core::Module a, b;
  a.name = "m";
  b.name = "n";
  const LiteralLayout none;
  EXPECT_EQ(cache_key(a, none, "x"), cache_key(a, none, "x"));
  EXPECT_NE(cache_key(a, none, "x"), cache_key(b, none, "x"));
  EXPECT_NE(cache_key(a, none, "x"), cache_key(a, none, "y"));
  const LiteralLayout other{.places = {{true, 77}}, .words = 0};
  EXPECT_NE(cache_key(a, none, "x"), cache_key(a, other, "x"));
}

}  // namespace
}  // namespace hj::jit
