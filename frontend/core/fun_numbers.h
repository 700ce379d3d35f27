// The numbers in the names of funs and comprehensions: the 3 of '-f/0-fun-3-' and of '-f/1-lc$^3/1-0-'.
//
// Stack traces and printed funs show them, so they are OTP's. OTP counts in the order in which its own compiler
// translates a function's expressions, which is not the order of evaluation: arguments, elements and operands from the
// last to the first, a fun after what it contains. So a walk of its own numbers them before lowering starts.
//
// A record's default expression is numbered for each record that is made with it; numbers of a node are handed out one
// after the other.
//
// Threads: owner only.
#pragma once
#include <functional>
#include <unordered_map>
#include <vector>

#include "frontend/syntax/ast.h"

namespace hj::core {

class RecordTable;

class FunNumbers {
 public:
  FunNumbers(const syntax::Ast& ast, const RecordTable& records) : ast_(ast), records_(records) {}

  // Numbers a named function from 0.
  void number(syntax::NodeId function);
  // The next number of a node: a fun has one, a comprehension one a generator.
  uint32_t take(syntax::NodeId id);

 private:
  void walk(syntax::NodeId id);
  void walk_backwards(std::span<const syntax::NodeId> ids);
  void call(syntax::NodeId id);
  void comprehension(syntax::NodeId id);
  void record(syntax::NodeId id);
  void give(syntax::NodeId id) { numbers_[id.index].push_back(next_++); }

  const syntax::Ast& ast_;
  const RecordTable& records_;
  std::unordered_map<uint32_t, std::vector<uint32_t>> numbers_;  // by node; the next is the first
  uint32_t next_ = 0;
  uint32_t default_depth_ = 0;
  uint32_t expansions_ = 0;
};

}  // namespace hj::core
