#include "core_interpreter.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>

#include "base/check.h"
#include "runtime/term/print.h"

namespace hj::core {

namespace {

constexpr uint64_t kMaxSteps = 20'000;
constexpr size_t kMaxIntegerBits = 4'000;

DatumPtr make(DatumKind kind, std::vector<DatumPtr> parts = {}) {
  auto datum = std::make_shared<Datum>();
  datum->kind = kind;
  datum->parts = std::move(parts);
  return datum;
}

DatumPtr make_atom(std::string text) {
  auto datum = std::make_shared<Datum>();
  datum->kind = DatumKind::Atom;
  datum->atom = std::move(text);
  return datum;
}

DatumPtr make_boolean(bool value) { return make_atom(value ? "true" : "false"); }

DatumPtr make_float(double value) {
  auto datum = std::make_shared<Datum>();
  datum->kind = DatumKind::Float;
  datum->number = value;
  return datum;
}

DatumPtr make_integer(const BigInteger& value) {
  auto datum = std::make_shared<Datum>();
  datum->kind = DatumKind::Integer;
  datum->integer = value;
  return datum;
}

Outcome returned(DatumPtr value) { return {std::move(value), {}, {}}; }
Outcome error(DatumPtr reason) { return {nullptr, "error", std::move(reason)}; }

bool is_number(const Datum& datum) { return datum.kind == DatumKind::Integer || datum.kind == DatumKind::Float; }

std::string digits_of(const BigInteger& value) {
  char* text = mpz_get_str(nullptr, 10, value.get());
  std::string result = text;
  std::free(text);
  return result;
}

// Rounded to nearest, unlike GMP's.
double to_double(const Datum& datum) {
  return datum.kind == DatumKind::Float ? datum.number : std::strtod(digits_of(datum.integer).c_str(), nullptr);
}

int sign(int64_t value) { return value < 0 ? -1 : value > 0; }

int compare_numbers(const Datum& a, const Datum& b) {
  if (a.kind == b.kind && a.kind == DatumKind::Float) return a.number < b.number ? -1 : a.number > b.number;
  if (a.kind == b.kind) return sign(mpz_cmp(a.integer.get(), b.integer.get()));
  if (a.kind == DatumKind::Integer) return sign(mpz_cmp_d(a.integer.get(), b.number));
  return -sign(mpz_cmp_d(b.integer.get(), a.number));
}

int compare(const Datum& a, const Datum& b) {
  if (is_number(a) && is_number(b)) return compare_numbers(a, b);
  if (a.kind != b.kind) return a.kind < b.kind ? -1 : 1;
  if (a.kind == DatumKind::Atom) return sign(a.atom.compare(b.atom));
  if (a.parts.size() != b.parts.size()) return a.parts.size() < b.parts.size() ? -1 : 1;
  for (size_t i = 0; i < a.parts.size(); ++i) {
    if (int order = compare(*a.parts[i], *b.parts[i])) return order;
  }
  return 0;
}

bool exactly_equal(const Datum& a, const Datum& b) {
  if (a.kind != b.kind || a.parts.size() != b.parts.size()) return false;
  for (size_t i = 0; i < a.parts.size(); ++i) {
    if (!exactly_equal(*a.parts[i], *b.parts[i])) return false;
  }
  return compare(a, b) == 0;
}

const char* reason_name(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::Badmatch: return "badmatch";
    case ErrorKind::CaseClause: return "case_clause";
    case ErrorKind::TryClause: return "try_clause";
    case ErrorKind::IfClause: return "if_clause";
    case ErrorKind::FunctionClause: return "function_clause";
    case ErrorKind::Badarg: return "badarg";
    default: HJ_UNREACHABLE("an error that is not generated");
  }
}

DatumPtr reason_of(ErrorKind kind, const std::vector<DatumPtr>& args) {
  const bool is_pair = kind == ErrorKind::Badmatch || kind == ErrorKind::CaseClause || kind == ErrorKind::TryClause;
  if (!is_pair) return make_atom(reason_name(kind));
  return make(DatumKind::Tuple, {make_atom(reason_name(kind)), args[0]});
}

}  // namespace

