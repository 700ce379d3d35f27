// Pretty printing in two steps: a tree of the term's parts with the length each has on one line, and the layout, which writes
// whatever fits on the rest of its line flat and breaks the rest.
//
// What OTP's layout does, found by comparing with it:
//   - A part is written flat when its length is less than what the line has left, the brackets that must follow included.
//   - A broken list, tuple or map has its elements below each other, one column right of its bracket; atomic elements (and
//     pairs of atomic keys and values) share lines as long as they fit.
//   - A broken tuple whose first element is an atom has the others behind the atom: {tag,...}. When that leads any nested tuple
//     behind the middle of the line, the whole term is laid out again with 4 columns of indentation instead, and when that
//     does not help either, with 1.
//   - A map's value that does not fit behind its key goes to the next line, indented by 4 (or by that indentation).
//
// Both steps use stacks of their own: terms may be nested as deep as memory allows.
#include <algorithm>
#include <vector>

#include "runtime/term/atoms.h"
#include "runtime/term/binary.h"
#include "runtime/term/characters.h"
#include "runtime/term/map.h"
#include "runtime/term/print.h"

namespace hj::rt {
namespace {

using NodeId = uint32_t;

struct Node {
  enum class Kind : uint8_t {
    Text,         // atomic: never broken
    Digits,       // a binary as numbers: no children, but broken when it is too long
    List,
    Tuple,
    TaggedTuple,  // the first element is an atom
    Map,          // children are Pairs
    Pair,
  };
  // How the last child is written: like the others, behind '|', or it is "..." instead of more.
  enum class Tail : uint8_t { None, Improper, DotsAfterBar, DotsAfterComma };
  Kind kind;
  Tail tail = Tail::None;
  int64_t length;        // on one line, in characters
  // Text, Digits: offset in the text and bytes. Others: first child in `children` and their number.
  uint64_t first;
  uint64_t count;
};

struct Tree {
  std::vector<Node> nodes;
  std::vector<NodeId> children;
  std::string text;

  const Node& child(const Node& node, uint64_t i) const { return nodes[children[node.first + i]]; }
  std::string_view text_of(const Node& node) const { return std::string_view(text).substr(node.first, node.count); }
};

bool is_text(const Node& node) { return node.kind == Node::Kind::Text || node.kind == Node::Kind::Digits; }

// Whether a part can share a line with its neighbours.
bool is_atomic(const Tree& tree, const Node& node) {
  if (node.kind != Node::Kind::Pair) return node.kind == Node::Kind::Text;
  return tree.child(node, 0).kind == Node::Kind::Text && tree.child(node, 1).kind == Node::Kind::Text;
}

// -- first step: the tree

class TreeBuilder {
 public:
  TreeBuilder(Tree& tree, const PrettyOptions& options) : tree_(tree), options_(options) {}

  // The root is the last node.
  void build(Term term) {
    begin(term, options_.depth);
    while (!open_.empty()) next();
  }

 private:
  struct Open {
    Node::Kind kind;
    int64_t depth;
    Term rest;            // List
    const Term* at;       // Tuple: next element; Map: next key; Pair: key, value
    const Term* values;   // Map
    uint64_t left;
    size_t done_begin;    // its finished children are done_[done_begin..]
    int64_t element_depth;   // Map
    bool is_first = true;
    Node::Tail tail = Node::Tail::None;
  };

  NodeId add(Node node) {
    tree_.nodes.push_back(node);
    return static_cast<NodeId>(tree_.nodes.size() - 1);
  }

  void add_text(size_t begin, Node::Kind kind = Node::Kind::Text) {
    std::string_view text = std::string_view(tree_.text).substr(begin);
    done_.push_back(add({kind, Node::Tail::None, static_cast<int64_t>(utf8_length(text)), begin, text.size()}));
  }

  void add_text(std::string_view text) {
    size_t begin = tree_.text.size();
    tree_.text += text;
    add_text(begin);
  }

  // [...] is no atomic part, unlike {...}, #{...} and <<...>>.
  void add_dots_list() {
    open(Node::Kind::List, 1, Term::nil(), nullptr, nullptr, 0);
    add_text("...");
    close();
  }

  void open(Node::Kind kind, int64_t depth, Term rest, const Term* at, const Term* values, uint64_t left) {
    open_.push_back({kind, depth, rest, at, values, left, done_.size(), depth - 1});
  }

