// Core: the one representation between the syntax tree and LLVM.
//
// A function is a graph of blocks in SSA form with block parameters: A-normal (every argument is a value or a literal),
// no nesting, so every pass is a loop and no input is too deep. Records, comprehensions, guards, macros, `andalso` and
// pattern matching are gone: matching has become decision trees of Branch, Switch and SwitchArity.
//
// Why blocks and not nested lets: code generation cuts functions at their non-tail calls and needs liveness and shared
// continuations; with blocks both are the textbook algorithms, and a long function body is a long array, not a deep tree.
//
// Evaluation:
//  - Instructions of a block run in order. `Call` is an ordinary instruction here; cutting the function there is the code
//    generator's business. TailCall is a terminator: it leaves no frame behind, which programs can observe (purge).
//  - An instruction that raises leaves the function. There are no exceptional edges: the body of a `try` or `catch` is a
//    Function of its own (kind TryBody) entered by the terminator TryCall, whose handler block receives class, reason and
//    raw stack trace. Calls in tail position of a TryBody are not tail calls (stack traces show the caller).
//  - In guards a failing BIF is no error: TryBif takes its fail edge instead.
//  - receive: a block R whose terminator is RecvNext; see RecvNext below.
//
// Invariants (verify_core):
//   C1  Block 0 is the entry; its parameters are the function's; nothing jumps to it (a self tail call is a TailCall).
//   C2  Every value is defined once, and its definition dominates every use. Blocks pass values they share by dominance;
//       parameters are for joins.
//   C3  Edge arguments match the target's parameters in number.
//   C4  Cycles in the graph go through blocks that end in RecvNext only. All other loops are (tail) calls.
//   C5  RecvAccept and RecvReject stand only where a message is current (dominated by a RecvNext's message edge).
//   C6  Ids are in range; the target of a TryCall is a TryBody, entered by nothing else.
//   C7  Hd, Tl, TupleElement stand only where a test has proved cons or the tuple's size (not verified).
//   C8  A literal's parts have smaller ids than it: literals can be made in order, without recursion. A proper list of code
//       points is a String, also as the tail of a Cons; so equal constants have equal ids.
//   C9  No two functions share name and arity.
//   C10 While a message is current there are no calls, no raising BIFs and no returns: only tests, TryBif, access and
//       construction of terms. The value of a TryBif, TryCall or RecvNext is visible in edges[0]'s arguments, and below
//       edges[0] when no other edge leads to its target.
//
// Threads: built by one thread, read by any afterwards.
#pragma once
#include <cstdint>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"

namespace hj::core {

using FunctionId = Id<struct FunctionTag>;
using BlockId = Id<struct BlockTag>;
using ValueId = Id<struct ValueTag>;
using LiteralId = Id<struct LiteralTag>;
using SiteId = Id<struct SiteTag>;

enum class Bif : uint8_t {
#define HJ_BIF(name, erlang_name, arity, guard, result) name,
#include "frontend/core/bifs.def"
#undef HJ_BIF
};
struct BifInfo {
  std::string_view name;
  uint32_t arity;
  bool guard;
};
const BifInfo& bif_info(Bif bif);

// -- constants

enum class LiteralKind : uint8_t { Integer, BigInteger, Float, Atom, Nil, Cons, Tuple, String, ExportFun };

// A constant term. Equal literals of a module have equal ids (Module::literal interns).
struct Literal {
  LiteralKind kind = LiteralKind::Nil;
  int64_t integer = 0;               // Integer; ExportFun: arity
  double number = 0;                 // Float
  std::string text{};                // Atom: UTF-8; BigInteger: hexadecimal digits, '-' in front when negative
  std::u32string characters{};       // String: a proper list of these code points
  std::vector<LiteralId> elements{}; // Cons: head, tail; Tuple: elements; ExportFun: module, function (atoms)
};

// -- places

// Where something that can raise or call stands in the source; stack traces are made of these.
struct Site {
  uint32_t file = 0;         // index into Module::files
  uint32_t line = 0;         // 0: compiler-made, traces show no line
  FunctionId function;       // whose MFA a trace shows here
  SiteId inlined_at;         // the call this code was inlined at, or none
};

// -- operands and edges

// A value or a literal.
class Operand {
 public:
  Operand() = default;
  Operand(ValueId value) : bits_(value.index) {}
  Operand(LiteralId literal) : bits_(literal.index | kLiteralBit) {}
  bool is_literal() const { return (bits_ & kLiteralBit) != 0; }
  bool is_value() const { return !is_literal(); }
  ValueId value() const { return ValueId{bits_}; }
  LiteralId literal() const { return LiteralId{bits_ & ~kLiteralBit}; }
  bool operator==(const Operand&) const = default;

