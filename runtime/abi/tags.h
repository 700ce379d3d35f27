// How a term is encoded in one 64-bit word: what generated code, the runtime and natives must agree on.
//
//   ...0       small integer, 63 bits, value << 1. Two smalls are recognised by one test of (a | b) & 1
//   001        cons: pointer to head, tail
//   011        boxed: pointer to a header word
//   101        immediate: bits 3..5 say which, the rest is its payload
//   111        header of a boxed object (in the heap only), and kNonValue
//
// A code pointer is 16-aligned and so looks like a small integer: a return address on the stack can never be taken for a
// term by mistake, and never needs to be skipped for its bits.
//
// Threads: constants.
#pragma once
#include <cstdint>

namespace hj::rt {

inline constexpr uint64_t kTagMask = 7;
inline constexpr uint64_t kConsTag = 1;
inline constexpr uint64_t kBoxedTag = 3;
inline constexpr uint64_t kImmediateTag = 5;
inline constexpr uint64_t kHeaderTag = 7;

inline constexpr int kSmallShift = 1;
inline constexpr int64_t kSmallMin = INT64_MIN >> 1;
inline constexpr int64_t kSmallMax = INT64_MAX >> 1;

// Immediates: (payload << 6) | kind << 3 | 101. An atom's number has at most kAtomBits bits, so that an atom is a
// non-negative 32-bit constant and one compare with an immediate operand recognises it.
inline constexpr int kImmediateShift = 6;
inline constexpr uint64_t kImmediateMask = 0x3f;
enum class ImmediateKind : uint8_t { Atom = 0, Pid = 1, Port = 2, Nil = 3 };
inline constexpr uint64_t kAtomTag = kImmediateTag | 0 << 3;
inline constexpr uint64_t kPidTag = kImmediateTag | 1 << 3;
inline constexpr uint64_t kPortTag = kImmediateTag | 2 << 3;
inline constexpr uint64_t kNil = kImmediateTag | 3 << 3;
inline constexpr int kAtomBits = 24;

// What no term is: a raising native's return value, an empty mailbox's message, the forwarding mark of a moved cons.
inline constexpr uint64_t kNonValue = UINT64_MAX;

// Headers: (size << 8) | subtag << 3 | 111. Size is the number of words after the header.
inline constexpr int kHeaderShift = 8;
inline constexpr uint64_t kHeaderSubtagMask = 0xf8;
enum class Subtag : uint8_t {
  Tuple = 0,            // elements
  PositiveBig = 1,      // limbs, least significant first, the last not 0
  NegativeBig = 2,      // limbs of the magnitude
  Float = 3,            // one IEEE double
  Fun = 4,              // FunEntry*, then the free variables (FunObject)
  ExportFun = 5,        // Export*
  Reference = 6,        // three 32-bit numbers in two words
  FlatMap = 7,          // keys tuple, values in the order of the keys
  HashMap = 8,
  HeapBinary = 9,       // size in bytes, bytes
  RefcBinary = 10,      // off-heap binary (counted)
  SubBinary = 11,
  MatchContext = 12,
  Raw = 13,             // words that are no terms: raw stack traces
  ExternalPid = 14,
  ExternalPort = 15,
  ExternalReference = 16,
};
constexpr uint64_t header_word(Subtag subtag, uint64_t size) {
  return size << kHeaderShift | static_cast<uint64_t>(subtag) << 3 | kHeaderTag;
}

}  // namespace hj::rt
