#include "runtime/heap/copy.h"

#include <algorithm>
#include <cstring>
#include <vector>

#include "base/check.h"
#include "runtime/code/code_space.h"
#include "runtime/heap/build.h"
#include "runtime/heap/object_layout.h"
#include "runtime/heap/retiring_literals.h"
#include "runtime/process/process.h"

namespace hj::rt {

std::atomic<const LiteralArea*> retiring_literals{nullptr};

namespace {

// Which literals are copied, in the view of one thread between two quiet points (CP1, L1).
thread_local LiteralArea copied_literals{nullptr, nullptr};

void look_at_retiring_literals() {
  // Acquire: pairs with the release store of the literal collector; the object is constant.
  const LiteralArea* area = retiring_literals.load(std::memory_order_acquire);
  copied_literals = area == nullptr ? LiteralArea{nullptr, nullptr} : *area;
}

bool is_shared(const Term* at, LiteralPolicy policy) {
  return policy == LiteralPolicy::Share && is_literal_pointer(at) && !copied_literals.contains(at);
}

// The terms inside an object still to be counted.
struct Rest {
  const Term* next;
  const Term* end;
};

// More room than this for the counting pass is given back after a term that needed it.
constexpr size_t kKeptRests = 4096;

// Copies objects to rising addresses: Cheney's way, with the target as the queue. A word of the target that points into the
// target has been dealt with (the tails of a list, which are copied cell behind cell), any other still points to the source.
class Copier {
 public:
  Copier(Term* target, LiteralPolicy policy) : begin_(target), top_(target), policy_(policy) {}

  Term copy(Term root) {
    copy_pointee(root);
    for (Term* at = begin_; at < top_;) {
      if (at->is_header()) {
        at += is_raw_header(at->bits) ? 1 + Term::size_of(at->bits) : 1;
        continue;
      }
      if (is_pointer(*at) && !is_copied(pointee(*at))) copy_pointee(*at);
      at++;
    }
    return root;
  }

  Term* top() const { return top_; }
  RefcBinaryObject* off_heap() const { return off_heap_; }
  RefcBinaryObject* last_off_heap() const { return last_off_heap_; }

 private:
  bool is_copied(const Term* at) const { return at >= begin_ && at < top_; }

  void copy_pointee(Term& slot) {
    if (!is_pointer(slot) || is_shared(pointee(slot), policy_)) return;
    if (slot.is_cons()) {
      slot = copy_list(slot);
      return;
    }
    const Term* source = slot.boxed();
    size_t words = 1 + Term::size_of(source->bits);
    Term* target = top_;
    std::memcpy(static_cast<void*>(target), source, words * sizeof(Term));
    top_ += words;
    slot = Term::boxed(target);
    if (Term::subtag_of(target->bits) == Subtag::RefcBinary) adopt(reinterpret_cast<RefcBinaryObject*>(target));
  }

  // The whole spine, so that lists stay together.
  Term copy_list(Term list) {
    Term copied = Term::cons(top_);
    while (true) {
      Term* cell = top_;
      top_ += 2;
      cell[0] = list.head();
      list = list.tail();
      if (!list.is_cons() || is_shared(list.cons(), policy_)) {
        cell[1] = list;
        return copied;
      }
      cell[1] = Term::cons(top_);
    }
  }

  void adopt(RefcBinaryObject* object) {
    retain_binary(object->binary);
    object->next = off_heap_;
    if (off_heap_ == nullptr) last_off_heap_ = object;
    off_heap_ = object;
  }

  Term* const begin_;
  Term* top_;
  const LiteralPolicy policy_;
  RefcBinaryObject* off_heap_ = nullptr;
  RefcBinaryObject* last_off_heap_ = nullptr;
};

}  // namespace

size_t copied_words(Term root, LiteralPolicy policy) {
  if (!is_pointer(root)) return 0;
  look_at_retiring_literals();
  if (is_shared(pointee(root), policy)) return 0;
  size_t words = 0;
  // As deep as terms nest to the left; a list's tail replaces its cell. Kept, so that a small message allocates nothing.
  thread_local std::vector<Rest> todo;
  todo.push_back({&root, &root + 1});
  while (!todo.empty()) {
    Term term = *todo.back().next++;
    if (todo.back().next == todo.back().end) todo.pop_back();
    if (!is_pointer(term) || is_shared(pointee(term), policy)) continue;
    const Term* at = pointee(term);
    if (term.is_cons()) {
      words += 2;
      todo.push_back({at, at + 2});
      continue;
    }
    uint64_t size = Term::size_of(at->bits);
    words += 1 + size;
    if (size > 0 && !is_raw_header(at->bits)) todo.push_back({at + 1, at + 1 + size});
  }
  if (todo.capacity() > kKeptRests) todo.shrink_to_fit();
  return words;
}

Term copy_to_fragment(Term term, Fragment& fragment, LiteralPolicy policy) {
  Copier copier(fragment.data + fragment.used, policy);
  Term copied = copier.copy(term);
  fragment.used = static_cast<uint64_t>(copier.top() - fragment.data);
  HJ_CHECK(fragment.used <= fragment.words, "CP1: a copy took {} words of {}", fragment.used, fragment.words);
  if (copier.off_heap() != nullptr) {
    copier.last_off_heap()->next = fragment.off_heap;
    fragment.off_heap = copier.off_heap();
  }
  return copied;
}

Term copy_to_heap(Process& process, Term term) {
  size_t words = copied_words(term);
  if (words == 0) return term;
  Copier copier(heap_alloc(process, words), LiteralPolicy::Share);
  Term copied = copier.copy(term);
  for (RefcBinaryObject* object = copier.off_heap(); object != nullptr;) {
    RefcBinaryObject* next = object->next;
    object->next = process.heap.off_heap_young;
    process.heap.off_heap_young = object;
    object = next;
  }
  return copied;
}

}  // namespace hj::rt