std::string to_text(const Datum& datum) {
  std::string text;
  switch (datum.kind) {
    case DatumKind::Integer: return digits_of(datum.integer);
    case DatumKind::Float: rt::write_float(text, datum.number); return text;
    case DatumKind::Atom: return datum.atom;
    case DatumKind::Fun: return "fun";
    case DatumKind::Trace: return "trace";
    case DatumKind::Nil: return "[]";
    case DatumKind::Tuple:
      for (const DatumPtr& part : datum.parts) text += (text.empty() ? "" : ",") + to_text(*part);
      return "{" + text + "}";
    case DatumKind::Cons: {
      const Datum* at = &datum;
      for (; at->kind == DatumKind::Cons; at = at->parts[1].get()) text += (text.empty() ? "" : ",") + to_text(*at->parts[0]);
      return "[" + text + (at->kind == DatumKind::Nil ? "" : "|" + to_text(*at)) + "]";
    }
  }
  return text;
}

struct Interpreter::Frame {
  const Function& function;
  std::vector<DatumPtr> values;
};

std::optional<Outcome> Interpreter::run(FunctionId function, std::vector<DatumPtr> args) {
  steps_ = 0;
  is_exhausted_ = false;
  Outcome outcome = call(function, std::move(args));
  if (is_exhausted_) return std::nullopt;
  return outcome;
}

DatumPtr Interpreter::literal(LiteralId id) {
  const Literal& literal = module_.literals[id.index];
  switch (literal.kind) {
    case LiteralKind::Integer: return make_integer(BigInteger(literal.integer));
    case LiteralKind::Float: return make_float(literal.number);
    case LiteralKind::Atom: return make_atom(literal.text);
    case LiteralKind::Nil: return make(DatumKind::Nil);
    case LiteralKind::Cons: return make(DatumKind::Cons, {this->literal(literal.elements[0]), this->literal(literal.elements[1])});
    case LiteralKind::Tuple: {
      std::vector<DatumPtr> parts;
      for (LiteralId part : literal.elements) parts.push_back(this->literal(part));
      return make(DatumKind::Tuple, std::move(parts));
    }
    case LiteralKind::String: {
      DatumPtr list = make(DatumKind::Nil);
      for (size_t i = literal.characters.size(); i-- > 0;) {
        list = make(DatumKind::Cons, {make_integer(BigInteger(literal.characters[i])), list});
      }
      return list;
    }
    default: HJ_UNREACHABLE("a literal that is not generated");
  }
}

DatumPtr Interpreter::operand(const Frame& frame, Operand operand) {
  return operand.is_literal() ? literal(operand.literal()) : frame.values[operand.value().index];
}

std::vector<DatumPtr> Interpreter::operands(const Frame& frame, const std::vector<Operand>& all) {
  std::vector<DatumPtr> result;
  for (Operand one : all) result.push_back(operand(frame, one));
  return result;
}

