#include <gtest/gtest.h>

#include "runtime/heap/build.h"
#include "runtime/process/process.h"
#include "runtime/term/atoms.h"
#include "runtime/term/order.h"
#include "runtime/term/print.h"

namespace hj::rt {
namespace {

constexpr int kDepth = 1'000'000;

// [[[...]]] and {{{...}}} in turn.
Term deep_term(Process& process) {
  Term term = am::ok;
  for (int i = 0; i < kDepth; i++) {
    term = i % 2 == 0 ? make_cons(process, term, Term::nil()) : make_tuple(process, {am::error, term});
  }
  return term;
}

class DeepTerms : public testing::Test {
 protected:
  ~DeepTerms() override { free_bare_process(process_); }
  Process* process_ = make_bare_process(8 * kDepth);
  Term a_ = deep_term(*process_);
  Term b_ = deep_term(*process_);
};

TEST_F(DeepTerms, AreCompared) {
  EXPECT_TRUE(exact_equal(a_, b_));
  EXPECT_TRUE(equal(a_, b_));
  EXPECT_EQ(compare(a_, b_), 0);
  EXPECT_EQ(phash2(a_), phash2(b_));
}

TEST_F(DeepTerms, AreWritten) {
  std::string text;
  write_term(text, a_, Encoding::Latin1);
  EXPECT_EQ(text.size(), kDepth / 2 * 2 + kDepth / 2 * 8 + 2u);
}

TEST_F(DeepTerms, ArePrettyPrintedOnOneLine) {
  std::string text, flat;
  write_term(flat, a_, Encoding::Latin1);
  pretty_term(text, a_, {.line_width = 100'000'000});
  EXPECT_EQ(text, flat);
}

TEST_F(DeepTerms, ArePrettyPrintedToADepth) {
  std::string text;
  pretty_term(text, a_, {.depth = 4});
  EXPECT_EQ(text, "{error,[{...}]}");
}

}  // namespace
}  // namespace hj::rt
