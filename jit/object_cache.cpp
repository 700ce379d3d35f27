#include "jit/object_cache.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "runtime/native/native.h"
#include "runtime/term/atoms.h"

namespace hj::jit {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kMagic = "HJOBJ001";
// How often a store looks at the size of the directory.
constexpr uint32_t kStoresPerSweep = 32;

// 128 bits over 8-byte words: two lanes, mixed into each other. Good against accidents; nobody forges entries in their own cache.
class Hash {
 public:
  void bytes(std::string_view text) {
    word(text.size());
    while (!text.empty()) {
      uint64_t value = 0;
      std::memcpy(&value, text.data(), std::min(sizeof(value), text.size()));
      word(value);
      text.remove_prefix(std::min(sizeof(value), text.size()));
    }
  }
  void word(uint64_t value) {
    a_ = (std::rotl(a_, 27) ^ value) * 0x9fb21c651e98df25u;
    b_ = (std::rotl(b_, 31) + value) * 0xd6e8feb86659fd93u ^ a_ >> 32;
  }
  std::string hex() const { return fmt::format("{:016x}{:016x}", finish(a_ ^ b_ >> 7), finish(b_ + a_)); }
  uint64_t value() const { return finish(a_ ^ b_ >> 7); }

 private:
  static uint64_t finish(uint64_t h) {
    h = (h ^ h >> 32) * 0xd6e8feb86659fd93u;
    return h ^ h >> 29;
  }
  uint64_t a_ = 0x243f6a8885a308d3u;
  uint64_t b_ = 0x13198a2e03707344u;
};

void put_word(std::string& out, uint64_t value) { out.append(reinterpret_cast<const char*>(&value), sizeof(value)); }

void put_text(std::string& out, std::string_view text) {
  put_word(out, text.size());
  out += text;
}

// Reads what put_* wrote; after the first thing that does not fit everything is empty and ok() is false.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}
  uint64_t word() {
    uint64_t value = 0;
    if (bytes_.size() < sizeof(value)) return fail();
    std::memcpy(&value, bytes_.data(), sizeof(value));
    bytes_.remove_prefix(sizeof(value));
    return value;
  }
  std::string_view text() {
    const uint64_t size = word();
    if (size > bytes_.size()) {
      fail();
      return {};
    }
    const std::string_view text = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return text;
  }
  bool ok() const { return ok_; }

 private:
  uint64_t fail() {
    ok_ = false;
    bytes_ = {};
    return 0;
  }
  std::string_view bytes_;
  bool ok_ = true;
};

}  // namespace

static std::string write_entry(const std::vector<codegen::External>& externals, std::string_view object) {
  std::string body;
  put_word(body, externals.size());
  for (const auto& external : externals) {
    put_word(body, static_cast<uint64_t>(external.kind));
    put_text(body, external.symbol);
    // A native is found again by its name.
    put_text(body, external.native != nullptr ? external.native->module : external.module);
    put_text(body, external.native != nullptr ? external.native->name : external.function);
    put_word(body, external.native != nullptr ? external.native->arity : external.arity);
    put_word(body, external.index);
  }
  put_text(body, object);
  Hash hash;
  hash.bytes(body);
  std::string entry(kMagic);
  put_word(entry, hash.value());
  return entry + body;
}

static std::optional<CachedObject> read_entry(std::string_view bytes) {
  if (!bytes.starts_with(kMagic)) return std::nullopt;
  bytes.remove_prefix(kMagic.size());
  Reader reader(bytes);
  const uint64_t checksum = reader.word();
  Hash hash;
  hash.bytes(bytes.substr(std::min(bytes.size(), sizeof(uint64_t))));
  if (!reader.ok() || hash.value() != checksum) return std::nullopt;

  CachedObject cached;
  const uint64_t count = reader.word();
  for (uint64_t i = 0; i < count && reader.ok(); ++i) {
    codegen::External external{.kind = static_cast<codegen::ExternalKind>(reader.word())};
    external.symbol = reader.text();
    external.module = reader.text();
    external.function = reader.text();
    external.arity = static_cast<uint32_t>(reader.word());
    external.index = static_cast<uint32_t>(reader.word());
    if (external.kind == codegen::ExternalKind::Native || external.kind == codegen::ExternalKind::NativeEntry) {
      external.native = rt::find_native(rt::intern_atom(external.module), rt::intern_atom(external.function), external.arity);
      if (external.native == nullptr) return std::nullopt;
    }
    cached.externals.push_back(std::move(external));
  }
  cached.object = reader.text();
  if (!reader.ok()) return std::nullopt;
  return cached;
}