 private:
  static constexpr uint32_t kLiteralBit = 1u << 31;
  uint32_t bits_ = UINT32_MAX;
};

struct Edge {
  BlockId target;
  std::vector<Operand> args{};
};

// -- calls

enum class CallKind : uint8_t {
  Local,    // f(Args): function, direct, stays in this version
  Remote,   // m:f(Args) with constant m and f: through the export cell, newest version. Natives too
  Dynamic,  // M:F(Args): args[0] module, args[1] function, then the arguments (apply/3 semantics, badarg on non-atoms)
  Fun,      // F(Args): args[0] the fun, then the arguments (badfun, badarity)
};

struct CallTarget {
  CallKind kind = CallKind::Local;
  FunctionId function{};  // Local
  LiteralId module{};     // Remote: atoms
  LiteralId name{};       // Remote
};

// -- instructions

enum class InstrKind : uint8_t {
  Bif,              // result = bif(args); raises when the BIF does
  Cons,             // result = [args0 | args1]
  Tuple,            // result = {args...}
  Hd, Tl,           // result = head, tail of the cons args0 (C7)
  TupleElement,     // result = element `index` (from 0) of the tuple args0 (C7)
  MakeFun,          // result = closure of `function` over args: a Lambda, or a Named one without args for `fun f/1`
  Call,             // result = call target(args), not a tail call
  RecvAccept,       // takes the current message out of the mailbox, ends the scan, stops the timer
  RecvReject,       // leaves it there and moves the scan to the next
  BuildStacktrace,  // result = the list a `catch C:R:S` binds, from the raw trace args0
};

struct Instr {
  InstrKind kind = InstrKind::Bif;
  core::Bif bif = core::Bif::Add;
  uint32_t index = 0;      // TupleElement
  FunctionId function{};   // MakeFun
  CallTarget target{};     // Call
  std::vector<Operand> args{};
  ValueId result{};        // none for RecvAccept, RecvReject
  SiteId site{};
};

// -- terminators

// What Branch tests. All are total: no test raises.
enum class TestKind : uint8_t {
  IsTrue,       // args0 is the atom true
  IsFalse,      // args0 is the atom false
  IsCons, IsNil, IsTuple, IsAtom, IsInteger, IsFloat, IsNumber, IsBoolean, IsList, IsFunction, IsPid, IsPort, IsReference,
  IsBinary, IsBitstring, IsMap,
  IsFunctionOfArity,  // args0 is a fun of arity args1; args1 may be any term (false unless a non-negative integer)
  TupleOfSize,        // args0 is a tuple of `index` elements
  TaggedTuple,        // args0 is a tuple of `index` elements whose first is the atom args1
  ExactEqual, NotExactEqual, Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual,  // term order, args0 ? args1
};

enum class TermKind : uint8_t {
  Return,           // args0
  TailCall,         // target(args)
  Jump,             // edges[0]
  Branch,           // test(args): edges[0] when it holds, else edges[1]
  Switch,           // args0 =:= cases[i] (integers that fit 60 bits, or atoms): edges[i]; else edges.back()
  SwitchArity,      // args0 is a tuple (proved): its size is arities[i]: edges[i]; else edges.back()
  TryBif,           // result = bif(args) and edges[0]; edges[1] when it would raise. result is visible below edges[0]
  TryCall,          // (no site: its frame is none of OTP's and not shown in traces)
                    // result = target.function(args), edges[0]; on an exception edges[1], whose target has three parameters
                    // more than the edge has arguments: class, reason, raw trace (in front: class, reason, trace, args...)
  RaiseError,       // raises error:reason made from `error` and args
  Reraise,          // raises class args0, reason args1, raw trace args2, unchanged
  RecvNext,         // the next message of the scan: result, edges[0]; none left: edges[1]
  RecvWait,         // waits until a message arrives, then edges[0] (the RecvNext block)
  RecvWaitTimeout,  // the same, at most args0 milliseconds (0..4294967295 or infinity, else error timeout_value); the first
                    // wait of a receive starts the timer. A message: edges[0]. Time is up: the scan ends, edges[1]
  Unreachable,
};

enum class ErrorKind : uint8_t {
  Badmatch,         // {badmatch, args0}
  CaseClause,       // {case_clause, args0}
  TryClause,        // {try_clause, args0}
  ElseClause,       // {else_clause, args0}
  IfClause,         // if_clause
  FunctionClause,   // function_clause; args are the function's arguments, shown in the trace instead of the arity
  Badrecord,        // {badrecord, args0}
  Badarg,           // badarg
  Badfun,           // {badfun, args0}
  BadGenerator,     // {bad_generator, args0}
  BadFilter,        // {bad_filter, args0}
  Badmap,           // {badmap, args0}
  Badkey,           // {badkey, args0}
  Undef,            // undef: a call that can be seen to lead nowhere
  BadargValue,      // {badarg, args0}: the left operand of andalso, orelse
};

struct Terminator {
  TermKind kind = TermKind::Unreachable;
  TestKind test = TestKind::IsTrue;
  core::Bif bif = core::Bif::Add;
  ErrorKind error = ErrorKind::Badmatch;
  uint32_t index = 0;
  CallTarget target{};
  std::vector<Operand> args{};
  std::vector<LiteralId> cases{};
  std::vector<uint32_t> arities{};
  std::vector<Edge> edges{};
  ValueId result{};
  SiteId site{};
};

// -- functions

// What a pass knows of a value. Any is always right.
enum class ValueType : uint8_t { Any, SmallInteger, Integer, Float, Number, Atom, Boolean, Cons, List, Tuple, Fun };

struct Block {
  std::vector<ValueId> params;
  std::vector<Instr> instrs;
  Terminator term;
};

enum class FunctionKind : uint8_t {
  Named,          // written f(...) -> ...
  Lambda,         // a fun; parameters are its arguments, then its free variables
  Comprehension,  // '-f/1-lc$^0/1-0-'
  TryBody,        // body of a try or catch
};

struct Function {
  std::string name;             // UTF-8; OTP's names for compiler-made ones: '-f/0-fun-0-'
  uint32_t arity = 0;           // number of parameters of block 0 (a Lambda's free variables included)
  FunctionKind kind = FunctionKind::Named;
  bool exported = false;
  uint32_t free_count = 0;      // Lambda
  uint32_t lambda_index = 0;    // of what MakeFun makes funs of: the index OTP shows in #Fun<m.Index.Uniq>
  FunctionId trace_as;          // TryBody: whose name a stack trace shows; otherwise itself
  std::vector<Block> blocks;
  std::vector<ValueType> value_types;   // by ValueId; its size is the number of values
  SiteId site;                          // of its head

