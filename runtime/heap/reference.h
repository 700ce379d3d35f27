// References: three numbers that no other reference of this run has.
//
// Layout: header(Reference, 2), then number 0 (low half) and number 1 (high half) of the first word, number 2 of the second.
// #Ref<0.N2.N1.N0> shows them, most significant first. Threads take numbers in runs, so that making one touches no shared
// memory.
//
// Threads: any thread.
#pragma once
#include <cstddef>
#include <cstdint>

#include "runtime/abi/term.h"

namespace hj::rt {

// Number 0 has 18 bits, as OTP's; 1 and 2 have 32.
inline constexpr int kReferenceNumber0Bits = 18;
inline constexpr size_t kReferenceWords = 3;

struct ReferenceNumbers {
  uint32_t number[3];
  bool operator==(const ReferenceNumbers&) const = default;
};

ReferenceNumbers next_reference_numbers();

inline Term write_reference(Term* object, const ReferenceNumbers& numbers) {
  object[0] = Term::header(Subtag::Reference, kReferenceWords - 1);
  object[1].bits = numbers.number[0] | static_cast<uint64_t>(numbers.number[1]) << 32;
  object[2].bits = numbers.number[2];
  return Term::boxed(object);
}

inline ReferenceNumbers reference_numbers(Term reference) {
  const Term* object = reference.boxed();
  return {{static_cast<uint32_t>(object[1].bits), static_cast<uint32_t>(object[1].bits >> 32),
           static_cast<uint32_t>(object[2].bits)}};
}

}  // namespace hj::rt
