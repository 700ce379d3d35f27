// Typed 32-bit ids: indices into flat arrays that cannot be mixed up.
#pragma once
#include <compare>
#include <cstdint>
#include <functional>

namespace hj {

template <class Tag>
struct Id {
  static constexpr uint32_t kNone = UINT32_MAX;
  uint32_t index = kNone;

  constexpr Id() = default;
  constexpr explicit Id(uint32_t i) : index(i) {}
  constexpr explicit Id(size_t i) : index(static_cast<uint32_t>(i)) {}
  constexpr bool valid() const { return index != kNone; }
  constexpr auto operator<=>(const Id&) const = default;
};

}  // namespace hj

template <class Tag>
struct std::hash<hj::Id<Tag>> {
  size_t operator()(hj::Id<Tag> id) const noexcept { return id.index; }
};
