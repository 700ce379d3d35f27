#include <gtest/gtest.h>

#include "runtime/heap/build.h"
#include "runtime/process/process.h"
#include "runtime/term/atoms.h"
#include "stdlib/natives/all_natives.h"
#include "tests/unit/runtime/oracle.h"

namespace hj::stdlib {
namespace {

using namespace hj::rt;

const NativeEntry* entry_of(Term module, Term function, size_t arity) {
  for (NativeTable table : {erlang_binaries(), erlang_conversions(), erlang_guard_bifs(), erlang_tuples(), lists_natives()}) {
    for (const NativeEntry& entry : table) {
      if (entry.module == atom_text(module) && entry.name == atom_text(function) && entry.arity == arity) return &entry;
    }
  }
  return nullptr;
}

Term call_leaf(Process& p, const NativeEntry& entry, const std::vector<Term>& a) {
  switch (entry.arity) {
    case 1: return reinterpret_cast<Term (*)(Process&, Term)>(entry.function)(p, a[0]);
    case 2: return reinterpret_cast<Term (*)(Process&, Term, Term)>(entry.function)(p, a[0], a[1]);
    default: return reinterpret_cast<Term (*)(Process&, Term, Term, Term)>(entry.function)(p, a[0], a[1], a[2]);
  }
}

TEST(Natives, GiveOtpsResultsAndErrors) {
  compare_with_otp("bif", 20000, [](Process& process, const OracleCase& c) {
    Term module = c.question.tuple_elements()[0], function = c.question.tuple_elements()[1];
    std::vector<Term> arguments;
    for (Term rest = c.arguments; rest.is_cons(); rest = rest.tail()) arguments.push_back(rest.head());
    const NativeEntry* entry = entry_of(module, function, arguments.size());
    if (entry == nullptr) return raise_error(process, am::undef), answer_of(process, Term::non_value());
    EXPECT_EQ(entry->kind, NativeKind::Leaf);
    return answer_of(process, call_leaf(process, *entry, arguments));
  });
}

}  // namespace
}  // namespace hj::stdlib
