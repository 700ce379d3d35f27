#include "frontend/match/compile_match.h"

#include <algorithm>
#include <unordered_map>

#include "base/check.h"

namespace hj::match {

using core::BlockId;
using core::FunctionBuilder;
using core::Literal;
using core::LiteralId;
using core::LiteralKind;
using core::Operand;
using core::TestKind;
using core::ValueId;

namespace {

// Of wide rows only so many columns are compared when one is chosen, and only so many rows of each run counted; the
// choice is a matter of speed, and looking further would make it quadratic.
constexpr size_t kMaxCandidates = 12;
constexpr size_t kMaxScanned = 64;
constexpr size_t kMaxCountedRows = 64;
// A string that stands alone in its branch is compared as a whole from this length on.
constexpr size_t kWholeStringLength = 3;
// And in any company from this one on.
constexpr size_t kLongString = 256;

enum class Access : uint8_t { None, Head, Tail, Element };

// A subject, or a subterm of one that may not have been fetched yet.
struct Column {
  Operand value{};
  Operand parent{};
  Access access = Access::None;  // None: value is there
  uint32_t index = 0;
};

struct Row {
  uint32_t clause = 0;
  std::vector<const Pattern*> patterns;  // by column
  std::vector<std::pair<SlotId, Operand>> slots;
};

// What a row's pattern wants of the chosen column.
enum class TestClass : uint8_t { Switchable, OtherConstant, Nil, Cons, Tuple, Never };

struct Branch {
  TestClass test;
  LiteralId constant;  // Switchable, OtherConstant
  uint32_t arity = 0;  // Tuple
  std::vector<Row> rows;
  BlockId block;
};

struct Work {
  BlockId block;
  std::vector<Column> columns;  // the leftmost is last: new columns are pushed, taken ones popped
  std::vector<Row> rows;
  BlockId fail;
};

class MatchCompiler {
 public:
  MatchCompiler(FunctionBuilder& builder, PatternPool& pool, const std::vector<Clause>& clauses)
      : b_(builder), pool_(pool), clauses_(clauses), leaves_(clauses.size()) {}
  std::vector<Leaf> run(const std::vector<Operand>& subjects, BlockId fail);

 private:
  void compile(Work work);
  Operand fetch(Column& column);
  size_t choose_column(const Work& work, size_t first) const;
  void leaf(Work& work, Row& row, BlockId rest);
  void group(Work& work, size_t first, size_t end, size_t column, BlockId fail);
  std::vector<Branch> partition(Work& work, size_t first, size_t end, size_t column, Operand subject);
  TestClass test_class(const Pattern& pattern) const;
  void emit_tests(std::vector<Branch>& branches, Operand subject, BlockId fail, bool tagged);
  void emit_switch(std::vector<Branch>& branches, Operand subject, BlockId next);
  void emit_tuples(std::vector<Branch>& branches, Operand subject, BlockId next, bool tagged);
  void continue_branch(std::vector<Column> columns, Branch& branch, size_t column, Operand subject, BlockId fail,
                       bool tagged);
  void add_part(Work& next, const std::vector<const Pattern*>& tested, Column column);
  const Pattern* part(const Pattern& pattern, uint32_t index);
  bool ends_in_nil(const Pattern& text) const;
  bool is_long_string(const Pattern& pattern) const;
  bool whole_string(Branch& branch, size_t column);
  LiteralId common_tag(const Branch& branch, size_t column) const;

