#include "runtime/heap/verify_heap.h"

#include <algorithm>
#include <vector>

#include "base/check.h"
#include "runtime/code/code_space.h"
#include "runtime/heap/heap.h"
#include "runtime/heap/object_layout.h"
#include "runtime/heap/roots.h"

namespace hj::rt {

namespace {

// Larger heaps are verified at every kSampling-th collection: checking costs more than collecting.
constexpr uint64_t kAlwaysVerifiedWords = 16 * 1024;
constexpr uint64_t kSampling = 64;

enum class Place { Block, Old };

class HeapVerifier {
 public:
  explicit HeapVerifier(Process& process) : process_(process), heap_(process.heap) {}

  std::string run() {
    check_block_order();
    if (!problem_.empty()) return problem_;
    index_objects(heap_.begin, process_.hp, block_objects_);
    uint64_t old_words = 0;
    for (const OldChunk* chunk = heap_.old_first; chunk != nullptr; chunk = chunk->next) {
      index_objects(chunk->data, chunk->top, old_objects_);
      old_words += static_cast<uint64_t>(chunk->top - chunk->data);
    }
    std::sort(old_objects_.begin(), old_objects_.end());
    if (old_words != heap_.old_words) report("old_words is {}, the chunks hold {}", heap_.old_words, old_words);
    if (heap_.fragments != nullptr) report("G3: there are fragments");
    check_contents(heap_.begin, process_.hp, Place::Block);
    for (const OldChunk* chunk = heap_.old_first; chunk != nullptr; chunk = chunk->next)
      check_contents(chunk->data, chunk->top, Place::Old);
    for_each_root(process_, [&](Term& root) { check_term(root, Place::Block, "a root"); });
    check_off_heap(heap_.off_heap_young, block_objects_, "off_heap_young");
    check_off_heap(heap_.off_heap_old, old_objects_, "off_heap_old");
    return problem_;
  }

 private:
  template <class... Args>
  void report(fmt::format_string<Args...> format, Args&&... args) {
    if (problem_.empty()) problem_ = fmt::format(format, std::forward<Args>(args)...);
  }

  void check_block_order() {
    if (!(heap_.begin <= heap_.high_water && heap_.high_water <= process_.hp && process_.hp <= process_.sp &&
          process_.sp <= heap_.end))
      report("H1: begin {}, high_water {}, hp {}, sp {}, end {}", static_cast<void*>(heap_.begin),
             static_cast<void*>(heap_.high_water), static_cast<void*>(process_.hp), static_cast<void*>(process_.sp),
             static_cast<void*>(heap_.end));
  }

  // Objects stand in address order within one area.
  void index_objects(const Term* at, const Term* end, std::vector<const Term*>& objects) {
    while (at < end && problem_.empty()) {
      objects.push_back(at);
      if (!at->is_value()) report("G3: a non-value where an object begins, at {}", static_cast<const void*>(at));
      uint64_t words = at->is_header() ? 1 + Term::size_of(at->bits) : 2;
      if (words > static_cast<uint64_t>(end - at)) report("G3: the object at {} is cut off", static_cast<const void*>(at));
      at += words;
    }
  }

  void check_contents(const Term* at, const Term* end, Place place) {
    while (at < end && problem_.empty()) {
      if (at->is_header()) {
        at += is_raw_header(at->bits) ? 1 + Term::size_of(at->bits) : 1;
      } else {
        check_term(*at++, place, place == Place::Old ? "an old term" : "a young term");
      }
    }
  }

  static bool contains(const std::vector<const Term*>& objects, const Term* at) {
    return std::binary_search(objects.begin(), objects.end(), at);
  }

  void check_term(Term term, Place from, const char* where) {
    if (!is_pointer(term)) {
      if (term.is_header()) report("{} holds the header {:#x}", where, term.bits);
      return;
    }
    const Term* at = pointee(term);
    if (is_literal_pointer(at) || is_in_message(at)) return;
    bool in_block = at >= heap_.begin && at < process_.hp;
    if (in_block && from == Place::Old) report("H2: {} points into the block at {}", where, static_cast<const void*>(at));
    if (!contains(in_block ? block_objects_ : old_objects_, at)) {
      report("{} points to {}, where no object begins", where, static_cast<const void*>(at));
      return;
    }
    if (term.is_boxed() != at->is_header()) report("{} takes {} for the wrong kind", where, static_cast<const void*>(at));
  }

  // A message that has been looked at but not accepted may be referred to.
  bool is_in_message(const Term* at) const {
    for (const Signal* signal = process_.inbox.first; signal != nullptr; signal = signal->next) {
      for (const Fragment* fragment = signal->fragment; fragment != nullptr; fragment = fragment->next) {
        if (at >= fragment->data && at < fragment->data + fragment->words) return true;
      }
    }
    return false;
  }

  void check_off_heap(const RefcBinaryObject* object, const std::vector<const Term*>& objects, const char* list) {
    uint64_t in_list = 0;
    for (; object != nullptr && problem_.empty(); object = object->next, in_list++) {
      if (!contains(objects, &object->header)) report("H3: {} leads out of its area", list);
    }
    auto in_area = std::count_if(objects.begin(), objects.end(), [](const Term* at) {
      return at->is_header() && Term::subtag_of(at->bits) == Subtag::RefcBinary;
    });
    if (in_list != static_cast<uint64_t>(in_area)) report("H3: {} has {} objects, its area {}", list, in_list, in_area);
  }

  Process& process_;
  Heap& heap_;
  std::vector<const Term*> block_objects_;
  std::vector<const Term*> old_objects_;
  std::string problem_;
};

}  // namespace

std::string verify_heap(Process& process) { return HeapVerifier(process).run(); }

void verify_after_collection(Process& process) {
  const Heap& heap = process.heap;
  uint64_t words = heap.block_words() + heap.old_words;
  if (words > kAlwaysVerifiedWords && (heap.minor_count + heap.major_count) % kSampling != 0) return;
  std::string problem = verify_heap(process);
  HJ_CHECK(problem.empty(), "{}", problem);
}

}  // namespace hj::rt
