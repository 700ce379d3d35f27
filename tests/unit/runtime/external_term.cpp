#include "tests/unit/runtime/external_term.h"

#include <algorithm>
#include <bit>
#include <vector>

#include "base/check.h"
#include "runtime/heap/build.h"
#include "runtime/term/atoms.h"
#include "runtime/term/bigint.h"
#include "runtime/term/order.h"
#include "runtime/term/utf8.h"

namespace hj::rt {
namespace {

class Decoder {
 public:
  Decoder(Process& process, std::string_view bytes) : process_(process), bytes_(bytes) {}

  Term decode() {
    HJ_CHECK(number(1) == 131, "no external term");
    return term();
  }

 private:
  uint64_t number(int count) {
    uint64_t value = 0;
    for (; count > 0; count--) value = value << 8 | static_cast<uint8_t>(bytes_[at_++]);
    return value;
  }

  std::string_view take(size_t count) {
    std::string_view taken = bytes_.substr(at_, count);
    at_ += count;
    return taken;
  }

  Term term() {
    uint64_t tag = number(1);
    switch (tag) {
      case 97: return Term::from_small(static_cast<int64_t>(number(1)));
      case 98: return Term::from_small(static_cast<int32_t>(number(4)));
      case 70: return make_float(process_, std::bit_cast<double>(number(8)));
      case 110: return big(number(1));
      case 111: return big(number(4));
      case 100: return latin1_atom(number(2));
      case 115: return latin1_atom(number(1));
      case 118: return intern_atom(take(number(2)));
      case 119: return intern_atom(take(number(1)));
      case 104: return rt::make_tuple(process_, terms(number(1)));
      case 105: return rt::make_tuple(process_, terms(number(4)));
      case 106: return Term::nil();
      case 107: return string(number(2));
      case 108: {
        std::vector<Term> elements = terms(number(4));
        Term tail = term();
        return make_list(process_, elements, tail);
      }
      case 109: return make_binary(process_, take(number(4)));
      case 116: return map(number(4));
      default: HJ_UNREACHABLE("external tag {}", tag);
    }
  }

  std::vector<Term> terms(uint64_t count) {
    std::vector<Term> elements(count);
    for (Term& element : elements) element = term();
    return elements;
  }

  Term latin1_atom(uint64_t count) {
    std::string text;
    for (char c : take(count)) append_utf8(text, static_cast<uint8_t>(c));
    return intern_atom(text);
  }

  Term string(uint64_t count) {
    std::vector<Term> elements;
    for (char c : take(count)) elements.push_back(Term::from_small(static_cast<uint8_t>(c)));
    return make_list(process_, elements);
  }

  Term big(uint64_t count) {
    bool negative = number(1) != 0;
    std::string text(negative ? "-" : "");
    std::string_view digits = take(count);
    for (size_t i = digits.size(); i > 0; i--) text += fmt::format("{:02x}", static_cast<uint8_t>(digits[i - 1]));
    return integer_from_text(process_, text, 16);
  }

  Term map(uint64_t count) {
    std::vector<std::pair<Term, Term>> pairs(count);
    for (auto& [key, value] : pairs) {
      key = term();
      value = term();
    }
    std::sort(pairs.begin(), pairs.end(), [](const auto& a, const auto& b) { return compare_exact(a.first, b.first) < 0; });
    std::vector<Term> keys;
    for (const auto& pair : pairs) keys.push_back(pair.first);
    Term* object = heap_alloc(process_, count + 2);
    object[0] = Term::header(Subtag::FlatMap, count + 1);
    object[1] = rt::make_tuple(process_, keys);
    for (size_t i = 0; i < count; i++) object[2 + i] = pairs[i].second;
    return Term::boxed(object);
  }

  Process& process_;
  std::string_view bytes_;
  size_t at_ = 0;
};

}  // namespace

Term decode_external(Process& process, std::string_view bytes) { return Decoder(process, bytes).decode(); }

}  // namespace hj::rt
