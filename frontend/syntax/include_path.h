// Where -include and -include_lib find files.
//
// Threads: any thread.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "frontend/pipeline.h"

namespace hj::syntax {

// The path of the file an include names: beside the file that includes it, in the current directory, beside the module's
// source, in the include directories, and then with its first part as an application's name. "$VAR/..." at the front is
// replaced by the environment's value. Nothing when there is no such regular file.
std::optional<std::string> find_include(const std::string& name, const std::string& including_file,
                                        const std::string& source_file, const CompileOptions& options);

}  // namespace hj::syntax
