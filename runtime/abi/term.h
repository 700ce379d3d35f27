// Term: one word that is an Erlang value. Tests, constructors and field access only; no behaviour.
//
// A Term is trivially copyable and passed in a register, so C functions called by generated code take and return it. It does
// not keep anything alive: between two points where a process may be collected (entries, see context.h) raw terms are safe,
// because natives never collect.
//
// Threads: values; what they point to belongs to the process whose heap it stands in.
#pragma once
#include <bit>
#include <cstdint>

#include "runtime/abi/tags.h"

namespace hj::rt {

struct Term {
  uint64_t bits = kNonValue;

  constexpr bool operator==(const Term&) const = default;  // same word, not =:=

  // -- tests
  constexpr bool is_value() const { return bits != kNonValue; }
  constexpr bool is_small() const { return (bits & 1) == 0; }
  constexpr bool is_cons() const { return (bits & kTagMask) == kConsTag; }
  constexpr bool is_boxed() const { return (bits & kTagMask) == kBoxedTag; }
  constexpr bool is_immediate() const { return is_small() || (bits & kTagMask) == kImmediateTag; }
  constexpr bool is_header() const { return (bits & kTagMask) == kHeaderTag; }
  constexpr bool is_atom() const { return (bits & kImmediateMask) == kAtomTag; }
  constexpr bool is_pid() const { return (bits & kImmediateMask) == kPidTag; }
  constexpr bool is_port() const { return (bits & kImmediateMask) == kPortTag; }
  constexpr bool is_nil() const { return bits == kNil; }
  constexpr bool is_list() const { return is_cons() || is_nil(); }

  // -- access; the caller has tested
  constexpr int64_t small() const { return static_cast<int64_t>(bits) >> kSmallShift; }
  constexpr uint64_t payload() const { return bits >> kImmediateShift; }
  Term* cons() const { return reinterpret_cast<Term*>(bits - kConsTag); }
  Term head() const { return cons()[0]; }
  Term tail() const { return cons()[1]; }
  Term* boxed() const { return reinterpret_cast<Term*>(bits - kBoxedTag); }
  uint64_t header() const { return boxed()->bits; }
  // Of a header word or of the object a boxed term points to.
  static constexpr Subtag subtag_of(uint64_t header) { return static_cast<Subtag>((header & kHeaderSubtagMask) >> 3); }
  static constexpr uint64_t size_of(uint64_t header) { return header >> kHeaderShift; }
  Subtag subtag() const { return subtag_of(header()); }
  bool is_boxed_of(Subtag tag) const { return is_boxed() && subtag() == tag; }
  bool is_tuple() const { return is_boxed_of(Subtag::Tuple); }
  bool is_float() const { return is_boxed_of(Subtag::Float); }
  bool is_big() const { return is_boxed() && (subtag() == Subtag::PositiveBig || subtag() == Subtag::NegativeBig); }
  bool is_integer() const { return is_small() || is_big(); }
  bool is_number() const { return is_integer() || is_float(); }
  bool is_fun() const { return is_boxed() && (subtag() == Subtag::Fun || subtag() == Subtag::ExportFun); }
  bool is_reference() const { return is_boxed_of(Subtag::Reference); }
  uint64_t tuple_size() const { return size_of(header()); }
  Term* tuple_elements() const { return boxed() + 1; }
  double float_value() const { return std::bit_cast<double>(boxed()[1].bits); }

  // -- constructors
  static constexpr Term from_bits(uint64_t bits) { return Term{bits}; }
  static constexpr bool fits_small(int64_t value) { return value >= kSmallMin && value <= kSmallMax; }
  static constexpr Term from_small(int64_t value) { return Term{static_cast<uint64_t>(value) << kSmallShift}; }
  static constexpr Term nil() { return Term{kNil}; }
  static constexpr Term non_value() { return Term{kNonValue}; }
  static constexpr Term atom(uint64_t number) { return Term{number << kImmediateShift | kAtomTag}; }
  static constexpr Term pid(uint64_t payload) { return Term{payload << kImmediateShift | kPidTag}; }
  static constexpr Term header(Subtag subtag, uint64_t size) { return Term{header_word(subtag, size)}; }
  static Term cons(Term* cell) { return Term{reinterpret_cast<uint64_t>(cell) + kConsTag}; }
  static Term boxed(Term* object) { return Term{reinterpret_cast<uint64_t>(object) + kBoxedTag}; }
};
static_assert(sizeof(Term) == 8);

}  // namespace hj::rt