  void begin(Term term, int64_t depth) {
    if (depth == 0) return add_text("...");
    if (term.is_cons()) return begin_list(term, depth);
    if (term.is_tuple()) return begin_tuple(term, depth);
    if (term.is_boxed() && is_map(term)) return begin_map(term, depth);
    if (is_binary(term)) return add_binary(term, depth);
    size_t begin = tree_.text.size();
    write_simple(tree_.text, term, options_.encoding);
    add_text(begin);
  }

  void begin_list(Term list, int64_t depth) {
    if (depth == 1) return add_dots_list();
    if (!options_.strings_as_lists && is_printable_list(list)) {
      size_t begin = tree_.text.size();
      tree_.text += '"';
      for (; list.is_cons(); list = list.tail()) {
        append_quoted(tree_.text, static_cast<uint32_t>(list.head().small()), '"', options_.encoding);
      }
      tree_.text += '"';
      return add_text(begin);
    }
    open(Node::Kind::List, depth, list, nullptr, nullptr, 0);
  }

  static bool is_printable_list(Term list) {
    for (; list.is_cons(); list = list.tail()) {
      Term c = list.head();
      if (!c.is_small() || c.small() < 0 || c.small() > kMaxCharacter || !is_printable(static_cast<uint32_t>(c.small()))) {
        return false;
      }
    }
    return list.is_nil();
  }

  void begin_tuple(Term tuple, int64_t depth) {
    uint64_t size = tuple.tuple_size();
    if (size == 0) return add_text("{}");
    if (depth == 1) return add_text("{...}");
    bool tagged = size > 1 && tuple.tuple_elements()[0].is_atom();
    open(tagged ? Node::Kind::TaggedTuple : Node::Kind::Tuple, depth, Term::nil(), tuple.tuple_elements(), nullptr, size);
  }

  void begin_map(Term map, int64_t depth) {
    if (map_size(map) == 0) return add_text("#{}");
    if (depth == 1) return add_text("#{...}");
    open(Node::Kind::Map, depth, Term::nil(), map_keys(map), map_values(map), map_size(map));
  }

  // What of a binary a string could show.
  struct Prefix {
    uint64_t characters = 0;
    size_t bytes = 0;
    bool beyond_ascii = false;
    bool malformed = false;   // UTF-8 only: within the limit, there or behind, are bytes that are none
  };

  static Prefix printable_prefix(std::string_view bytes, uint64_t limit, Encoding encoding) {
    Prefix prefix;
    bool printable = true;
    uint64_t characters = 0;
    for (size_t at = 0; at < bytes.size() && characters < limit; characters++) {
      uint32_t c = static_cast<uint8_t>(bytes[at]);
      size_t length = 1;
      if (encoding == Encoding::Unicode && c >= 0x80) {
        length = utf8_sequence_length(bytes.substr(at));
        prefix.malformed = length == 0;
        if (prefix.malformed) break;
        size_t end = at;
        c = next_utf8(bytes, end);
      }
      at += length;
      printable = printable && is_printable(c);
      if (!printable) {
        // The rest counts only for being well-formed.
        if (encoding == Encoding::Latin1) break;
        continue;
      }
      prefix.beyond_ascii |= length > 1;
      prefix.bytes = at;
      prefix.characters++;
    }
    return prefix;
  }

  // A depth lets 4 characters be shown for each number; a string that ends early must tell at least as much as numbers.
  static uint64_t character_limit(int64_t depth) { return depth < 0 ? UINT64_MAX : 4 * static_cast<uint64_t>(depth - 1); }

  // Latin-1 counts only where the bytes are no UTF-8 (or ~p does not ask for it).
  bool add_string_binary(std::string_view bytes, int64_t depth) {
    Encoding encoding = options_.encoding;
    Prefix prefix = printable_prefix(bytes, character_limit(depth), encoding);
    if (prefix.malformed) {
      encoding = Encoding::Latin1;
      prefix = printable_prefix(bytes, character_limit(depth), encoding);
    }
    bool complete = prefix.bytes == bytes.size();
    if (!complete && (depth < 0 || prefix.characters < static_cast<uint64_t>(depth - 1))) return false;
    size_t begin = tree_.text.size();
    tree_.text += "<<\"";
    for (size_t at = 0; at < prefix.bytes;) {
      uint32_t c = encoding == Encoding::Unicode ? next_utf8(bytes, at) : static_cast<uint8_t>(bytes[at++]);
      append_quoted(tree_.text, c, '"', options_.encoding);
    }
    tree_.text += encoding == Encoding::Unicode && prefix.beyond_ascii ? "\"/utf8" : "\"";
    tree_.text += complete ? ">>" : "...>>";
    add_text(begin);
    return true;
  }