Outcome Interpreter::bif(Bif bif, const std::vector<DatumPtr>& args) {
  const Datum& a = *args[0];
  const Datum& b = *args.back();
  switch (bif) {
    case Bif::Equal: return returned(make_boolean(compare(a, b) == 0));
    case Bif::ExactEqual: return returned(make_boolean(exactly_equal(a, b)));
    case Bif::Less: return returned(make_boolean(compare(a, b) < 0));
    case Bif::GreaterEqual: return returned(make_boolean(compare(a, b) >= 0));
    case Bif::IsInteger: return returned(make_boolean(a.kind == DatumKind::Integer));
    case Bif::IsAtom: return returned(make_boolean(a.kind == DatumKind::Atom));
    case Bif::IsTuple: return returned(make_boolean(a.kind == DatumKind::Tuple));
    case Bif::Add:
    case Bif::Sub:
    case Bif::Mul: break;
    default: HJ_UNREACHABLE("a BIF that is not generated");
  }
  if (!is_number(a) || !is_number(b)) return error(make_atom("badarith"));
  if (a.kind == DatumKind::Float || b.kind == DatumKind::Float) {
    const double x = to_double(a), y = to_double(b);
    const double result = bif == Bif::Add ? x + y : bif == Bif::Sub ? x - y : x * y;
    return std::isfinite(result) ? returned(make_float(result)) : error(make_atom("badarith"));
  }
  BigInteger result;
  (bif == Bif::Add ? mpz_add : bif == Bif::Sub ? mpz_sub : mpz_mul)(result.get(), a.integer.get(), b.integer.get());
  if (mpz_sizeinbase(result.get(), 2) > kMaxIntegerBits) is_exhausted_ = true;
  return returned(make_integer(result));
}

bool Interpreter::test(const Terminator& term, const std::vector<DatumPtr>& args) {
  const Datum& a = *args[0];
  switch (term.test) {
    case TestKind::IsTrue: return a.kind == DatumKind::Atom && a.atom == "true";
    case TestKind::IsFalse: return a.kind == DatumKind::Atom && a.atom == "false";
    case TestKind::IsCons: return a.kind == DatumKind::Cons;
    case TestKind::IsNil: return a.kind == DatumKind::Nil;
    case TestKind::IsTuple: return a.kind == DatumKind::Tuple;
    case TestKind::IsAtom: return a.kind == DatumKind::Atom;
    case TestKind::IsInteger: return a.kind == DatumKind::Integer;
    case TestKind::IsFloat: return a.kind == DatumKind::Float;
    case TestKind::IsNumber: return is_number(a);
    case TestKind::IsBoolean: return a.kind == DatumKind::Atom && (a.atom == "true" || a.atom == "false");
    case TestKind::IsList: return a.kind == DatumKind::Cons || a.kind == DatumKind::Nil;
    case TestKind::IsFunction: return a.kind == DatumKind::Fun;
    case TestKind::TupleOfSize: return a.kind == DatumKind::Tuple && a.parts.size() == term.index;
    case TestKind::TaggedTuple:
      return a.kind == DatumKind::Tuple && a.parts.size() == term.index && exactly_equal(*a.parts[0], *args[1]);
    case TestKind::ExactEqual: return exactly_equal(a, *args[1]);
    case TestKind::NotExactEqual: return !exactly_equal(a, *args[1]);
    case TestKind::Equal: return compare(a, *args[1]) == 0;
    case TestKind::NotEqual: return compare(a, *args[1]) != 0;
    case TestKind::Less: return compare(a, *args[1]) < 0;
    case TestKind::LessEqual: return compare(a, *args[1]) <= 0;
    case TestKind::Greater: return compare(a, *args[1]) > 0;
    case TestKind::GreaterEqual: return compare(a, *args[1]) >= 0;
    default: HJ_UNREACHABLE("a test that is not generated");
  }
}

Outcome Interpreter::call_target(const CallTarget& target, std::vector<DatumPtr> args) {
  if (target.kind == CallKind::Local) return call(target.function, std::move(args));
  HJ_CHECK(target.kind == CallKind::Fun, "a call that is not generated");
  const DatumPtr fun = args[0];
  args.erase(args.begin());
  if (fun->kind != DatumKind::Fun) return error(make(DatumKind::Tuple, {make_atom("badfun"), fun}));
  args.insert(args.end(), fun->parts.begin(), fun->parts.end());
  return call(fun->function, std::move(args));
}