  ValueId new_value(ValueType type = ValueType::Any) {
    value_types.push_back(type);
    return ValueId{value_types.size() - 1};
  }
  BlockId new_block() {
    blocks.emplace_back();
    return BlockId{blocks.size() - 1};
  }
  Block& block(BlockId id) { return blocks[id.index]; }
  const Block& block(BlockId id) const { return blocks[id.index]; }
};

struct Module {
  std::string name;
  std::vector<std::string> files;           // as stack traces show them
  std::vector<Function> functions;          // module_info/0,1 included, as calls of erlang:get_module_info/1,2
  std::vector<Literal> literals;
  std::vector<Site> sites;
  std::vector<std::pair<LiteralId, LiteralId>> attributes;   // name, list of values, in order (module_info(attributes))
  std::vector<std::pair<LiteralId, LiteralId>> compile_info; // options, source (module_info(compile)); not in the identity
  FunctionId on_load;                       // or none
  std::string source_path;

  LiteralId literal(Literal value);         // interned
  LiteralId atom(std::string_view text);
  LiteralId integer(int64_t value);
  LiteralId nil();
  // [elements... | tail], in the one form a list has here (C8).
  LiteralId list(std::span<const LiteralId> elements, LiteralId tail);
  LiteralId tuple(std::span<const LiteralId> elements);

 private:
  std::vector<std::pair<uint64_t, uint32_t>> literal_index_;
};

// The first broken invariant with its place, or an empty string.
std::string verify_core(const Module& module);

// The text form: stable order, values numbered per function, readable back by read_core().
void dump_core(const Module& module, std::ostream& out);

// The inverse of dump_core, for tests that start in the middle. On a malformed text: the reason with its line.
struct ReadError {
  uint32_t line = 0;
  std::string message;
};
bool read_core(std::string_view text, Module& module, ReadError& error);

// What makes two versions the same code: everything but sites, compile_info and source_path. 16 bytes, stable over runs.
std::string code_hash(const Module& module);

}  // namespace hj::core
