// One copying pass: moves what is reachable out of from-space. gc.cpp tells the whole story and decides when, where to and
// how large; this is the mechanism.
//
// Three kinds of pass:
//   Minor     from: block and fragments. Below the high-water mark -> old chunks, the rest -> a new block
//   Promote   from: block and fragments. Everything -> old chunks
//   Major     from: block, fragments, old chunks. Everything -> new old chunks
//
// Invariants (G1..G3 of gc.cpp):
//   G1  Each root and each word of to-space is updated exactly once, while it still points to from-space (or to what never
//       moves): update never has to ask whether a pointer leads to to-space.
//   G2  A moved cons has kNonValue as head and its new place as tail; a moved boxed object has its new place where its
//       header was.
//   G3  What is scanned was copied whole: headers, sizes and contents agree.
//
// Threads: owner only.
#pragma once
#include <algorithm>
#include <cstring>

#include "runtime/code/code_space.h"
#include "runtime/heap/heap.h"
#include "runtime/heap/object_layout.h"
#include "runtime/heap/retiring_literals.h"

namespace hj::rt {

enum class PassKind : uint8_t { Minor, Promote, Major };

// A retired literal area is shared and must not be written to; forwarding marks go into a copy of it made for the pass.
struct RetiredLiterals {
  LiteralArea area{nullptr, nullptr};
  Term* scratch = nullptr;   // as large as the area, holds its words
};

template <PassKind kind>
class Evacuation {
 public:
  // Young survivors of a minor pass go to [to, ...): as many words as the block and the fragments hold must fit.
  Evacuation(Heap& heap, Term* hp, Term* to, const Fragment* in_hand, RetiredLiterals retired)
      : heap_(heap),
        young_begin_(heap.begin),
        young_words_(static_cast<size_t>(hp - heap.begin)),
        mature_words_(static_cast<size_t>(heap.high_water - heap.begin)),
        to_(to),
        to_scan_(to),
        in_hand_(in_hand),
        retired_(retired) {
    if constexpr (kind == PassKind::Major) {
      from_old_ = heap.old_first;
      heap.old_first = heap.old_last = nullptr;
      heap.old_words = 0;
    }
    scan_chunk_ = heap.old_last;
    scan_at_ = scan_chunk_ == nullptr ? nullptr : scan_chunk_->top;
  }

  void update(Term& slot) {
    if (!is_pointer(slot)) return;
    Term* at = pointee(slot);
    auto offset = static_cast<size_t>(at - young_begin_);
    if (offset < young_words_) {
      move(slot, at, kind != PassKind::Minor || offset < mature_words_);
      return;
    }
    if constexpr (kind != PassKind::Major) {
      // Without fragments all that is outside the block stays: old terms and literals.
      if (heap_.fragments == nullptr || stays(at)) return;
      move(slot, at, kind == PassKind::Promote);
    } else {
      if (is_literal_pointer(at)) {
        if (!retired_.area.contains(at)) return;
        at = retired_.scratch + (at - retired_.area.begin);
      } else if (is_in_hand(at)) {
        return;
      }
      move(slot, at, true);
    }
  }

  // For a word that may hold a stale pointer to memory that is none of ours: cleared then.
  void update_if_known(Term& slot) {
    if (!is_pointer(slot)) return;
    const Term* at = pointee(slot);
    if (is_literal_pointer(at) || is_from_space(at)) {
      update(slot);
    } else {
      slot = Term::non_value();
    }
  }

  // Follows everything that has been copied.
  void finish() {
    while (true) {
      if (to_scan_ < to_) {
        to_scan_ = scan_words(to_scan_, &to_);
      } else if (!scan_old()) {
        return;
      }
    }
  }

  // After finish(): drops the binaries nobody refers to, and enters those that moved into the lists of where they are.
  void sweep_off_heap() {
    RefcBinaryObject* young = heap_.off_heap_young;
    heap_.off_heap_young = nullptr;
    heap_.off_heap_bytes = 0;
    if constexpr (kind == PassKind::Major) {
      RefcBinaryObject* old = heap_.off_heap_old;
      heap_.off_heap_old = new_literal_binaries_;
      sweep_list(old);
    }
    sweep_list(young);
  }

  Term* to() const { return to_; }
  // Of a major pass: what was the old generation, to be freed.
  OldChunk* from_old() const { return from_old_; }

 private:
  static constexpr size_t kFirstChunkWords = 64;
  static constexpr size_t kMaxChunkWords = size_t{1} << 24;

  static bool in_chunks(const OldChunk* chunk, const Term* at) {
    for (; chunk != nullptr; chunk = chunk->next) {
      if (at >= chunk->data && at < chunk->end) return true;
    }
    return false;
  }

  // Outside the block, in a pass that leaves old terms alone: whether the pointer leads to anything but a fragment of ours.
  bool stays(const Term* at) const {
    return is_literal_pointer(at) || in_chunks(heap_.old_first, at) || is_in_hand(at);
  }

