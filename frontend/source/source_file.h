// Source texts and places in them.
//
// A Loc is one 32-bit number: an offset into the concatenation of all texts a compilation has read. That keeps tokens
// and AST nodes small; SourceMap turns it back into file, line and column only when somebody asks.
//
// Invariants:
//   S1  A file's text never changes after add(); a later edit is another file.
//   S2  Each file occupies text.size() + 1 locations, so that "end of file" has a place of its own.
//   S3  Columns count characters (code points), from 1; lines count from 1.
//
// A token that comes from a macro carries the place of the macro's call: errors are reported where the programmer wrote
// the call, as erlc does.
//
// Threads: owner only; one SourceMap per compilation.
#pragma once
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace hj {

struct Loc {
  uint32_t offset = 0;
  constexpr auto operator<=>(const Loc&) const = default;
};

// Half open: [begin, end). Both in the same file.
struct Span {
  Loc begin;
  Loc end;
};

struct SourcePosition {
  std::string_view file;  // the name as -file or the command line gave it
  uint32_t line = 0;
  uint32_t column = 0;
};

class SourceMap {
 public:
  // Adds a file. The text must be UTF-8 (the caller has decoded latin1 when an encoding comment says so).
  Loc add(std::string name, std::string text);

  SourcePosition position(Loc loc) const;
  // The text of the line loc is in, without its newline.
  std::string_view line_text(Loc loc) const;
  // The whole text of the file loc is in.
  std::string_view file_text(Loc loc) const;
  std::string_view file_name(Loc loc) const;
  Loc file_begin(Loc loc) const;

  // From here on, positions in this file are reported under another name and line: the -file attribute.
  void set_line_override(Loc from, std::string name, uint32_t line);

 private:
  struct LineOverride {
    uint32_t from_offset;
    std::string name;
    int64_t line_delta;
  };
  struct File {
    std::string name;
    std::string text;
    uint32_t begin;
    std::vector<uint32_t> line_starts;
    // How many UTF-8 continuation bytes stand before each block of kColumnBlockBytes: columns in a line of a megabyte
    // cost no more than in a short one.
    std::vector<uint32_t> continuation_counts;
    std::vector<LineOverride> overrides;
  };
  static constexpr uint32_t kColumnBlockBytes = 256;
  static uint32_t continuation_bytes_before(const File& file, uint32_t offset);
  const File& file_of(Loc loc) const;
  // A deque, so that string_views into names and texts stay valid.
  std::deque<File> files_;
};

}  // namespace hj
