#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "runtime/term/atoms.h"

namespace hj::rt {
namespace {

TEST(Atoms, AnAtomKeepsItsNumberAndText) {
  std::vector<Term> atoms;
  for (int i = 0; i < 50000; i++) atoms.push_back(intern_atom("keeps_" + std::to_string(i)));
  for (int i = 0; i < 50000; i++) {
    std::string text = "keeps_" + std::to_string(i);
    ASSERT_EQ(intern_atom(text), atoms[i]);
    ASSERT_EQ(find_atom(text), atoms[i]);
    ASSERT_EQ(atom_text(atoms[i]), text);
  }
}

TEST(Atoms, KnownAtomsHaveTheirNaturalNumbers) {
  EXPECT_EQ(intern_atom("undefined"), am::undefined);
  EXPECT_EQ(atom_text(am::false_), "false");
  EXPECT_TRUE(atom_is_natural(am::badarg));
}

TEST(Atoms, FindingDoesNotIntern) {
  uint32_t before = atom_count();
  EXPECT_FALSE(find_atom("nobody has interned this").is_value());
  EXPECT_EQ(atom_count(), before);
}

TEST(Atoms, TwoNamesOfOneNaturalNumberGetTwoNumbers) {
  std::unordered_map<uint32_t, std::string> names;
  for (int i = 0;; i++) {
    std::string name = "collides_" + std::to_string(i);
    std::string& other = names[natural_atom_number(name)];
    if (other.empty()) {
      other = name;
      continue;
    }
    Term first = intern_atom(other), second = intern_atom(name);
    EXPECT_NE(first, second);
    EXPECT_EQ(atom_text(first), other);
    EXPECT_EQ(atom_text(second), name);
    EXPECT_TRUE(atom_is_natural(first));
    EXPECT_FALSE(atom_is_natural(second));
    return;
  }
}

TEST(Atoms, ThreadsThatInternTheSameNamesAgree) {
  constexpr int kThreads = 4, kNames = 20000;
  std::vector<std::vector<Term>> seen(kThreads);
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; t++) {
    threads.emplace_back([&seen, t] {
      for (int i = 0; i < kNames; i++) {
        Term atom = intern_atom("agree_" + std::to_string((i * (t + 1)) % kNames));
        seen[t].push_back(atom);
        ASSERT_EQ(atom_text(atom).substr(0, 6), "agree_");
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (int t = 0; t < kThreads; t++) {
    for (int i = 0; i < kNames; i++) {
      EXPECT_EQ(seen[t][i], find_atom("agree_" + std::to_string((i * (t + 1)) % kNames)));
    }
  }
}

}  // namespace
}  // namespace hj::rt
