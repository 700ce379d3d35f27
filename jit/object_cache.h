// Objects kept on disk, so that a module that was compiled before needs no LLVM: the library's modules at every start.
//
// An object names everything outside by symbol (lowered_module.h), so it can be linked in another process, where nothing is at the
// same address. What it depends on beyond its Core is in the key: the literal layout (and with it the atoms' numbers), the tier,
// LLVM, the processor, and this very executable, whose natives decide how calls are cut.
//
// Invariants:
//   OC1  Entries are written to a temporary file and renamed: a reader sees a whole entry or none.
//   OC2  An entry that is damaged, foreign or from another time is as good as missing; nothing in it is trusted before its
//        checksum.
//   OC3  The directory holds at most about kMaxBytes; the entries used longest ago go first.
//
// Threads: any thread; several processes may share a directory.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "frontend/core/core.h"
#include "jit/codegen/lowered_module.h"
#include "jit/literals.h"

namespace hj::jit {

struct CachedObject {
  std::vector<codegen::External> externals;
  std::string object;
};

class ObjectCache {
 public:
  static constexpr size_t kMaxBytes = size_t{256} << 20;

  // Makes the directory when it is not there; a cache without one finds and keeps nothing.
  explicit ObjectCache(std::string directory);
  std::optional<CachedObject> find(const std::string& key);
  void store(const std::string& key, const std::vector<codegen::External>& externals, std::string_view object);

 private:
  void drop_oldest();

  std::string directory_;
};

// `compiler` says everything about engine and executable that matters (Engine::fingerprint).
std::string cache_key(const core::Module& module, const LiteralLayout& literals, std::string_view compiler);

// Where a user's cache is: $HOTJIT_CACHE_DIR, else hotjit in $XDG_CACHE_HOME, else ~/.cache/hotjit; empty when there is no home, or
// when HOTJIT_CACHE_DIR is set and empty.
std::string default_cache_directory();

}  // namespace hj::jit
