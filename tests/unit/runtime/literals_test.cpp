#include <gtest/gtest.h>

#include <memory>
#include <random>

#include "runtime/code/purge.h"
#include "runtime/heap/gc.h"
#include "runtime/heap/literal_collection.h"
#include "runtime/heap/memory.h"
#include "runtime/heap/verify_heap.h"
#include "runtime/process/dictionary.h"
#include "runtime/process/table.h"
#include "runtime/sched/progress.h"
#include "runtime/term/atoms.h"
#include "tests/unit/runtime/fake_process.h"
#include "tests/unit/runtime/own_literals.h"
#include "tests/unit/runtime/random_terms.h"

namespace hj::rt {
namespace {

using testing::AreaOwner;
using testing::FakeProcess;
using testing::OwnLiterals;
using testing::random_object;
using testing::structure_hash;

// Whether anything reachable from the term stands in the area.
bool uses(Term root, const LiteralArea& area) {
  std::vector<Term> todo{root};
  while (!todo.empty()) {
    Term term = todo.back();
    todo.pop_back();
    if (!is_pointer(term)) continue;
    const Term* at = pointee(term);
    if (area.contains(at)) return true;
    if (!term.is_cons() && is_raw_header(at->bits)) continue;
    for (size_t i = term.is_cons() ? 0 : 1; i < object_words(term); i++) todo.push_back(at[i]);
  }
  return false;
}

Term some_literal(FakeProcess& p) {
  return make_tuple(*p, {make_string(*p, "literal"), make_binary(*p, "short"), make_float(*p, 1.5),
                         make_binary(*p, std::string(200, 'b'))});
}

class Literals : public ::testing::Test {
 protected:
  // As the collector does while it looks at processes.
  bool drop(FakeProcess& p) {
    LiteralArea area = literals_.area();
    retiring_literals.store(&area);
    bool found = drop_literals(*p, area);
    retiring_literals.store(nullptr);
    EXPECT_EQ(verify_heap(*p), "");
    return found;
  }

  FakeProcess maker_;
  OwnLiterals literals_{some_literal(maker_)};
  const Term literal_ = literals_.literal();
  const uint64_t hash_ = structure_hash(literal_);
};

TEST_F(Literals, CollectionsLeaveThemWhereTheyAre) {
  FakeProcess p;
  p.set_live(1);
  p.x(0) = make_cons(*p, literal_, Term::nil());
  collect(*p, 0);
  collect(*p, 0, CollectionKind::Major);
  EXPECT_EQ(p.x(0).head(), literal_);
}

TEST_F(Literals, AProcessThatUsesNoneIsNotCollected) {
  FakeProcess p;
  p.set_live(1);
  p.x(0) = make_cons(*p, Term::from_small(1), Term::nil());
  EXPECT_FALSE(drop(p));
  EXPECT_EQ(p->heap.major_count, 0u);
}

TEST_F(Literals, ArgumentsFramesHeapAndOldTermsGetCopies) {
  FakeProcess p;
  p.set_live(2);
  p.x(0) = make_cons(*p, literal_, literal_);
  collect(*p, 0);
  collect(*p, 0);
  p.x(1) = literal_.tuple_elements()[0];
  p.push(p.code().continuation({true}), {make_tuple(*p, {literal_})});
  EXPECT_TRUE(drop(p));
  for (Term root : {p.x(0), p.x(1), p->sp[1]}) EXPECT_FALSE(uses(root, literals_.area()));
  EXPECT_EQ(p.x(0).head(), p.x(0).tail()) << "one copy for all references";
  EXPECT_EQ(structure_hash(p.x(0).head()), hash_);
  EXPECT_EQ(structure_hash(literal_), hash_) << "the area itself is untouched";
}

TEST_F(Literals, TheDictionaryGetsCopies) {
  FakeProcess p;
  dictionary_put(*p, literal_, make_tuple(*p, {literal_}));
  EXPECT_TRUE(drop(p));
  for_each_dictionary_entry(*p, [&](Term key, Term value) {
    EXPECT_FALSE(uses(key, literals_.area()));
    EXPECT_FALSE(uses(value, literals_.area()));
  });
  EXPECT_EQ(dictionary_size(*p), 1u);
  free_dictionary(*p);
}

TEST_F(Literals, CopiedBinariesAreCounted) {
  uint64_t before = accounted_memory(MemoryKind::Binary);
  auto* object = reinterpret_cast<RefcBinaryObject*>(literal_.tuple_elements()[3].boxed());
  uint64_t references = object->binary->references.load();
  {
    FakeProcess p;
    p.set_live(1);
    p.x(0) = literal_;
    EXPECT_TRUE(drop(p));
    EXPECT_EQ(object->binary->references.load(), references + 1);
  }
  EXPECT_EQ(object->binary->references.load(), references);
  EXPECT_EQ(accounted_memory(MemoryKind::Binary), before);
}

TEST_F(Literals, MessagesArePatchedWhereverTheyWait) {
  FakeProcess p;
  FakeProcess sender;
  p->inbox.append(make_signal(SignalKind::Message, Term::non_value(), literal_));
  p->inbox.append(make_signal(SignalKind::Message, Term::non_value(), make_list(*sender, std::vector<Term>(3, literal_))));
  p->inbox.append(make_signal(SignalKind::Message, Term::non_value(), Term::from_small(1)));
  p->outbox.push(make_signal(SignalKind::Message, Term::non_value(), make_tuple(*sender, {literal_})));
  EXPECT_TRUE(drop(p));
  for (Signal* each = p->outbox.take(); each != nullptr;) {
    Signal* next = each->next;
    p->inbox.append(each);
    each = next;
  }
  std::vector<Term> received;
  while (Signal* message = p->inbox.first) {
    EXPECT_FALSE(uses(message->term, literals_.area()));
    received.push_back(message->term);
    p->inbox.unlink(&p->inbox.first);
    if (message->fragment != nullptr) {
      attach_fragment(*p, message->fragment);
    } else {
      free_signal(message);
    }
  }
  ASSERT_EQ(received.size(), 4u);
  p.set_live(3);
  p.x(0) = received[0];
  p.x(1) = received[1];
  p.x(2) = received[3];
  collect(*p, 0);
  EXPECT_EQ(verify_heap(*p), "");
  EXPECT_EQ(structure_hash(p.x(0)), hash_);
  EXPECT_EQ(p.x(1).head(), p.x(1).tail().head());
  EXPECT_EQ(structure_hash(p.x(1).head()), hash_);
  EXPECT_EQ(structure_hash(p.x(2).tuple_elements()[0]), hash_);
}

TEST_F(Literals, UnreceivedPatchedMessagesAreFreedWhole) {
  uint64_t before = accounted_memory(MemoryKind::Processes);
  {
    FakeProcess p;
    Signal* message = make_signal(SignalKind::Message, Term::non_value(), literal_);
    p->inbox.append(message);
    EXPECT_TRUE(drop(p));
    free_signal(p->inbox.unlink(&p->inbox.first));
  }
  EXPECT_EQ(accounted_memory(MemoryKind::Processes), before);
}

TEST_F(Literals, AnExitReasonIsCopied) {
  FakeProcess p;
  p->exit_reason = literal_;
  EXPECT_TRUE(drop(p));
  EXPECT_EQ(structure_hash(p->exit_reason), hash_);
  EXPECT_FALSE(uses(p->exit_reason, literals_.area()));
  free_fragment(p->exit_fragment);
}

// -- the whole way, with processes in the table

class LiteralCollectorTest : public ::testing::Test {
 protected:
  void SetUp() override { init_process_table(1024); }
  void TearDown() override { stop_literal_collector(); }

