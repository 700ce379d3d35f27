#include "frontend/lint/spelling.h"

#include <algorithm>
#include <array>

namespace hj::lint {

// Longer names are not guessed: the table is quadratic.
static constexpr size_t kMaxGuessedLength = 64;

size_t edit_distance(std::string_view a, std::string_view b, size_t limit) {
  size_t difference = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (difference > limit || a.size() > kMaxGuessedLength || b.size() >= 2 * kMaxGuessedLength) return limit + 1;
  // Rows of the usual table: two back, one back, current.
  std::array<size_t, kMaxGuessedLength * 2> rows[3];
  size_t* older = rows[0].data();
  size_t* previous = rows[1].data();
  size_t* current = rows[2].data();
  for (size_t j = 0; j <= b.size(); ++j) previous[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      size_t replaced = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      current[j] = std::min({replaced, previous[j] + 1, current[j - 1] + 1});
      bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) current[j] = std::min(current[j], older[j - 2] + 1);
    }
    std::swap(older, previous);
    std::swap(previous, current);
  }
  return std::min(previous[b.size()], limit + 1);
}

SpellingGuess::SpellingGuess(std::string_view wanted)
    : wanted_(wanted), best_distance_(wanted.size() / 3 + (wanted.size() == 2 ? 1 : 0) + 1) {}

void SpellingGuess::offer(std::string_view candidate) {
  if (candidate == wanted_ || best_distance_ == 0) return;
  size_t distance = edit_distance(wanted_, candidate, best_distance_ - 1);
  // A candidate that shares nothing with the name is no guess, however short both are.
  if (distance >= best_distance_ || distance >= candidate.size()) return;
  best_ = candidate;
  best_distance_ = distance;
}

}  // namespace hj::lint
