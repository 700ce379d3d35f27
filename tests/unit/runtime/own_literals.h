// A term's words in an area of the literal range, as a version's literals stand.
//
// Threads: one.
#pragma once
#include "runtime/code/code_space.h"
#include "runtime/heap/copy.h"
#include "runtime/heap/object_layout.h"
#include "runtime/heap/retiring_literals.h"

namespace hj::rt::testing {

enum class AreaOwner : uint8_t { Test, Collector };

class OwnLiterals {
 public:
  explicit OwnLiterals(Term term, AreaOwner owner = AreaOwner::Test) : owner_(owner), words_(copied_words(term)) {
    HJ_CHECK(reserve_code_space().ok(), "no code space");
    area_ = reinterpret_cast<Term*>(allocate_code_space(CodeSpaceArea::Literals, bytes()).value());
    Fragment* fragment = make_fragment(words_);
    copied_words(term);
    Term inside = copy_to_fragment(term, *fragment);
    auto distance = static_cast<uint64_t>(reinterpret_cast<char*>(area_) - reinterpret_cast<char*>(fragment->data));
    for (size_t i = 0; i < words_;) {
      bool is_raw = fragment->data[i].is_header() && is_raw_header(fragment->data[i].bits);
      for (size_t end = i + 1 + (is_raw ? Term::size_of(fragment->data[i].bits) : 0); i < end; i++) {
        area_[i] = fragment->data[i];
        if (!is_raw && is_pointer(area_[i])) area_[i].bits += distance;
      }
    }
    literal_.bits = inside.bits + distance;
    // The area's objects hold the references to binaries now.
    fragment->off_heap = nullptr;
    free_fragment(fragment);
  }
  ~OwnLiterals() {
    if (owner_ != AreaOwner::Test) return;
    for (size_t i = 0; i < words_; i += area_[i].is_header() ? 1 + Term::size_of(area_[i].bits) : 2) {
      if (area_[i].is_header() && Term::subtag_of(area_[i].bits) == Subtag::RefcBinary)
        release_binary(reinterpret_cast<RefcBinaryObject*>(area_ + i)->binary);
    }
    free_code_space(CodeSpaceArea::Literals, reinterpret_cast<char*>(area_), bytes());
  }
  OwnLiterals(const OwnLiterals&) = delete;
  OwnLiterals& operator=(const OwnLiterals&) = delete;

  Term literal() const { return literal_; }
  LiteralArea area() const { return {area_, area_ + words_}; }
  Term* begin() const { return area_; }
  Term* end() const { return area_ + words_; }

 private:
  size_t bytes() const { return words_ * sizeof(Term); }

  const AreaOwner owner_;
  const size_t words_;
  Term* area_;
  Term literal_;
};

}  // namespace hj::rt::testing