  void add_binary(Term binary, int64_t depth) {
    std::string_view bytes = binary_bytes(binary);
    if (bytes.empty()) return add_text("<<>>");
    if (depth == 1) return add_text("<<...>>");
    if (!options_.strings_as_lists && add_string_binary(bytes, depth)) return;
    size_t begin = tree_.text.size();
    write_simple(tree_.text, binary, options_.encoding, depth);
    add_text(begin, Node::Kind::Digits);
  }

  // -- one step of the innermost open container

  void next() {
    Open& open = open_.back();
    switch (open.kind) {
      case Node::Kind::List: return next_of_list(open);
      case Node::Kind::Pair: return next_of_pair(open);
      default: return next_of_sequence(open);
    }
  }

  void next_of_list(Open& open) {
    if (open.rest.is_nil()) return close();
    if (!open.is_first && open.depth == 1) return close_with_dots(Node::Tail::DotsAfterBar);
    open.depth--;
    if (!open.rest.is_cons()) {
      open.tail = Node::Tail::Improper;
      Term last = open.rest;
      open.rest = Term::nil();
      return begin(last, open.depth);
    }
    open.is_first = false;
    Term head = open.rest.head();
    open.rest = open.rest.tail();
    begin(head, open.depth);
  }

  void next_of_sequence(Open& open) {
    if (open.left == 0) return close();
    if (!open.is_first && open.depth == 1) return close_with_dots(Node::Tail::DotsAfterComma);
    open.depth--;
    open.is_first = false;
    open.left--;
    const Term* at = open.at++;
    if (open.kind != Node::Kind::Map) return begin(*at, open.depth);
    const Term* value = open.values++;
    // All pairs have the same depth: it only counts how many are shown.
    this->open(Node::Kind::Pair, open.element_depth, Term::nil(), at, value, 2);
  }

  void next_of_pair(Open& open) {
    if (open.left == 0) return close();
    Term part = open.left == 2 ? *open.at : *open.values;
    open.left--;
    begin(part, open.depth);
  }

  void close_with_dots(Node::Tail tail) {
    add_text("...");
    open_.back().tail = tail;
    close();
  }

  void close() {
    Open open = open_.back();
    open_.pop_back();
    Node node{open.kind, open.tail, 0, tree_.children.size(), done_.size() - open.done_begin};
    tree_.children.insert(tree_.children.end(), done_.begin() + static_cast<ptrdiff_t>(open.done_begin), done_.end());
    done_.resize(open.done_begin);
    for (uint64_t i = 0; i < node.count; i++) node.length += tree_.child(node, i).length;
    if (open.kind == Node::Kind::Pair) {
      node.length += 4;
    } else {
      node.length += static_cast<int64_t>(node.count) - 1 + (open.kind == Node::Kind::Map ? 3 : 2);
    }
    done_.push_back(add(node));
  }

  Tree& tree_;
  const PrettyOptions& options_;
  std::vector<Open> open_;
  std::vector<NodeId> done_;
};

// -- second step: the layout

std::string_view opening(Node::Kind kind) {
  return kind == Node::Kind::List ? "[" : kind == Node::Kind::Map ? "#{" : "{";
}

std::string_view closing(Node::Kind kind) { return kind == Node::Kind::List ? "]" : "}"; }

// Before the child number i (not the first).
char separator(const Node& node, uint64_t i) {
  bool after_bar = node.tail == Node::Tail::Improper || node.tail == Node::Tail::DotsAfterBar;
  return after_bar && i + 1 == node.count ? '|' : ',';
}

bool is_dots(const Node& node, uint64_t i) {
  return i + 1 == node.count && (node.tail == Node::Tail::DotsAfterBar || node.tail == Node::Tail::DotsAfterComma);
}

// How tuples with an atom in front are indented.
enum class TagIndent : int64_t { BehindTag = -1, Four = 4, One = 1 };

class Layout {
 public:
  Layout(const Tree& tree, std::string& out, int64_t line_width) : tree_(tree), out_(out), width_(line_width) {}

