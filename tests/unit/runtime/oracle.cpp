#include "tests/unit/runtime/oracle.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "runtime/heap/build.h"
#include "runtime/process/process.h"
#include "runtime/term/atoms.h"
#include "runtime/term/binary.h"
#include "runtime/term/order.h"
#include "runtime/term/print.h"
#include "tests/unit/runtime/external_term.h"

namespace hj::rt {
namespace {

std::string printed(Term term) {
  std::string text;
  write_term(text, term, Encoding::Unicode);
  return text;
}

// An answer that is a text, as that text.
std::string shown_answer(Term answer) {
  Term value = answer.tuple_elements()[1];
  return answer.tuple_elements()[0] == am::ok && is_binary(value) ? std::string(binary_bytes(value)) : printed(answer);
}

// Two texts around the first place where they differ.
std::string difference(const std::string& theirs, const std::string& ours) {
  size_t at = 0;
  while (at < theirs.size() && at < ours.size() && theirs[at] == ours[at]) at++;
  size_t begin = at < 300 ? 0 : at - 300;
  return fmt::format("\n-- OTP, differs at {}:\n{}\n-- hotjit:\n{}\n--", at, theirs.substr(begin, 900), ours.substr(begin, 900));
}

unsigned env_number(const char* name, unsigned otherwise) {
  const char* text = std::getenv(name);
  return text != nullptr ? static_cast<unsigned>(std::strtoul(text, nullptr, 10)) : otherwise;
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream content;
  content << file.rdbuf();
  return content.str();
}

// Floats of the same bits only: 0.0 and -0.0 are different answers.
bool same_answer(Term a, Term b) { return exact_equal(a, b) && printed(a) == printed(b); }

}  // namespace

Term OracleCase::argument(int i) const {
  Term list = arguments;
  for (; i > 0; i--) list = list.tail();
  return list.head();
}

Term ok_answer(Process& process, Term value) { return make_tuple(process, {am::ok, value}); }

Term answer_of(Process& process, Term value_or_raised) {
  if (value_or_raised.is_value()) return ok_answer(process, value_or_raised);
  return make_tuple(process, {am::error, process.exception_reason});
}

void compare_with_otp(const char* kind, int count, const std::function<Term(Process&, const OracleCase&)>& answer) {
  if (std::system("command -v escript >/dev/null 2>&1") != 0) GTEST_SKIP() << "no escript on the path";
  unsigned seed = env_number("HOTJIT_TEST_SEED", 1);
  count = static_cast<int>(env_number("HOTJIT_TEST_COUNT", static_cast<unsigned>(count)));
  std::string path = std::filesystem::temp_directory_path() / fmt::format("hotjit-oracle-{}-{}", kind, getpid());
  std::string command =
      fmt::format("timeout 120 escript {}/tests/differential/terms_oracle.escript {} {} {} {}", HOTJIT_SOURCE_DIR, kind, seed, count, path);
  SCOPED_TRACE(fmt::format("HOTJIT_TEST_SEED={} HOTJIT_TEST_COUNT={}", seed, count));
  ASSERT_EQ(std::system(command.c_str()), 0) << command;
  std::string content = read_file(path);
  std::filesystem::remove(path);
  ASSERT_FALSE(content.empty());

  // The shortest differences tell most.
  std::vector<std::string> differences;
  for (size_t at = 0; at < content.size();) {
    size_t length = 0;
    for (int i = 0; i < 4; i++) length = length << 8 | static_cast<uint8_t>(content[at++]);
    Process* process = make_bare_process(1 << 12);
    Term record = decode_external(*process, std::string_view(content).substr(at, length));
    at += length;
    const Term* parts = record.tuple_elements();
    Term ours = answer(*process, {parts[0], parts[1], parts[2]});
    if (!same_answer(ours, parts[2])) {
      differences.push_back(printed(parts[0]) + " " + printed(parts[1]).substr(0, 500) + " ... " + printed(parts[1]).substr(std::max<size_t>(30, printed(parts[1]).size()) - 30) +
                            difference(shown_answer(parts[2]), shown_answer(ours)));
    }
    free_bare_process(process);
  }
  std::sort(differences.begin(), differences.end(), [](const auto& a, const auto& b) { return a.size() < b.size(); });
  for (size_t i = 0; i < differences.size() && i < 6; i++) ADD_FAILURE() << differences[i];
  EXPECT_EQ(differences.size(), 0u);
}

}  // namespace hj::rt
