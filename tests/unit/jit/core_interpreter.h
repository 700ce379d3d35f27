// Core, executed the slow and obvious way: what the code generator's random tests compare with.
//
// Covers what random_core.h generates: no remote calls, no receive. Traces are opaque.
//
// Threads: one.
#pragma once
#include <gmp.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "frontend/core/core.h"

namespace hj::core {

class BigInteger {
 public:
  BigInteger() { mpz_init(value_); }
  explicit BigInteger(int64_t value) { mpz_init_set_si(value_, value); }
  BigInteger(const BigInteger& other) { mpz_init_set(value_, other.value_); }
  BigInteger& operator=(const BigInteger& other) {
    mpz_set(value_, other.value_);
    return *this;
  }
  ~BigInteger() { mpz_clear(value_); }
  mpz_ptr get() { return value_; }
  mpz_srcptr get() const { return value_; }

 private:
  mpz_t value_;
};

struct Datum;
using DatumPtr = std::shared_ptr<const Datum>;

enum class DatumKind : uint8_t { Integer, Float, Atom, Fun, Tuple, Nil, Cons, Trace };   // in term order

struct Datum {
  DatumKind kind = DatumKind::Nil;
  BigInteger integer;
  double number = 0;
  std::string atom;
  FunctionId function;           // Fun
  std::vector<DatumPtr> parts;   // Tuple; Cons: head, tail; Fun: free variables
};

std::string to_text(const Datum& datum);

struct Outcome {
  DatumPtr value;                // null: raised
  std::string exception_class;
  DatumPtr reason;
};

class Interpreter {
 public:
  explicit Interpreter(const Module& module) : module_(module) {}
  // Nothing when it takes too many steps.
  std::optional<Outcome> run(FunctionId function, std::vector<DatumPtr> args);

 private:
  struct Frame;
  Outcome call(FunctionId function, std::vector<DatumPtr> args);
  DatumPtr literal(LiteralId id);
  DatumPtr operand(const Frame& frame, Operand operand);
  std::vector<DatumPtr> operands(const Frame& frame, const std::vector<Operand>& all);
  Outcome bif(Bif bif, const std::vector<DatumPtr>& args);
  Outcome call_target(const CallTarget& target, std::vector<DatumPtr> args);
  bool test(const Terminator& term, const std::vector<DatumPtr>& args);
  std::optional<Outcome> step_instrs(Frame& frame, const Block& block);

  const Module& module_;
  uint64_t steps_ = 0;
  bool is_exhausted_ = false;
};

}  // namespace hj::core
