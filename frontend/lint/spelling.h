// "Did you mean": the known name nearest to a misspelt one.
//
// Threads: any thread.
#pragma once
#include <string>
#include <string_view>

namespace hj::lint {

// Offer every candidate, then ask. A name is near when at most a third of it has to be edited (insertions, deletions,
// replacements and swapped neighbours count one each); short names must not turn into anything.
class SpellingGuess {
 public:
  explicit SpellingGuess(std::string_view wanted);
  void offer(std::string_view candidate);
  // The nearest candidate, the first of equals; empty when none is near.
  std::string_view best() const { return best_; }

 private:
  std::string_view wanted_;
  std::string_view best_;
  size_t best_distance_;
};

// Edits that turn a into b; gives up above `limit` with limit + 1.
size_t edit_distance(std::string_view a, std::string_view b, size_t limit);

}  // namespace hj::lint
