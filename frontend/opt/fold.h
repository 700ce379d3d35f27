// Operations on constants whose value is sure: no errors, no floats that the machine might round in another way, no
// integers beyond 64 bits.
//
// Threads: any thread, a module has one owner.
#pragma once
#include <optional>

#include "frontend/core/core.h"

namespace hj::opt {

std::optional<core::LiteralId> fold_bif(core::Module& module, core::Bif bif, const std::vector<core::Operand>& args);
// A tuple or cons of constants; nothing when the constant would get large, or one operand is no constant.
std::optional<core::LiteralId> fold_tuple(core::Module& module, const std::vector<core::Operand>& elements);
std::optional<core::LiteralId> fold_cons(core::Module& module, core::Operand head, core::Operand tail);
// args0 test args1 of two constants.
std::optional<bool> fold_comparison(const core::Module& module, core::TestKind test, core::LiteralId a,
                                    core::LiteralId b);

}  // namespace hj::opt