ObjectCache::ObjectCache(std::string directory) : directory_(std::move(directory)) {
  if (directory_.empty()) return;
  std::error_code error;
  fs::create_directories(directory_, error);
  fs::permissions(directory_, fs::perms::owner_all, error);
  // Machine code is run from here: only from a directory that is ours.
  struct stat s;
  if (stat(directory_.c_str(), &s) != 0 || !S_ISDIR(s.st_mode) || s.st_uid != geteuid()) directory_.clear();
}

std::optional<CachedObject> ObjectCache::find(const std::string& key) {
  if (directory_.empty()) return std::nullopt;
  const std::string path = directory_ + "/" + key;
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  const std::string bytes(std::istreambuf_iterator<char>(file), {});
  auto cached = read_entry(bytes);
  // OC3: used now.
  if (cached) utimensat(AT_FDCWD, path.c_str(), nullptr, 0);
  return cached;
}

void ObjectCache::store(const std::string& key, const std::vector<codegen::External>& externals, std::string_view object) {
  static std::atomic<uint32_t> stores{0};
  if (directory_.empty()) return;
  const uint32_t number = stores.fetch_add(1, std::memory_order_relaxed);
  const std::string temporary = fmt::format("{}/.{}.{}.{}", directory_, key, getpid(), number);
  std::ofstream file(temporary, std::ios::binary);
  file << write_entry(externals, object);
  file.close();
  std::error_code error;
  if (file) fs::rename(temporary, directory_ + "/" + key, error);
  if (!file || error) fs::remove(temporary, error);
  if (number % kStoresPerSweep == 0) drop_oldest();
}

void ObjectCache::drop_oldest() {
  struct File {
    fs::file_time_type used;
    uintmax_t bytes;
    fs::path path;
  };
  std::vector<File> files;
  uintmax_t total = 0;
  std::error_code error;
  for (fs::directory_iterator at(directory_, error), end; !error && at != end; at.increment(error)) {
    std::error_code vanished;
    const uintmax_t bytes = at->file_size(vanished);
    const fs::file_time_type used = at->last_write_time(vanished);
    if (vanished) continue;
    files.push_back({used, bytes, at->path()});
    total += bytes;
  }
  if (total <= kMaxBytes) return;
  std::sort(files.begin(), files.end(), [](const File& a, const File& b) { return a.used < b.used; });
  for (const File& file : files) {
    if (total <= kMaxBytes / 2) break;
    fs::remove(file.path, error);
    total -= file.bytes;
  }
}

std::string cache_key(const core::Module& module, const LiteralLayout& literals, std::string_view compiler) {
  Hash hash;
  hash.bytes(compiler);
  std::ostringstream text;
  core::dump_core(module, text);
  hash.bytes(text.view());
  hash.word(literals.words);
  for (const LiteralPlace& place : literals.places) hash.word(place.bits << 1 ^ (place.is_immediate ? 1 : 0));
  return hash.hex();
}

std::string default_cache_directory() {
  if (const char* directory = std::getenv("HOTJIT_CACHE_DIR")) return directory;
  if (const char* cache = std::getenv("XDG_CACHE_HOME"); cache != nullptr && *cache == '/') return std::string(cache) + "/hotjit";
  if (const char* home = std::getenv("HOME"); home != nullptr && *home == '/') return std::string(home) + "/.cache/hotjit";
  return {};
}

}  // namespace hj::jit
