#include "runtime/heap/copy.h"

#include <gtest/gtest.h>

#include <random>

#include "runtime/heap/gc.h"
#include "runtime/heap/memory.h"
#include "tests/unit/runtime/fake_process.h"
#include "tests/unit/runtime/own_literals.h"
#include "tests/unit/runtime/random_terms.h"

namespace hj::rt {
namespace {

using testing::FakeProcess;
using testing::OwnLiterals;
using testing::random_object;
using testing::Sharing;
using testing::structure_hash;

// A fragment of its own for each copy.
class Copied {
 public:
  explicit Copied(Term term, LiteralPolicy policy = LiteralPolicy::Share)
      : words_(copied_words(term, policy)), fragment_(make_fragment(words_)) {
    term_ = copy_to_fragment(term, *fragment_, policy);
  }
  ~Copied() { free_fragment(fragment_); }
  Term term() const { return term_; }
  size_t words() const { return words_; }
  uint64_t used() const { return fragment_->used; }

 private:
  size_t words_;
  Fragment* fragment_;
  Term term_;
};

TEST(Copy, ImmediatesNeedNoWords) {
  for (Term term : {Term::from_small(5), Term::nil(), Term::atom(7), Term::pid(9)}) {
    Copied copy(term);
    EXPECT_EQ(copy.words(), 0u);
    EXPECT_EQ(copy.term(), term);
  }
}

TEST(Copy, TakesExactlyTheWordsCounted) {
  FakeProcess p(10'000);
  std::mt19937_64 random(7);
  std::vector<Term> terms{Term::nil()};
  for (int i = 0; i < 500; i++) {
    Term pool[] = {terms[terms.size() - 1], terms[random() % terms.size()]};
    Term made = random_object(*p, random, pool);
    if (copied_words(made) > 2'000) made = Term::nil();
    terms.push_back(made);
    Copied copy(made);
    ASSERT_EQ(copy.used(), copy.words());
    ASSERT_EQ(structure_hash(copy.term(), Sharing::Unfolds), structure_hash(made, Sharing::Unfolds));
  }
}

TEST(Copy, UnfoldsSharing) {
  FakeProcess p;
  Term shared = make_tuple(*p, {Term::from_small(1)});
  Copied copy(make_tuple(*p, {shared, shared}));
  EXPECT_EQ(copy.words(), 3u + 2 + 2);
  EXPECT_NE(copy.term().tuple_elements()[0], copy.term().tuple_elements()[1]);
}

TEST(Copy, AListStaysTogether) {
  FakeProcess p;
  Term list = Term::nil();
  for (int i = 0; i < 50; i++) list = make_cons(*p, make_tuple(*p, {Term::from_small(i)}), list);
  Copied copy(list);
  for (Term at = copy.term(); at.tail().is_cons(); at = at.tail()) EXPECT_EQ(at.tail().cons(), at.cons() + 2);
}

TEST(Copy, DeepTermsAreCopiedWithoutRecursion) {
  FakeProcess p(30'000'000);
  Term left = Term::nil();
  Term tuples = Term::nil();
  for (int i = 0; i < 1'000'000; i++) {
    left = make_cons(*p, left, Term::nil());
    tuples = make_tuple(*p, {tuples, Term::from_small(i)});
  }
  Term list = Term::nil();
  for (int i = 0; i < 5'000'000; i++) list = make_cons(*p, Term::from_small(i), list);
  Copied copy(make_tuple(*p, {left, tuples, list}));
  EXPECT_EQ(copy.words(), 4u + 2'000'000 + 3'000'000 + 10'000'000);
  EXPECT_EQ(copy.used(), copy.words());
}

TEST(Copy, BinariesAreSharedAndCounted) {
  uint64_t before = accounted_memory(MemoryKind::Binary);
  {
    FakeProcess p;
    Copied copy(make_list(*p, std::vector<Term>{make_binary(*p, std::string(500, 'a')), make_binary(*p, "short")}));
    EXPECT_EQ(accounted_memory(MemoryKind::Binary), before + 500);
    auto* object = reinterpret_cast<RefcBinaryObject*>(copy.term().head().boxed());
    EXPECT_EQ(object->binary->references.load(), 2u);
  }
  EXPECT_EQ(accounted_memory(MemoryKind::Binary), before);
}

TEST(Copy, ToTheHeapOfAnotherProcess) {
  FakeProcess from;
  FakeProcess to;
  Term term = make_list(*from, std::vector<Term>{make_binary(*from, std::string(500, 'a')), Term::from_small(2)});
  to.set_live(1);
  to.x(0) = copy_to_heap(*to, term);
  collect(*to, 0);
  collect(*to, 0, CollectionKind::Major);
  EXPECT_EQ(structure_hash(to.x(0)), structure_hash(term));
}

TEST(Copy, LiteralsAreShared) {
  FakeProcess p;
  OwnLiterals area(make_tuple(*p, {make_cons(*p, Term::from_small(1), Term::nil()), Term::from_small(2)}));
  Copied whole(area.literal());
  EXPECT_EQ(whole.words(), 0u);
  EXPECT_EQ(whole.term(), area.literal());
  Copied part(make_cons(*p, area.literal(), area.literal()));
  EXPECT_EQ(part.words(), 2u);
  EXPECT_EQ(part.term().head(), area.literal());
}

TEST(Copy, LiteralsAreCopiedWhenAskedOrWhenTheirAreaRetires) {
  FakeProcess p;
  OwnLiterals area(make_list(*p, std::vector<Term>{Term::from_small(1), make_tuple(*p, {Term::from_small(2)})}));
  OwnLiterals other(make_cons(*p, Term::from_small(9), Term::nil()));
  Term term = make_tuple(*p, {area.literal(), other.literal()});
  Copied all(term, LiteralPolicy::Copy);
  EXPECT_EQ(all.words(), 3u + 6 + 2);
  EXPECT_EQ(structure_hash(all.term()), structure_hash(term));
  LiteralArea retiring = area.area();
  retiring_literals.store(&retiring);
  Copied copy(term);
  retiring_literals.store(nullptr);
  EXPECT_EQ(copy.words(), 3u + 6);
  EXPECT_EQ(structure_hash(copy.term()), structure_hash(term));
  EXPECT_EQ(copy.term().tuple_elements()[1], other.literal());
  EXPECT_FALSE(is_literal_pointer(pointee(copy.term().tuple_elements()[0])));
}

}  // namespace
}  // namespace hj::rt