  static void put_into_table(FakeProcess& p) {
    p->state.store(static_cast<uint32_t>(ProcessState::Waiting));
    p->x = nullptr;
    HJ_CHECK(insert_process(*p), "table full");
  }
};

TEST_F(LiteralCollectorTest, AnAreaIsFreedOnceEverybodyHasItsCopy) {
  uint64_t code = accounted_memory(MemoryKind::Code);
  std::vector<std::unique_ptr<FakeProcess>> processes;
  for (int i = 0; i < 20; i++) {
    processes.push_back(std::make_unique<FakeProcess>());
    put_into_table(*processes.back());
  }
  for (int round = 0; round < 50; round++) {
    FakeProcess maker;
    OwnLiterals literals(some_literal(maker), AreaOwner::Collector);
    uint64_t hash = structure_hash(literals.literal());
    for (size_t i = 0; i < processes.size(); i += 2) {
      FakeProcess& p = *processes[i];
      p->saved_count = 1;
      p->saved_x[0] = make_cons(*p, literals.literal(), Term::nil());
    }
    release_literals(literals.begin(), literals.end());
    await_literal_collector();
    for (size_t i = 0; i < processes.size(); i += 2)
      ASSERT_EQ(structure_hash((*processes[i])->saved_x[0].head()), hash);
  }
  EXPECT_EQ(accounted_memory(MemoryKind::Code), code);
  EXPECT_EQ((*processes[1])->heap.major_count, 0u);
  EXPECT_EQ(retiring_literals.load(), nullptr);
  for (auto& p : processes) remove_process(**p);
}

TEST_F(LiteralCollectorTest, ABlockedProcessIsWaitedFor) {
  FakeProcess p;
  put_into_table(p);
  p->state.store(static_cast<uint32_t>(ProcessState::Blocked));
  FakeProcess maker;
  OwnLiterals literals(some_literal(maker), AreaOwner::Collector);
  p->saved_count = 1;
  p->saved_x[0] = literals.literal();
  release_literals(literals.begin(), literals.end());
  while (retiring_literals.load() == nullptr) std::this_thread::yield();
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_EQ(p->saved_x[0], literals.literal());
  uint32_t blocked = static_cast<uint32_t>(ProcessState::Blocked);
  while (!p->state.compare_exchange_weak(blocked, static_cast<uint32_t>(ProcessState::Waiting)))
    blocked = static_cast<uint32_t>(ProcessState::Blocked);
  await_literal_collector();
  EXPECT_NE(p->saved_x[0], literals.literal());
  remove_process(*p);
}

TEST_F(LiteralCollectorTest, StoppingLeavesTheAreaInUse) {
  FakeProcess p;
  put_into_table(p);
  p->state.store(static_cast<uint32_t>(ProcessState::Blocked));
  FakeProcess maker;
  OwnLiterals literals(some_literal(maker));
  uint64_t hash = structure_hash(literals.literal());
  release_literals(literals.begin(), literals.end());
  stop_literal_collector();
  EXPECT_EQ(structure_hash(literals.literal()), hash);
  remove_process(*p);
}

}  // namespace
}  // namespace hj::rt