  FunctionBuilder& b_;
  PatternPool& pool_;
  const std::vector<Clause>& clauses_;
  std::vector<Leaf> leaves_;
  // Branches still to be compiled. A stack instead of recursion: rows can be a hundred thousand tests long.
  std::vector<Work> pending_;
};

std::vector<Leaf> MatchCompiler::run(const std::vector<Operand>& subjects, BlockId fail) {
  Work work;
  work.block = b_.leave();
  work.fail = fail;
  for (size_t i = subjects.size(); i-- > 0;) work.columns.push_back({.value = subjects[i]});
  for (uint32_t i = 0; i < clauses_.size(); ++i) {
    Row& row = work.rows.emplace_back();
    row.clause = i;
    row.patterns.assign(clauses_[i].patterns.rbegin(), clauses_[i].patterns.rend());
  }
  pending_.push_back(std::move(work));
  while (!pending_.empty()) {
    Work next = std::move(pending_.back());
    pending_.pop_back();
    compile(std::move(next));
  }
  return std::move(leaves_);
}

void MatchCompiler::compile(Work work) {
  b_.set(work.block);
  size_t first = 0;
  while (first < work.rows.size()) {
    size_t column = choose_column(work, first);
    if (column == SIZE_MAX) {
      const Clause& clause = clauses_[work.rows[first].clause];
      bool may_fail = clause.guard == HasGuard::Yes || !clause.equalities.empty();
      bool is_last = first + 1 == work.rows.size();
      BlockId rest = may_fail && !is_last ? b_.new_block() : work.fail;
      leaf(work, work.rows[first], rest);
      if (!may_fail || is_last) return;
      b_.set(rest);
      ++first;
      continue;
    }
    size_t end = first + 1;
    if (!is_long_string(*work.rows[first].patterns[column])) {
      auto joins = [&](const Pattern& p) { return p.refutable() && !is_long_string(p); };
      while (end < work.rows.size() && joins(*work.rows[end].patterns[column])) ++end;
    }
    BlockId rest = end < work.rows.size() ? b_.new_block() : work.fail;
    group(work, first, end, column, rest);
    if (end == work.rows.size()) return;
    b_.set(rest);
    first = end;
  }
  b_.jump(work.fail);
}

Operand MatchCompiler::fetch(Column& column) {
  switch (column.access) {
    case Access::None:
      return column.value;
    case Access::Head:
      column.value = b_.hd(column.parent);
      break;
    case Access::Tail:
      column.value = b_.tl(column.parent);
      break;
    case Access::Element:
      column.value = b_.element(column.parent, column.index);
      break;
  }
  column.access = Access::None;
  return column.value;
}

size_t MatchCompiler::choose_column(const Work& work, size_t first) const {
  size_t best = SIZE_MAX;
  size_t best_run = 0;
  size_t candidates = 0;
  const Row& row = work.rows[first];
  size_t limit = std::min(work.rows.size(), first + kMaxCountedRows);
  size_t scanned = 0;
  for (size_t c = row.patterns.size(); c-- > 0 && candidates < kMaxCandidates && scanned < kMaxScanned;) {
    if (best != SIZE_MAX) ++scanned;
    if (!row.patterns[c]->refutable()) continue;
    if (limit == first + 1) return c;
    ++candidates;
    size_t run = first + 1;
    while (run < limit && work.rows[run].patterns[c]->refutable()) ++run;
    if (run > best_run) {
      best = c;
      best_run = run;
    }
  }
  return best;
}

// -- leaves

void MatchCompiler::leaf(Work& work, Row& row, BlockId rest) {
  const Clause& clause = clauses_[row.clause];
  Leaf& leaf = leaves_[row.clause];
  leaf.slots.resize(clause.slot_count);
  for (auto [slot, value] : row.slots) leaf.slots[slot.index] = value;
  for (size_t c = 0; c < row.patterns.size(); ++c) {
    SlotId slot = row.patterns[c]->slot;
    if (slot.valid()) leaf.slots[slot.index] = fetch(work.columns[c]);
  }
  for (const Equality& equality : clause.equalities) {
    Operand other = equality.other.valid() ? leaf.slots[equality.other.index] : equality.value;
    BlockId next = b_.new_block();
    b_.branch(TestKind::ExactEqual, {leaf.slots[equality.slot.index], other}, next, rest);
    b_.set(next);
  }
  leaf.on_guard_fail = rest;
  leaf.block = b_.leave();
}

// -- runs of rows that test one column

TestClass MatchCompiler::test_class(const Pattern& pattern) const {
  switch (pattern.kind) {
    case PatternKind::Constant: {
      const Literal& l = b_.module().literals[pattern.constant.index];
      if (l.kind == LiteralKind::Nil) return TestClass::Nil;
      bool small = l.kind == LiteralKind::Integer && l.integer >= -(int64_t{1} << 59) && l.integer < (int64_t{1} << 59);
      return l.kind == LiteralKind::Atom || small ? TestClass::Switchable : TestClass::OtherConstant;
    }
    case PatternKind::Tuple:
      return TestClass::Tuple;
    case PatternKind::Cons:
    case PatternKind::Text:
      return TestClass::Cons;
    case PatternKind::Any:
    case PatternKind::Never:
      break;
  }
  return TestClass::Never;
}

std::vector<Branch> MatchCompiler::partition(Work& work, size_t first, size_t end, size_t column, Operand subject) {
  std::vector<Branch> branches;
  std::unordered_map<uint64_t, size_t> index;
  for (size_t r = first; r < end; ++r) {
    Row& row = work.rows[r];
    const Pattern& pattern = *row.patterns[column];
    Branch key{.test = test_class(pattern), .constant = {}, .rows = {}, .block = {}};
    uint64_t detail = 0;
    if (key.test == TestClass::Never) continue;
    if (key.test == TestClass::Switchable || key.test == TestClass::OtherConstant) {
      key.constant = pattern.constant;
      detail = pattern.constant.index;
    } else if (key.test == TestClass::Tuple) {
      key.arity = static_cast<uint32_t>(pattern.parts.size());
      detail = key.arity;
    }
    auto [found, is_new] = index.try_emplace(detail << 3 | static_cast<uint64_t>(key.test), branches.size());
    if (is_new) branches.push_back(std::move(key));
    if (pattern.slot.valid()) row.slots.emplace_back(pattern.slot, subject);
    branches[found->second].rows.push_back(std::move(row));
  }
  return branches;
}

void MatchCompiler::group(Work& work, size_t first, size_t end, size_t column, BlockId fail) {
  Operand subject = fetch(work.columns[column]);
  std::vector<Branch> branches = partition(work, first, end, column, subject);
  for (Branch& branch : branches) branch.block = b_.new_block();
  // A tuple that is always tagged with the same atom is recognised by one test.
  size_t tuples = std::count_if(branches.begin(), branches.end(), [](auto& b) { return b.test == TestClass::Tuple; });
  bool tagged = false;
  LiteralId tag;
  for (Branch& branch : branches) {
    if (tuples != 1 || branch.test != TestClass::Tuple) continue;
    tag = common_tag(branch, column);
    tagged = tag.valid();
    branch.constant = tag;
  }
  // Before the tests: they may replace a string's pattern.
  for (Branch& branch : branches) {
    if (branch.test == TestClass::Cons && whole_string(branch, column)) branch.test = TestClass::OtherConstant;
  }
  emit_tests(branches, subject, fail, tagged);
  // The first branch is compiled first.
  for (size_t i = branches.size(); i-- > 0;) {
    bool is_tagged = tagged && branches[i].test == TestClass::Tuple;
    // Columns may be many: the last user takes them.
    bool last_use = i == 0 && end == work.rows.size();
    continue_branch(last_use ? std::move(work.columns) : work.columns, branches[i], column, subject, fail, is_tagged);
  }
}

// The atom that is the first element in all rows, if it is the same.
LiteralId MatchCompiler::common_tag(const Branch& branch, size_t column) const {
  LiteralId tag;
  for (const Row& row : branch.rows) {
    const Pattern& tuple = *row.patterns[column];
    if (tuple.parts.empty() || tuple.parts[0]->kind != PatternKind::Constant) return LiteralId{};
    LiteralId constant = tuple.parts[0]->constant;
    if (b_.module().literals[constant.index].kind != LiteralKind::Atom) return LiteralId{};
    if (tag.valid() && tag != constant) return LiteralId{};
    tag = constant;
  }
  return tag;
}

bool MatchCompiler::ends_in_nil(const Pattern& text) const {
  const Pattern& tail = *text.parts[0];
  return tail.kind == PatternKind::Constant && !tail.slot.valid() &&
         b_.module().literals[tail.constant.index].kind == LiteralKind::Nil;
}

// Too long for a trie; such a row is a run of its own.
bool MatchCompiler::is_long_string(const Pattern& p) const {
  return p.kind == PatternKind::Text && p.text->size() - p.offset > kLongString && ends_in_nil(p);
}

bool MatchCompiler::whole_string(Branch& branch, size_t column) {
  if (branch.rows.size() != 1) return false;
  const Pattern& p = *branch.rows[0].patterns[column];
  if (p.kind != PatternKind::Text || p.text->size() - p.offset < kWholeStringLength || !ends_in_nil(p)) return false;
  Literal literal;
  literal.kind = LiteralKind::String;
  literal.characters = p.text->substr(p.offset);
  branch.constant = b_.module().literal(std::move(literal));
  return true;
}

void MatchCompiler::emit_switch(std::vector<Branch>& branches, Operand subject, BlockId next) {
  std::vector<LiteralId> cases;
  std::vector<BlockId> targets;
  for (Branch& branch : branches) {
    if (branch.test != TestClass::Switchable) continue;
    cases.push_back(branch.constant);
    targets.push_back(branch.block);
  }
  if (cases.size() == 1) {
    b_.branch(TestKind::ExactEqual, {subject, cases[0]}, targets[0], next);
  } else {
    b_.switch_on(subject, std::move(cases), targets, next);
  }
}

void MatchCompiler::emit_tuples(std::vector<Branch>& branches, Operand subject, BlockId next, bool tagged) {
  std::vector<uint32_t> arities;
  std::vector<BlockId> targets;
  LiteralId tag;
  for (Branch& branch : branches) {
    if (branch.test != TestClass::Tuple) continue;
    arities.push_back(branch.arity);
    targets.push_back(branch.block);
    tag = branch.constant;
  }
  if (tagged) {
    b_.branch(TestKind::TaggedTuple, {subject, tag}, targets[0], next, arities[0]);
  } else if (arities.size() == 1) {
    b_.branch(TestKind::TupleOfSize, {subject}, targets[0], next, arities[0]);
  } else {
    BlockId is_tuple = b_.new_block();
    b_.branch(TestKind::IsTuple, {subject}, is_tuple, next);
    b_.set(is_tuple);
    b_.switch_arity(subject, std::move(arities), targets, next);
  }
}

// One test a class of constructors, in the order of the rows; what fails the last goes to `fail`.
void MatchCompiler::emit_tests(std::vector<Branch>& branches, Operand subject, BlockId fail, bool tagged) {
  bool switched = false;
  bool tuples_done = false;
  size_t tests_left = 0;
  for (Branch& branch : branches) {
    bool is_switch = branch.test == TestClass::Switchable;
    bool is_tuple = branch.test == TestClass::Tuple;
    if ((is_switch && switched) || (is_tuple && tuples_done)) continue;
    switched = switched || is_switch;
    tuples_done = tuples_done || is_tuple;
    ++tests_left;
  }
  if (tests_left == 0) return b_.jump(fail);
  switched = tuples_done = false;
  for (Branch& branch : branches) {
    bool is_switch = branch.test == TestClass::Switchable;
    bool is_tuple = branch.test == TestClass::Tuple;
    if ((is_switch && switched) || (is_tuple && tuples_done)) continue;
    BlockId next = --tests_left == 0 ? fail : b_.new_block();
    switch (branch.test) {
      case TestClass::Switchable:
        switched = true;
        emit_switch(branches, subject, next);
        break;
      case TestClass::Tuple:
        tuples_done = true;
        emit_tuples(branches, subject, next, tagged);
        break;
      case TestClass::Nil:
        b_.branch(TestKind::IsNil, {subject}, branch.block, next);
        break;
      case TestClass::Cons:
        b_.branch(TestKind::IsCons, {subject}, branch.block, next);
        break;
      case TestClass::OtherConstant:
        b_.branch(TestKind::ExactEqual, {subject, branch.constant}, branch.block, next);
        break;
      case TestClass::Never:
        break;
    }
    if (tests_left > 0) b_.set(next);
  }
}

// The part of a constructor pattern; a text's are made on the way.
const Pattern* MatchCompiler::part(const Pattern& pattern, uint32_t index) {
  if (pattern.kind != PatternKind::Text) return pattern.parts[index];
  if (index == 0) {
    Pattern& head = pool_.add(PatternKind::Constant);
    head.constant = b_.module().integer((*pattern.text)[pattern.offset]);
    return &head;
  }
  if (pattern.offset + 1 == pattern.text->size()) return pattern.parts[0];
  Pattern& tail = pool_.add(PatternKind::Text);
  tail.text = pattern.text;
  tail.offset = pattern.offset + 1;
  tail.parts = pattern.parts;
  return &tail;
}

void MatchCompiler::add_part(Work& next, const std::vector<const Pattern*>& tested, Column column) {
  for (size_t r = 0; r < next.rows.size(); ++r) next.rows[r].patterns.push_back(part(*tested[r], column.index));
  next.columns.push_back(column);
}

// Replaces the tested column by the parts that some row of the branch wants.
void MatchCompiler::continue_branch(std::vector<Column> columns, Branch& branch, size_t column, Operand subject,
                                    BlockId fail, bool tagged) {
  Work next{.block = branch.block, .columns = std::move(columns), .rows = std::move(branch.rows), .fail = fail};
  next.columns.erase(next.columns.begin() + static_cast<ptrdiff_t>(column));
  std::vector<const Pattern*> tested;
  for (Row& row : next.rows) {
    tested.push_back(row.patterns[column]);
    row.patterns.erase(row.patterns.begin() + static_cast<ptrdiff_t>(column));
  }
  uint32_t part_count = branch.test == TestClass::Cons ? 2 : branch.test == TestClass::Tuple ? branch.arity : 0;
  uint32_t first_part = tagged ? 1 : 0;
  // What is only bound goes below what is tested, so that the next choice need not search.
  std::vector<Column> to_test;
  for (uint32_t i = part_count; i-- > first_part;) {
    bool refutable = false;
    bool wanted = false;
    for (const Pattern* pattern : tested) {
      const Pattern* p = part(*pattern, i);
      refutable = refutable || p->refutable();
      wanted = wanted || p->slot.valid();
    }
    Access access = branch.test == TestClass::Tuple ? Access::Element : i == 0 ? Access::Head : Access::Tail;
    Column added{.value = {}, .parent = subject, .access = access, .index = i};
    if (refutable) {
      to_test.push_back(added);
    } else if (wanted) {
      add_part(next, tested, added);
    }
  }
  for (const Column& added : to_test) add_part(next, tested, added);
  // The tag's slot, when it has one, is the tag itself.
  for (size_t r = 0; tagged && r < next.rows.size(); ++r) {
    const Pattern& tag = *tested[r]->parts[0];
    if (tag.slot.valid()) next.rows[r].slots.emplace_back(tag.slot, Operand(branch.constant));
  }
  pending_.push_back(std::move(next));
}

}  // namespace

std::vector<Leaf> compile_match(FunctionBuilder& builder, PatternPool& pool, const std::vector<Operand>& subjects,
                                const std::vector<Clause>& clauses, BlockId fail) {
  return MatchCompiler(builder, pool, clauses).run(subjects, fail);
}

}  // namespace hj::match
