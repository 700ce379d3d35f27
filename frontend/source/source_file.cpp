#include "frontend/source/source_file.h"

#include <algorithm>

#include "base/check.h"

namespace hj {

static bool is_continuation_byte(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

Loc SourceMap::add(std::string name, std::string text) {
  File file;
  file.name = std::move(name);
  file.text = std::move(text);
  file.begin = 0;
  if (!files_.empty()) {
    const File& last = files_.back();
    file.begin = last.begin + static_cast<uint32_t>(last.text.size()) + 1;
  }
  HJ_CHECK(uint64_t{file.begin} + file.text.size() < UINT32_MAX, "S2: sources of more than 4 GB");
  file.line_starts.push_back(0);
  uint32_t continuation_count = 0;
  for (size_t i = 0; i < file.text.size(); ++i) {
    if (i % kColumnBlockBytes == 0) file.continuation_counts.push_back(continuation_count);
    if (is_continuation_byte(file.text[i])) ++continuation_count;
    if (file.text[i] == '\n') file.line_starts.push_back(static_cast<uint32_t>(i + 1));
  }
  files_.push_back(std::move(file));
  return Loc{files_.back().begin};
}

const SourceMap::File& SourceMap::file_of(Loc loc) const {
  auto after = std::upper_bound(files_.begin(), files_.end(), loc.offset,
                                [](uint32_t offset, const File& file) { return offset < file.begin; });
  HJ_CHECK(after != files_.begin(), "a place outside every file: {}", loc.offset);
  return *std::prev(after);
}

uint32_t SourceMap::continuation_bytes_before(const File& file, uint32_t offset) {
  if (offset == 0) return 0;
  uint32_t block = (offset - 1) / kColumnBlockBytes;
  uint32_t count = file.continuation_counts[block];
  for (uint32_t i = block * kColumnBlockBytes; i < offset; ++i)
    if (is_continuation_byte(file.text[i])) ++count;
  return count;
}

// Index into line_starts of the line that holds this offset into the file.
static size_t line_index(const std::vector<uint32_t>& line_starts, uint32_t offset) {
  return static_cast<size_t>(std::upper_bound(line_starts.begin(), line_starts.end(), offset) - line_starts.begin()) - 1;
}

SourcePosition SourceMap::position(Loc loc) const {
  const File& file = file_of(loc);
  uint32_t offset = std::min(loc.offset - file.begin, static_cast<uint32_t>(file.text.size()));
  size_t index = line_index(file.line_starts, offset);

  SourcePosition result;
  result.file = file.name;
  result.line = static_cast<uint32_t>(index + 1);
  uint32_t line_start = file.line_starts[index];
  uint32_t continuation_count = continuation_bytes_before(file, offset) - continuation_bytes_before(file, line_start);
  result.column = 1 + (offset - line_start) - continuation_count;

  auto after = std::upper_bound(file.overrides.begin(), file.overrides.end(), offset,
                                [](uint32_t at, const LineOverride& change) { return at < change.from_offset; });
  if (after != file.overrides.begin()) {
    const LineOverride& change = *std::prev(after);
    result.file = change.name;
    result.line = static_cast<uint32_t>(static_cast<int64_t>(result.line) + change.line_delta);
  }
  return result;
}

std::string_view SourceMap::line_text(Loc loc) const {
  const File& file = file_of(loc);
  uint32_t offset = std::min(loc.offset - file.begin, static_cast<uint32_t>(file.text.size()));
  size_t begin = file.line_starts[line_index(file.line_starts, offset)];
  size_t end = std::min(file.text.find('\n', begin), file.text.size());
  if (end > begin && file.text[end - 1] == '\r') --end;
  return std::string_view(file.text).substr(begin, end - begin);
}

std::string_view SourceMap::file_text(Loc loc) const { return file_of(loc).text; }
std::string_view SourceMap::file_name(Loc loc) const { return file_of(loc).name; }
Loc SourceMap::file_begin(Loc loc) const { return Loc{file_of(loc).begin}; }

void SourceMap::set_line_override(Loc from, std::string name, uint32_t line) {
  File& file = const_cast<File&>(file_of(from));
  uint32_t offset = from.offset - file.begin;
  auto physical = static_cast<int64_t>(line_index(file.line_starts, offset) + 1);
  HJ_CHECK(file.overrides.empty() || file.overrides.back().from_offset <= offset, "line overrides out of order");
  file.overrides.push_back({offset, std::move(name), int64_t{line} - physical});
}

}  // namespace hj
