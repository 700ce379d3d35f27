// A fuzzer's stand-in: runs a target over its corpus and over seeded mutations of it.
//
//   NAME CORPUS [--mutations N] [--seed S] [--first I]
//
// Input I of seed S is always the same; a crash prints the command that runs it again at once.
#include <algorithm>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include <unistd.h>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

static char replay_command[1024];
static volatile std::sig_atomic_t in_handler = 0;

static void report_crash(int signal) {
  if (in_handler == 0) {
    in_handler = 1;
    ssize_t ignored = write(STDERR_FILENO, replay_command, std::strlen(replay_command));
    static_cast<void>(ignored);
  }
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

// Pieces that random bytes would not make: what decides which way a parser goes.
static constexpr const char* kPieces[] = {
    "(", ")", "[", "]", "{", "}", "<<", ">>", ",", ";", ".\n", "->", "||", "<-", "<=", "=>", ":=", "=", "::", ":", "..",
    "...", "#", "?", "??", "|", "!", "+", "-", "++", "--", "'", "\"", "$", "\\", "%", "\n", " ", "case ", " of ", " end ",
    "fun ", "fun(", "if ", "when ", "try ", "catch ", "after ", "receive ", "begin ", "maybe ", "else ", "?=", "-define(",
    "-ifdef(", "-if(", "-else.\n", "-endif.\n", "-undef(", "-include(\"", "-spec ", "-type ", "-record(", "-export([",
    "-file(\"x\",", "-feature(maybe_expr,enable).\n", "?LINE", "?M", "?M(", "X", "_", "f(", "atom", "16#", "1.0e", "99",
    "$\\x{", "\xC3\xA9", "\xFF", "f() -> ", "a", "b", "1", "-module(m).\n", "not ", "andalso ", "#r{", "#r.", "#{",
};

static std::string mutate(const std::vector<std::string>& corpus, std::mt19937_64& random) {
  auto below = [&](size_t limit) { return limit == 0 ? 0 : static_cast<size_t>(random() % limit); };
  std::string text = corpus[below(corpus.size())];
  size_t rounds = 1 + below(8);
  for (size_t round = 0; round < rounds; ++round) {
    size_t at = below(text.size() + 1);
    size_t length = std::min(below(24), text.size() - at);
    switch (below(6)) {
      case 0: text.insert(at, kPieces[below(std::size(kPieces))]); break;
      case 1: text.erase(at, length); break;
      case 2: text.insert(below(text.size() + 1), text.substr(at, length)); break;
      case 3: text.replace(at, length, kPieces[below(std::size(kPieces))]); break;
      case 4:
        if (at < text.size()) text[at] = static_cast<char>(below(256));
        break;
      default: {
        const std::string& other = corpus[below(corpus.size())];
        size_t from = below(other.size() + 1);
        text.insert(at, other.substr(from, below(200)));
      }
    }
  }
  return text;
}

static void run(const std::string& text) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(text.data()), text.size());
}

static std::vector<std::string> read_corpus(const std::string& directory) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> corpus;
  for (const std::filesystem::path& path : paths) {
    std::ifstream file(path, std::ios::binary);
    corpus.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return corpus;
}

int main(int argc, char** argv) {
  uint64_t mutations = 1000;
  uint64_t seed = 1;
  uint64_t first = 0;
  for (int i = 2; i + 1 < argc; i += 2) {
    uint64_t value = std::strtoull(argv[i + 1], nullptr, 10);
    if (std::strcmp(argv[i], "--mutations") == 0) mutations = value;
    if (std::strcmp(argv[i], "--seed") == 0) seed = value;
    if (std::strcmp(argv[i], "--first") == 0) first = value;
  }
  std::vector<std::string> corpus = argc > 1 ? read_corpus(argv[1]) : std::vector<std::string>();
  if (corpus.empty()) {
    std::fprintf(stderr, "no corpus\n");
    return 2;
  }
  for (int signal : {SIGSEGV, SIGABRT, SIGFPE, SIGILL, SIGBUS}) std::signal(signal, report_crash);
  std::snprintf(replay_command, sizeof replay_command, "a file of the corpus crashes: %s %s --mutations 0\n", argv[0],
                argv[1]);
  if (first == 0)
    for (const std::string& text : corpus) run(text);
  for (uint64_t i = first; i < mutations; ++i) {
    std::snprintf(replay_command, sizeof replay_command, "replay: %s %s --seed %llu --first %llu --mutations %llu\n",
                  argv[0], argv[1], static_cast<unsigned long long>(seed), static_cast<unsigned long long>(i),
                  static_cast<unsigned long long>(i + 1));
    std::mt19937_64 random(seed * 0x9E3779B97F4A7C15ULL + i);
    run(mutate(corpus, random));
  }
  std::printf("%zu files, %llu mutations, seed %llu\n", corpus.size(), static_cast<unsigned long long>(mutations),
              static_cast<unsigned long long>(seed));
  return 0;
}
