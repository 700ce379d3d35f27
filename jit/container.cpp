#include "jit/container.h"

#include <memory>
#include <optional>
#include <sstream>

namespace hj::jit {

namespace {

constexpr std::string_view kForm = "FOR1";
constexpr std::string_view kBeam = "BEAM";
constexpr std::string_view kAtomChunk = "AtU8";
constexpr std::string_view kCoreChunk = "HJCO";
// Changed when Core's text changes so that older containers mean something else.
constexpr uint32_t kCoreFormat = 1;
constexpr size_t kWordBytes = 4;

void append_u32(std::string& out, uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<char>(value >> shift));
}

void append_chunk(std::string& out, std::string_view name, std::string_view data) {
  out += name;
  append_u32(out, static_cast<uint32_t>(data.size()));
  out += data;
  out.append((kWordBytes - data.size() % kWordBytes) % kWordBytes, '\0');
}

std::optional<uint32_t> read_u32(std::string_view& bytes) {
  if (bytes.size() < kWordBytes) return {};
  uint32_t value = 0;
  for (size_t i = 0; i < kWordBytes; ++i) value = value << 8 | static_cast<uint8_t>(bytes[i]);
  bytes.remove_prefix(kWordBytes);
  return value;
}

// The chunk's data, or none.
std::optional<std::string_view> find_chunk(std::string_view bytes, std::string_view wanted) {
  while (bytes.size() >= 2 * kWordBytes) {
    const std::string_view name = bytes.substr(0, kWordBytes);
    bytes.remove_prefix(kWordBytes);
    const size_t size = *read_u32(bytes);
    if (size > bytes.size()) return {};
    if (name == wanted) return bytes.substr(0, size);
    bytes.remove_prefix(std::min(bytes.size(), (size + kWordBytes - 1) / kWordBytes * kWordBytes));
  }
  return {};
}

}  // namespace

std::string write_container(const core::Module& module) {
  std::string atoms;
  append_u32(atoms, 1);
  atoms.push_back(static_cast<char>(module.name.size()));
  atoms += module.name;

  std::ostringstream text;
  core::dump_core(module, text);
  std::string core_data;
  append_u32(core_data, kCoreFormat);
  core_data += text.view();

  std::string chunks(kBeam);
  append_chunk(chunks, kAtomChunk, atoms);
  append_chunk(chunks, kCoreChunk, core_data);
  std::string out(kForm);
  append_u32(out, static_cast<uint32_t>(chunks.size()));
  return out + chunks;
}

Result<std::unique_ptr<core::Module>> read_container(std::string_view bytes) {
  if (!bytes.starts_with(kForm)) return Error{"not a container of code"};
  bytes.remove_prefix(kForm.size());
  const auto size = read_u32(bytes);
  if (!size || *size > bytes.size() || *size < kBeam.size() || !bytes.starts_with(kBeam)) return Error{"a damaged container of code"};
  auto data = find_chunk(bytes.substr(kBeam.size(), *size - kBeam.size()), kCoreChunk);
  if (!data) return Error{"a container without code for hotjit"};
  if (read_u32(*data) != kCoreFormat) return Error{"a container made by another version of hotjit"};

  auto module = std::make_unique<core::Module>();
  core::ReadError error;
  if (!core::read_core(*data, *module, error)) return Error{fmt::format("line {}: {}", error.line, error.message)};
  if (std::string broken = core::verify_core(*module); !broken.empty()) return Error{broken};
  return module;
}

}  // namespace hj::jit