  void run(const Node& root, int64_t column) {
    if (width_ == 0 || fits(root, column, 0)) return write_flat(root);
    for (TagIndent indent : {TagIndent::BehindTag, TagIndent::Four, TagIndent::One}) {
      indent_ = indent;
      if (indent == TagIndent::One || is_possible(root, column)) break;
    }
    place(root, column, 0);
    while (!open_.empty()) next(open_.back());
  }

 private:
  // A broken container: the next child, where children start, and where the line ends now.
  struct Open {
    const Node* node;
    uint64_t next;
    int64_t first_column;
    int64_t column;        // kFull: nothing more goes on this line
    int64_t closings;      // brackets that follow on the line of its last child, its own not counted
  };
  static constexpr int64_t kFull = INT64_MAX / 2;

  bool fits(const Node& node, int64_t column, int64_t closings) const { return node.length < width_ - column - closings; }

  // Brackets that must find room behind a child: the closing ones, for the last child and for the one before a tail.
  static int64_t closings_after(const Node& node, uint64_t child, int64_t closings) {
    return child + (node.tail == Node::Tail::None ? 1 : 2) >= node.count ? closings + 1 : 0;
  }

  // Columns by which a tuple's elements move right, and whether they start on the tag's line.
  struct TagPlace {
    int64_t indent;
    bool behind;
  };
  TagPlace tag_place(const Node& tuple) const {
    int64_t behind = tree_.child(tuple, 0).length + 2;
    auto fixed = static_cast<int64_t>(indent_);
    return fixed > 0 && behind > fixed ? TagPlace{fixed, false} : TagPlace{behind, true};
  }

  int64_t value_indent() const { return indent_ == TagIndent::BehindTag ? 4 : static_cast<int64_t>(indent_); }

  // Whether no tuple's elements would start right of the middle of the line.
  bool is_possible(const Node& root, int64_t root_column) const {
    struct Visit {
      const Node* node;
      int64_t column;
      int64_t closings;
    };
    std::vector<Visit> visits{{&root, root_column, 0}};
    while (!visits.empty()) {
      auto [node, column, closings] = visits.back();
      visits.pop_back();
      if (is_text(*node) || fits(*node, column, closings)) continue;
      if (node->kind == Node::Kind::Pair) {
        visits.push_back({&tree_.child(*node, 0), column, closings});
        visits.push_back({&tree_.child(*node, 1), column + value_indent(), closings});
        continue;
      }
      int64_t child_column = column + static_cast<int64_t>(opening(node->kind).size());
      uint64_t i = 0;
      if (node->kind == Node::Kind::TaggedTuple) {
        child_column = column + tag_place(*node).indent;
        if (child_column + (tag_place(*node).behind ? 1 : 0) > width_ / 2) return false;
        i = 1;
      }
      for (; i < node->count; i++) {
        bool is_tail = node->tail == Node::Tail::Improper && i + 1 == node->count;
        int64_t at = is_tail ? end_of_line(*node, child_column, closings) : child_column;
        visits.push_back({&tree_.child(*node, i), at, closings_after(*node, i, closings)});
      }
    }
    return true;
  }

  // Where the last line of a broken list's elements would end: there the check above supposes its improper tail, although
  // that gets a line of its own.
  int64_t end_of_line(const Node& list, int64_t first_column, int64_t closings) const {
    int64_t column = first_column;
    for (uint64_t i = 0; i + 1 < list.count; i++) {
      const Node& child = tree_.child(list, i);
      int64_t behind = closings_after(list, i, closings);
      if (i > 0 && stays_on_line(list, i, column, behind)) {
        column += 1 + child.length;
      } else {
        column = is_atomic(tree_, child) && fits(child, first_column, behind) ? first_column + child.length : kFull;
      }
    }
    return column;
  }

  // Whether a child (not the first), its separator included, goes on the line that ends at `column`.
  bool stays_on_line(const Node& node, uint64_t i, int64_t column, int64_t closings) const {
    if (is_dots(node, i)) return true;
    const Node& child = tree_.child(node, i);
    int64_t length = 1 + child.length;
    return is_atomic(tree_, child) && (closings == 0 ? length + 1 < width_ - column : length < width_ - column - closings);
  }