  bool is_in_hand(const Term* at) const {
    for (const Fragment* fragment = in_hand_; fragment != nullptr; fragment = fragment->next) {
      if (at >= fragment->data && at < fragment->data + fragment->words) return true;
    }
    return false;
  }

  bool is_from_space(const Term* at) const {
    if (static_cast<size_t>(at - young_begin_) < young_words_) return true;
    for (const Fragment* fragment = heap_.fragments; fragment != nullptr; fragment = fragment->next) {
      if (at >= fragment->data && at < fragment->data + fragment->used) return true;
    }
    return in_chunks(kind == PassKind::Major ? from_old_ : heap_.old_first, at);
  }

  void move(Term& slot, Term* at, bool to_old) {
    if (slot.is_cons()) {
      if (!at[0].is_value()) {
        slot = at[1];
        return;
      }
      Term* target = to_old ? old_room(2) : young_room(2);
      target[0] = at[0];
      target[1] = at[1];
      slot = Term::cons(target);
      at[0] = Term::non_value();
      at[1] = slot;
      return;
    }
    Term header = at[0];
    if (!header.is_header()) {
      slot = header;
      return;
    }
    size_t words = 1 + Term::size_of(header.bits);
    Term* target = to_old ? old_room(words) : young_room(words);
    if (words <= 8) {
      for (size_t i = 0; i < words; i++) target[i] = at[i];
    } else {
      std::memcpy(static_cast<void*>(target), at, words * sizeof(Term));
    }
    slot = Term::boxed(target);
    at[0] = slot;
    if (kind == PassKind::Major && retired_.scratch != nullptr) adopt_literal_binary(at, header, target);
  }

  // A binary that was a literal's has one more object referring to it: the copy.
  void adopt_literal_binary(const Term* at, Term header, Term* target) {
    size_t area_words = static_cast<size_t>(retired_.area.end - retired_.area.begin);
    if (static_cast<size_t>(at - retired_.scratch) >= area_words) return;
    if (Term::subtag_of(header.bits) != Subtag::RefcBinary) return;
    auto* object = reinterpret_cast<RefcBinaryObject*>(target);
    retain_binary(object->binary);
    object->next = new_literal_binaries_;
    new_literal_binaries_ = object;
  }

  Term* young_room(size_t words) {
    Term* at = to_;
    to_ += words;
    return at;
  }

  Term* old_room(size_t words) {
    OldChunk* chunk = heap_.old_last;
    if (chunk == nullptr || static_cast<size_t>(chunk->end - chunk->top) < words) chunk = add_chunk(words);
    Term* at = chunk->top;
    chunk->top += words;
    heap_.old_words += words;
    return at;
  }

  OldChunk* add_chunk(size_t words) {
    size_t size = std::clamp<size_t>(heap_.old_words, kFirstChunkWords, kMaxChunkWords);
    OldChunk* chunk = make_old_chunk(std::max(size, words));
    (heap_.old_last == nullptr ? heap_.old_first : heap_.old_last->next) = chunk;
    heap_.old_last = chunk;
    if (scan_chunk_ == nullptr) {
      scan_chunk_ = chunk;
      scan_at_ = chunk->data;
    }
    return chunk;
  }

  // Whether there was anything to scan.
  bool scan_old() {
    if (scan_chunk_ == nullptr) return false;
    if (scan_at_ < scan_chunk_->top) {
      scan_at_ = scan_words(scan_at_, &scan_chunk_->top);
      return true;
    }
    if (scan_chunk_->next == nullptr) return false;
    scan_chunk_ = scan_chunk_->next;
    scan_at_ = scan_chunk_->data;
    return true;
  }

  // Scans up to *top, which moves while objects are added behind it. Returns where it stopped.
  Term* scan_words(Term* at, Term* const* top) {
    while (at < *top) {
      if (at->is_header()) {
        at += is_raw_header(at->bits) ? 1 + Term::size_of(at->bits) : 1;
      } else {
        update(*at);
        at++;
      }
    }
    return at;
  }

  void sweep_list(RefcBinaryObject* object) {
    while (object != nullptr) {
      RefcBinaryObject* next = object->next;
      if (object->header.is_header()) {
        release_binary(object->binary);
      } else {
        auto* moved = reinterpret_cast<RefcBinaryObject*>(object->header.boxed());
        bool is_old = kind != PassKind::Minor || in_chunks(heap_.old_first, &moved->header);
        RefcBinaryObject*& list = is_old ? heap_.off_heap_old : heap_.off_heap_young;
        moved->next = list;
        list = moved;
      }
      object = next;
    }
  }

  Heap& heap_;
  Term* const young_begin_;
  const size_t young_words_;
  const size_t mature_words_;
  Term* to_;
  Term* to_scan_;
  OldChunk* scan_chunk_ = nullptr;
  Term* scan_at_ = nullptr;
  OldChunk* from_old_ = nullptr;
  RefcBinaryObject* new_literal_binaries_ = nullptr;
  // The fragments of a message that is looked at but not ours yet; null most of the time.
  const Fragment* const in_hand_;
  const RetiredLiterals retired_;
};

}  // namespace hj::rt