// The outcome when an instruction raises.
std::optional<Outcome> Interpreter::step_instrs(Frame& frame, const Block& block) {
  for (const Instr& instr : block.instrs) {
    if (++steps_ > kMaxSteps) is_exhausted_ = true;
    if (is_exhausted_) return returned(make(DatumKind::Nil));
    std::vector<DatumPtr> args = operands(frame, instr.args);
    Outcome outcome;
    switch (instr.kind) {
      case InstrKind::Bif: outcome = bif(instr.bif, args); break;
      case InstrKind::Cons: outcome = returned(make(DatumKind::Cons, std::move(args))); break;
      case InstrKind::Tuple: outcome = returned(make(DatumKind::Tuple, std::move(args))); break;
      case InstrKind::Hd: outcome = returned(args[0]->parts[0]); break;
      case InstrKind::Tl: outcome = returned(args[0]->parts[1]); break;
      case InstrKind::TupleElement: outcome = returned(args[0]->parts[instr.index]); break;
      case InstrKind::MakeFun: {
        auto fun = std::make_shared<Datum>();
        fun->kind = DatumKind::Fun;
        fun->function = instr.function;
        fun->parts = std::move(args);
        outcome = returned(fun);
        break;
      }
      case InstrKind::Call: outcome = call_target(instr.target, std::move(args)); break;
      default: HJ_UNREACHABLE("an instruction that is not generated");
    }
    if (outcome.value == nullptr) return outcome;
    if (instr.result.valid()) frame.values[instr.result.index] = outcome.value;
  }
  return std::nullopt;
}

Outcome Interpreter::call(FunctionId id, std::vector<DatumPtr> args) {
  const Function* function = &module_.functions[id.index];
  Frame frame{*function, std::vector<DatumPtr>(function->value_types.size())};
  BlockId at{0u};
  while (true) {
    if (++steps_ > kMaxSteps) is_exhausted_ = true;
    if (is_exhausted_) return returned(make(DatumKind::Nil));
    const Block& block = frame.function.block(at);
    for (size_t i = 0; i < block.params.size(); ++i) frame.values[block.params[i].index] = args[i];
    if (auto outcome = step_instrs(frame, block)) return *outcome;
    const Terminator& term = block.term;
    std::vector<DatumPtr> subjects = operands(frame, term.args);
    const Edge* edge = nullptr;
    std::vector<DatumPtr> first;
    switch (term.kind) {
      case TermKind::Return: return returned(subjects[0]);
      case TermKind::TailCall: return call_target(term.target, std::move(subjects));
      case TermKind::Jump: edge = &term.edges[0]; break;
      case TermKind::Branch: edge = &term.edges[test(term, subjects) ? 0 : 1]; break;
      case TermKind::Switch:
        edge = &term.edges.back();
        for (size_t i = 0; i < term.cases.size(); ++i) {
          if (exactly_equal(*subjects[0], *literal(term.cases[i]))) edge = &term.edges[i];
        }
        break;
      case TermKind::SwitchArity:
        edge = &term.edges.back();
        for (size_t i = 0; i < term.arities.size(); ++i) {
          if (subjects[0]->parts.size() == term.arities[i]) edge = &term.edges[i];
        }
        break;
      case TermKind::TryBif: {
        const Outcome outcome = bif(term.bif, subjects);
        if (outcome.value) frame.values[term.result.index] = outcome.value;
        edge = &term.edges[outcome.value ? 0 : 1];
        break;
      }
      case TermKind::TryCall: {
        const Outcome outcome = call(term.target.function, std::move(subjects));
        if (outcome.value) frame.values[term.result.index] = outcome.value;
        if (!outcome.value) first = {make_atom(outcome.exception_class), outcome.reason, make(DatumKind::Trace)};
        edge = &term.edges[outcome.value ? 0 : 1];
        break;
      }
      case TermKind::RaiseError: return error(reason_of(term.error, subjects));
      case TermKind::Reraise: return {nullptr, subjects[0]->atom, subjects[1]};
      default: HJ_UNREACHABLE("a terminator that is not generated");
    }
    args = std::move(first);
    for (Operand operand : edge->args) args.push_back(this->operand(frame, operand));
    at = edge->target;
  }
}

}  // namespace hj::core