  // Writes a part at the current place: all of it, or its beginning, leaving the rest open.
  void place(const Node& node, int64_t column, int64_t closings) {
    if (node.kind == Node::Kind::Text || fits(node, column, closings)) return write_flat(node);
    if (node.kind == Node::Kind::Digits) return place_digits(tree_.text_of(node), column, closings);
    if (node.kind == Node::Kind::Pair) {
      open_.push_back({&node, 1, column + value_indent(), kFull, closings});
      return place(tree_.child(node, 0), column, closings);
    }
    out_ += opening(node.kind);
    int64_t first_column = column + static_cast<int64_t>(opening(node.kind).size());
    if (node.kind != Node::Kind::TaggedTuple) {
      open_.push_back({&node, 0, first_column, first_column, closings});
      return;
    }
    const Node& tag = tree_.child(node, 0);
    auto [indent, behind] = tag_place(node);
    write_flat(tag);
    if (behind) out_ += ',';
    open_.push_back({&node, 1, column + indent, column + tag.length + 2, closings});
    if (behind) place_child(open_.back());
  }

  // The next child of a broken container, or its end.
  void next(Open& open) {
    if (open.next == open.node->count) {
      if (open.node->kind != Node::Kind::Pair) out_ += closing(open.node->kind);
      open_.pop_back();
      return;
    }
    if (open.node->kind == Node::Kind::Pair) {
      out_ += " =>";
      break_line(open.first_column);
      const Node& value = tree_.child(*open.node, open.next++);
      return place(value, open.first_column, open.closings);
    }
    if (open.next == 0) return place_child(open);
    const Node& child = tree_.child(*open.node, open.next);
    out_ += separator(*open.node, open.next);
    int64_t closings = closings_after(*open.node, open.next, open.closings);
    if (stays_on_line(*open.node, open.next, open.column, closings)) {
      open.next++;
      open.column += 1 + child.length;
      return write_flat(child);
    }
    break_line(open.first_column);
    open.column = open.first_column;
    place_child(open);
  }

  // At the current place, which is open.column.
  void place_child(Open& open) {
    int64_t closings = closings_after(*open.node, open.next, open.closings);
    const Node& child = tree_.child(*open.node, open.next++);
    int64_t column = open.first_column;
    open.column = is_atomic(tree_, child) && fits(child, column, closings) ? column + child.length : kFull;
    place(child, column, closings);   // may move `open`
  }

  void break_line(int64_t column) {
    out_ += '\n';
    out_.append(static_cast<size_t>(column - 1), ' ');
  }

  // <<1,2,3...>>: as many numbers on a line as fit, at least 8 characters.
  void place_digits(std::string_view text, int64_t column, int64_t closings) {
    int64_t room = std::max<int64_t>(8, width_ - (column + 2) - closings);
    int64_t left = room;
    std::string_view numbers = text.substr(2, text.size() - 4);
    out_ += "<<";
    while (!numbers.empty()) {
      size_t length = std::min(numbers.find(',') + 1, numbers.size());
      if (length == 0) length = numbers.size();
      if (static_cast<int64_t>(length) > left) {
        break_line(column + 2);
        left = room;
      }
      out_ += numbers.substr(0, length);
      left -= static_cast<int64_t>(length);
      numbers.remove_prefix(length);
    }
    out_ += ">>";
  }

  void write_flat(const Node& root) {
    struct Visit {
      const Node* node;
      uint64_t next;
    };
    std::vector<Visit> visits{{&root, 0}};
    while (!visits.empty()) {
      auto& [node, next] = visits.back();
      if (is_text(*node)) {
        out_ += tree_.text_of(*node);
        visits.pop_back();
        continue;
      }
      bool is_pair = node->kind == Node::Kind::Pair;
      if (next == node->count) {
        if (!is_pair) out_ += closing(node->kind);
        visits.pop_back();
        continue;
      }
      if (next > 0 && is_pair) {
        out_ += " => ";
      } else if (next > 0) {
        out_ += separator(*node, next);
      } else if (!is_pair) {
        out_ += opening(node->kind);
      }
      const Node& child = tree_.child(*node, next++);
      visits.push_back({&child, 0});
    }
  }

  const Tree& tree_;
  std::string& out_;
  int64_t width_;
  TagIndent indent_ = TagIndent::BehindTag;
  std::vector<Open> open_;
};

}  // namespace

void pretty_term(std::string& out, Term term, const PrettyOptions& options) {
  Tree tree;
  TreeBuilder(tree, options).build(term);
  Layout(tree, out, options.line_width).run(tree.nodes.back(), options.column + 1);
}

}  // namespace hj::rt
