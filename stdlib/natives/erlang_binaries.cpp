// erlang's BIFs that make binaries and read them: io lists, parts, and conversions from and to text.
#include <string>
#include <vector>

#include "runtime/heap/build.h"
#include "runtime/process/process.h"
#include "runtime/term/atoms.h"
#include "runtime/term/bigint.h"
#include "runtime/term/binary.h"
#include "runtime/term/utf8.h"
#include "stdlib/natives/all_natives.h"
#include "stdlib/natives/chardata.h"
#include "stdlib/natives/number_text.h"

namespace hj::stdlib {

using namespace hj::rt;

// -- io lists

// The bytes of an io list (bytes, binaries and io lists, a binary in the end of any list), or false.
static bool append_io_list(std::string& out, Term term) {
  std::vector<Term> rest{term};
  while (!rest.empty()) {
    const Term part = rest.back();
    rest.pop_back();
    if (part.is_cons()) {
      const Term head = part.head();
      const Term tail = part.tail();
      if (!tail.is_list() && !is_binary(tail)) return false;
      rest.push_back(tail);
      if (head.is_small()) {
        if (head.small() < 0 || head.small() > 255) return false;
        out += static_cast<char>(head.small());
      } else {
        rest.push_back(head);
      }
    } else if (part.is_boxed() && is_binary(part)) {
      out += binary_bytes(part);
    } else if (!part.is_nil()) {
      return false;
    }
  }
  return true;
}

static Term erlang_iolist_to_binary(Process& p, Term io_list) noexcept {
  if (is_binary(io_list)) return io_list;
  std::string bytes;
  return append_io_list(bytes, io_list) ? make_binary(p, bytes) : raise_badarg(p);
}
static Term erlang_list_to_binary(Process& p, Term list) noexcept {
  return list.is_list() ? erlang_iolist_to_binary(p, list) : raise_badarg(p);
}
static Term erlang_iolist_size(Process& p, Term io_list) noexcept {
  std::string bytes;
  return append_io_list(bytes, io_list) ? Term::from_small(static_cast<int64_t>(bytes.size())) : raise_badarg(p);
}

static Term list_of_bytes(Process& p, std::string_view bytes) {
  if (bytes.empty()) return Term::nil();
  Term* cell = heap_alloc(p, bytes.size() * 2);
  const Term list = Term::cons(cell);
  for (size_t i = 0; i < bytes.size(); i++, cell += 2) {
    cell[0] = Term::from_small(static_cast<uint8_t>(bytes[i]));
    cell[1] = i + 1 == bytes.size() ? Term::nil() : Term::cons(cell + 2);
  }
  charge_reductions(p, static_cast<int64_t>(bytes.size() / 16));
  return list;
}
static Term erlang_binary_to_list_1(Process& p, Term binary) noexcept {
  return is_binary(binary) ? list_of_bytes(p, binary_bytes(binary)) : raise_badarg(p);
}
// From the first to the last byte, counted from 1.
static Term erlang_binary_to_list_3(Process& p, Term binary, Term first, Term last) noexcept {
  if (!is_binary(binary) || !first.is_small() || !last.is_small()) return raise_badarg(p);
  const std::string_view bytes = binary_bytes(binary);
  const int64_t size = static_cast<int64_t>(bytes.size());
  if (first.small() < 1 || last.small() > size || first.small() > last.small()) return raise_badarg(p);
  return list_of_bytes(p, bytes.substr(static_cast<size_t>(first.small() - 1), static_cast<size_t>(last.small() - first.small() + 1)));
}

// -- parts

static Term erlang_binary_part_3(Process& p, Term binary, Term start, Term length) noexcept {
  if (!is_binary(binary) || !start.is_small() || !length.is_small()) return raise_badarg(p);
  const std::string_view bytes = binary_bytes(binary);
  const auto size = static_cast<int64_t>(bytes.size());
  int64_t from = start.small(), count = length.small();
  if (from < 0 || from > size || count > size || count < -size) return raise_badarg(p);
  // A negative length counts backwards.
  if (count < 0) {
    from += count;
    count = -count;
  }
  if (from < 0 || from + count > size) return raise_badarg(p);
  return make_binary(p, bytes.substr(static_cast<size_t>(from), static_cast<size_t>(count)));
}
static Term erlang_binary_part_2(Process& p, Term binary, Term place) noexcept {
  if (!place.is_tuple() || place.tuple_size() != 2) return raise_badarg(p);
  return erlang_binary_part_3(p, binary, place.tuple_elements()[0], place.tuple_elements()[1]);
}
static Term erlang_split_binary(Process& p, Term binary, Term at) noexcept {
  if (!is_binary(binary) || !at.is_small() || at.small() < 0) return raise_badarg(p);
  const std::string_view bytes = binary_bytes(binary);
  const auto position = static_cast<size_t>(at.small());
  if (position > bytes.size()) return raise_badarg(p);
  return make_tuple(p, {make_binary(p, bytes.substr(0, position)), make_binary(p, bytes.substr(position))});
}

// -- atoms

static bool is_utf8_encoding(Term encoding) { return encoding == am::utf8 || encoding == am::unicode; }

static Term erlang_atom_to_binary_2(Process& p, Term atom, Term encoding) noexcept {
  if (!atom.is_atom()) return raise_badarg(p);
  const std::string_view text = atom_text(atom);
  if (is_utf8_encoding(encoding)) return make_binary(p, text);
  if (encoding != am::latin1) return raise_badarg(p);
  std::string bytes;
  for (size_t at = 0; at < text.size();) {
    const uint32_t c = next_utf8(text, at);
    if (c > 255) return raise_badarg(p);
    bytes += static_cast<char>(c);
  }
  return make_binary(p, bytes);
}
static Term erlang_atom_to_binary_1(Process& p, Term atom) noexcept { return erlang_atom_to_binary_2(p, atom, am::utf8); }

enum class AtomMustExist : uint8_t { No, Yes };
static Term atom_of_binary(Process& p, Term binary, Term encoding, AtomMustExist must_exist) {
  if (!is_binary(binary)) return raise_badarg(p);
  std::string text;
  if (encoding == am::latin1) {
    for (const char c : binary_bytes(binary)) append_utf8(text, static_cast<uint8_t>(c));
  } else if (is_utf8_encoding(encoding) && is_utf8(binary_bytes(binary))) {
    text = binary_bytes(binary);
  } else {
    return raise_badarg(p);
  }
  if (must_exist == AtomMustExist::Yes) {
    const Term atom = find_atom(text);
    return atom.is_value() ? atom : raise_badarg(p);
  }
  return utf8_length(text) > kAtomMaxCharacters ? raise_error(p, am::system_limit) : intern_atom(text);
}
static Term erlang_binary_to_atom_1(Process& p, Term b) noexcept { return atom_of_binary(p, b, am::utf8, AtomMustExist::No); }
static Term erlang_binary_to_atom_2(Process& p, Term b, Term e) noexcept { return atom_of_binary(p, b, e, AtomMustExist::No); }
static Term erlang_binary_to_existing_atom_1(Process& p, Term b) noexcept {
  return atom_of_binary(p, b, am::utf8, AtomMustExist::Yes);
}
static Term erlang_binary_to_existing_atom_2(Process& p, Term b, Term e) noexcept {
  return atom_of_binary(p, b, e, AtomMustExist::Yes);
}

// -- numbers

static Term erlang_integer_to_binary_2(Process& p, Term integer, Term base) noexcept {
  if (!integer.is_integer() || !is_number_base(base)) return raise_badarg(p);
  return make_binary(p, integer_to_text(integer, static_cast<int>(base.small())));
}
static Term erlang_integer_to_binary_1(Process& p, Term integer) noexcept {
  return erlang_integer_to_binary_2(p, integer, Term::from_small(10));
}
static Term erlang_binary_to_integer_2(Process& p, Term binary, Term base) noexcept {
  if (!is_binary(binary) || !is_number_base(base)) return raise_badarg(p);
  const Term integer = integer_from_text(p, binary_bytes(binary), static_cast<int>(base.small()));
  return integer.is_value() ? integer : raise_badarg(p);
}
static Term erlang_binary_to_integer_1(Process& p, Term binary) noexcept {
  return erlang_binary_to_integer_2(p, binary, Term::from_small(10));
}
static Term erlang_float_to_binary_1(Process& p, Term number) noexcept {
  return number.is_float() ? make_binary(p, float_text(number.float_value())) : raise_badarg(p);
}
static Term erlang_float_to_binary_2(Process& p, Term number, Term options) noexcept {
  const auto text = number.is_float() ? float_text(number.float_value(), options) : std::nullopt;
  return text ? make_binary(p, *text) : raise_badarg(p);
}
static Term erlang_binary_to_float(Process& p, Term binary) noexcept {
  const auto value = is_binary(binary) ? float_of_text(binary_bytes(binary)) : std::nullopt;
  return value ? make_float(p, *value) : raise_badarg(p);
}

#define LEAF(name, arity, fn) HJ_NATIVE_ROW("erlang", name, arity, Leaf, true, fn)

static const NativeEntry kEntries[] = {
    LEAF("atom_to_binary", 1, erlang_atom_to_binary_1),
    LEAF("atom_to_binary", 2, erlang_atom_to_binary_2),
    LEAF("binary_part", 2, erlang_binary_part_2),
    LEAF("binary_part", 3, erlang_binary_part_3),
    LEAF("binary_to_atom", 1, erlang_binary_to_atom_1),
    LEAF("binary_to_atom", 2, erlang_binary_to_atom_2),
    LEAF("binary_to_existing_atom", 1, erlang_binary_to_existing_atom_1),
    LEAF("binary_to_existing_atom", 2, erlang_binary_to_existing_atom_2),
    LEAF("binary_to_float", 1, erlang_binary_to_float),
    LEAF("binary_to_integer", 1, erlang_binary_to_integer_1),
    LEAF("binary_to_integer", 2, erlang_binary_to_integer_2),
    LEAF("binary_to_list", 1, erlang_binary_to_list_1),
    LEAF("binary_to_list", 3, erlang_binary_to_list_3),
    LEAF("float_to_binary", 1, erlang_float_to_binary_1),
    LEAF("float_to_binary", 2, erlang_float_to_binary_2),
    LEAF("integer_to_binary", 1, erlang_integer_to_binary_1),
    LEAF("integer_to_binary", 2, erlang_integer_to_binary_2),
    LEAF("iolist_size", 1, erlang_iolist_size),
    LEAF("iolist_to_binary", 1, erlang_iolist_to_binary),
    LEAF("list_to_binary", 1, erlang_list_to_binary),
    LEAF("list_to_bitstring", 1, erlang_list_to_binary),
    LEAF("split_binary", 2, erlang_split_binary),
};

NativeTable erlang_binaries() { return kEntries; }

}  // namespace hj::stdlib
