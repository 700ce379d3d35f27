// Compares what the phases of the frontend make of tests/phases/*.erl with the files beside them; README.md says how.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "frontend/core/core.h"
#include "frontend/pipeline.h"
#include "frontend/syntax/ast.h"

namespace fs = std::filesystem;
using hj::Compilation;
using hj::Phase;

namespace {

struct Snapshot {
  const char* extension;
  Phase phase;
  std::string (*text)(const Compilation&);
};

enum class Mode { Compare, Update };

}  // namespace

static std::string tokens_text(const Compilation& compilation) { return compilation.tokens_dump; }

static std::string ast_text(const Compilation& compilation) {
  std::ostringstream out;
  hj::syntax::dump_ast(compilation.ast, compilation.sources, out);
  return out.str();
}

static std::string core_text(const Compilation& compilation) {
  if (compilation.core == nullptr) return "no core: the module has errors\n";
  std::ostringstream out;
  hj::core::dump_core(*compilation.core, out);
  return out.str();
}

static std::string diagnostics_text(const Compilation& compilation) {
  std::string out;
  for (const hj::Diagnostic& diagnostic : compilation.diagnostics.sorted())
    out += hj::render(diagnostic, compilation.sources, hj::Color::Off);
  return out;
}

static constexpr Snapshot kSnapshots[] = {
    {".tokens", Phase::Tokens, tokens_text},
    {".ast", Phase::Ast, ast_text},
    {".core", Phase::Core, core_text},
    {".diagnostics", Phase::Core, diagnostics_text},
};

static std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// The program is named without its directory, so that snapshots do not depend on where the tree lies.
static std::unique_ptr<Compilation> compile(const fs::path& source, Phase phase) {
  hj::CompileOptions options;
  options.include_dirs.push_back(source.parent_path().string());
  return hj::compile_text(source.filename().string(), read_file(source), options, phase);
}

static void print_difference(const std::string& name, const std::string& expected, const std::string& found) {
  std::istringstream expected_lines(expected);
  std::istringstream found_lines(found);
  std::string expected_line;
  std::string found_line;
  for (int line = 1;; ++line) {
    bool has_expected = static_cast<bool>(std::getline(expected_lines, expected_line));
    bool has_found = static_cast<bool>(std::getline(found_lines, found_line));
    if (has_expected && has_found && expected_line == found_line) continue;
    fmt::print("{}:{}: differs\n  expected: {}\n  found:    {}\n", name, line,
               has_expected ? expected_line : "(end of file)", has_found ? found_line : "(end of file)");
    return;
  }
}

// Errors in the program, that is: what Core cannot express yet (HJ07xx) is none.
static bool has_errors(const Compilation& compilation) {
  for (const hj::Diagnostic& diagnostic : compilation.diagnostics.all())
    if (diagnostic.severity == hj::Severity::Error && !hj::diagnostic_code(diagnostic.kind).starts_with("HJ07"))
      return true;
  return false;
}

// False when something is not as expected.
static bool check_program(const fs::path& source, Mode mode) {
  bool good = true;
  for (const Snapshot& snapshot : kSnapshots) {
    fs::path expected_path = source;
    expected_path.replace_extension(snapshot.extension);
    if (!fs::exists(expected_path)) continue;
    std::unique_ptr<Compilation> compilation = compile(source, snapshot.phase);
    std::string found = snapshot.text(*compilation);
    std::string expected = read_file(expected_path);
    if (found == expected) continue;
    if (mode == Mode::Update) {
      std::ofstream(expected_path, std::ios::binary) << found;
      fmt::print("updated {}\n", expected_path.filename().string());
    } else {
      print_difference(expected_path.filename().string(), expected, found);
      good = false;
    }
  }
  bool must_fail = source.filename().string().starts_with("fail_");
  bool fails = has_errors(*compile(source, Phase::Core));
  if (must_fail != fails) {
    fmt::print("{}: {}\n", source.filename().string(), fails ? "has errors" : "has no errors");
    good = false;
  }
  return good;
}

int main(int argc, char** argv) {
  Mode mode = Mode::Compare;
  std::set<std::string> names;
  for (int i = 2; i < argc; ++i) {
    if (std::string(argv[i]) == "--update") {
      mode = Mode::Update;
    } else {
      names.insert(argv[i]);
    }
  }
  if (argc < 2) {
    fmt::print(stderr, "usage: phase_snapshots DIRECTORY [NAME...] [--update]\n");
    return 2;
  }
  std::vector<fs::path> sources;
  for (const auto& entry : fs::directory_iterator(argv[1]))
    if (entry.path().extension() == ".erl") sources.push_back(entry.path());
  std::sort(sources.begin(), sources.end());

  size_t checked = 0;
  size_t bad = 0;
  for (const fs::path& source : sources) {
    if (!names.empty() && !names.contains(source.stem().string())) continue;
    ++checked;
    if (!check_program(source, mode)) ++bad;
  }
  fmt::print("{} programs, {} differ\n", checked, bad);
  return bad == 0 && checked > 0 ? 0 : 1;
}
