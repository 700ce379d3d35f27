#include "runtime/heap/build.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "base/check.h"
#include "runtime/heap/heap.h"
#include "runtime/heap/reference.h"
#include "runtime/process/process.h"
#include "runtime/term/atoms.h"

namespace hj::rt {

namespace {

// A fragment for one term of a full block would be followed by more: room for some is made at once.
constexpr size_t kFragmentWords = 128;
// Fewer fragment words than this do not hurry the next collection, however small the block.
constexpr uint64_t kMinFragmentLimit = 1024;
// Bytes of binaries mentioned since the last collection after which the next entry collects.
constexpr uint64_t kOffHeapLimitBytes = 8 * 1024 * 1024;

Term* fragment_room(Process& process, size_t words) {
  Heap& heap = process.heap;
  Fragment* open = heap.open_fragment;
  if (open == nullptr || open->words - open->used < words) {
    open = make_fragment(std::max(words, kFragmentWords));
    open->next = heap.fragments;
    heap.fragments = heap.open_fragment = open;
  }
  heap.fragment_words += words;
  // Nothing collects here; the next entry does.
  if (heap.fragment_words > std::max<uint64_t>(heap.block_words(), kMinFragmentLimit)) request_collect(process);
  return fragment_alloc(*open, words);
}

// The code point at `at`, which moves behind it; a byte that starts no well-formed sequence stands for itself.
uint32_t next_code_point(std::string_view text, size_t& at) {
  auto byte = [&](size_t i) { return static_cast<uint8_t>(text[i]); };
  uint8_t lead = byte(at);
  int length = lead < 0x80 ? 1 : lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3
                                                               : lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
  auto is_continuation = [&](size_t i) { return i < text.size() && (byte(i) & 0xc0) == 0x80; };
  uint32_t value = length == 2 ? lead & 0x1f : length == 3 ? lead & 0x0f : lead & 0x07;
  bool ok = length >= 2;
  for (int i = 1; ok && i < length; i++) {
    ok = is_continuation(at + i);
    if (ok) value = value << 6 | (byte(at + i) & 0x3f);
  }
  ok = ok && !(length == 3 && (value < 0x800 || (value >= 0xd800 && value < 0xe000)));
  ok = ok && !(length == 4 && (value < 0x10000 || value > 0x10ffff));
  if (!ok) {
    at++;
    return lead;
  }
  at += length;
  return value;
}

}  // namespace

Term* heap_alloc(Process& process, size_t words) {
  // Signed: generated code reserves words for itself by lowering heap_limit, possibly below hp.
  if (process.heap_limit - process.hp >= static_cast<ptrdiff_t>(words)) {
    Term* at = process.hp;
    process.hp += words;
    return at;
  }
  return fragment_room(process, words);
}

Term make_cons(Process& process, Term head, Term tail) {
  Term* cell = heap_alloc(process, 2);
  cell[0] = head;
  cell[1] = tail;
  return Term::cons(cell);
}

Term make_tuple(Process& process, std::span<const Term> elements) {
  Term* object = heap_alloc(process, elements.size() + 1);
  object[0] = Term::header(Subtag::Tuple, elements.size());
  std::copy(elements.begin(), elements.end(), object + 1);
  return Term::boxed(object);
}

Term make_tuple(Process& process, std::initializer_list<Term> elements) {
  return make_tuple(process, std::span<const Term>(elements.begin(), elements.size()));
}

Term make_list(Process& process, std::span<const Term> elements, Term tail) {
  if (elements.empty()) return tail;
  Term* cell = heap_alloc(process, elements.size() * 2);
  Term list = Term::cons(cell);
  for (size_t i = 0; i < elements.size(); i++, cell += 2) {
    cell[0] = elements[i];
    cell[1] = i + 1 == elements.size() ? tail : Term::cons(cell + 2);
  }
  return list;
}

Term make_integer(Process& process, int64_t value) {
  if (Term::fits_small(value)) return Term::from_small(value);
  Term* object = heap_alloc(process, 2);
  object[0] = Term::header(value < 0 ? Subtag::NegativeBig : Subtag::PositiveBig, 1);
  object[1].bits = value < 0 ? 0 - static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
  return Term::boxed(object);
}

Term make_unsigned(Process& process, uint64_t value) {
  if (value <= static_cast<uint64_t>(kSmallMax)) return Term::from_small(static_cast<int64_t>(value));
  Term* object = heap_alloc(process, 2);
  object[0] = Term::header(Subtag::PositiveBig, 1);
  object[1].bits = value;
  return Term::boxed(object);
}

Term make_float(Process& process, double value) {
  HJ_DCHECK(std::isfinite(value), "a float term is finite");
  Term* object = heap_alloc(process, 2);
  object[0] = Term::header(Subtag::Float, 1);
  object[1].bits = std::bit_cast<uint64_t>(value);
  return Term::boxed(object);
}

Term make_string(Process& process, std::string_view utf8) {
  size_t count = 0;
  for (size_t at = 0; at < utf8.size(); count++) next_code_point(utf8, at);
  if (count == 0) return Term::nil();
  Term* cell = heap_alloc(process, count * 2);
  Term list = Term::cons(cell);
  size_t at = 0;
  for (size_t i = 0; i < count; i++, cell += 2) {
    cell[0] = Term::from_small(next_code_point(utf8, at));
    cell[1] = i + 1 == count ? Term::nil() : Term::cons(cell + 2);
  }
  return list;
}

Term make_binary(Process& process, std::string_view bytes) {
  if (bytes.size() <= kMaxHeapBinaryBytes) {
    size_t words = (bytes.size() + sizeof(Term) - 1) / sizeof(Term);
    Term* object = heap_alloc(process, 2 + words);
    object[0] = Term::header(Subtag::HeapBinary, 1 + words);
    object[1].bits = bytes.size();
    if (words > 0) object[1 + words].bits = 0;
    std::copy(bytes.begin(), bytes.end(), reinterpret_cast<char*>(object + 2));
    return Term::boxed(object);
  }
  OffHeapBinary* binary = make_off_heap_binary(bytes.size());
  std::copy(bytes.begin(), bytes.end(), reinterpret_cast<char*>(binary->bytes));
  return make_refc_binary(process, binary);
}

Term make_refc_binary(Process& process, OffHeapBinary* binary) {
  Heap& heap = process.heap;
  auto* object = reinterpret_cast<RefcBinaryObject*>(heap_alloc(process, kRefcBinaryWords));
  object->header = Term::header(Subtag::RefcBinary, kRefcBinaryWords - 1);
  object->binary = binary;
  object->size = binary->size;
  object->next = heap.off_heap_young;
  heap.off_heap_young = object;
  heap.off_heap_bytes += binary->size;
  if (heap.off_heap_bytes > kOffHeapLimitBytes) request_collect(process);
  return Term::boxed(&object->header);
}

Term make_reference(Process& process) {
  ReferenceNumbers numbers = next_reference_numbers();
  Term* object = heap_alloc(process, kReferenceWords);
  write_reference(object, numbers);
  return Term::boxed(object);
}

Term raise(Process& process, Term exception_class, Term reason) {
  process.exception_class = exception_class;
  process.exception_reason = reason;
  process.exception_trace = Term::non_value();
  return Term::non_value();
}

Term raise_error(Process& process, Term reason) { return raise(process, am::error, reason); }

Term raise_badarg(Process& process) { return raise(process, am::error, am::badarg); }

}  // namespace hj::rt
