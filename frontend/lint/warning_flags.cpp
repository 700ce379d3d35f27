#include "frontend/lint/warning_flags.h"

#include <algorithm>

namespace hj::lint {

namespace {

struct FlagInfo {
  WarningFlag flag;
  std::string_view name;
  bool by_default;
};

}  // namespace

static constexpr FlagInfo kFlags[] = {
#define HJ_WARNING_FLAG(flag, name, by_default) {WarningFlag::flag, name, by_default},
#include "frontend/lint/warning_flags.def"
#undef HJ_WARNING_FLAG
};

WarningFlags::WarningFlags() {
  for (const FlagInfo& info : kFlags) set(info.flag, info.by_default);
}

void WarningFlags::apply_option(std::string_view option) {
  bool value = true;
  if (option.starts_with("nowarn_")) {
    value = false;
    option.remove_prefix(7);
  } else if (option.starts_with("warn_")) {
    option.remove_prefix(5);
  } else {
    return;
  }
  auto found = std::ranges::find(kFlags, option, &FlagInfo::name);
  if (found != std::end(kFlags)) set(found->flag, value);
}

}  // namespace hj::lint
