#include "runtime/process/signal.h"

#include <new>

#include "runtime/heap/copy.h"

namespace hj::rt {

// The node stands behind the words in use, at the end of the fragment's room: the collector never looks there, and
// it goes with the fragment.
template <class Node>
static Node* node_in(Fragment* fragment) {
  static_assert(sizeof(Node) % sizeof(Term) == 0);
  Term* at = fragment->data + fragment->words - sizeof(Node) / sizeof(Term);
  Node* node = new (at) Node;
  node->fragment = fragment;
  return node;
}

template <class Node>
static Node* new_node(size_t words) {
  if (words == 0) return new Node;
  return node_in<Node>(make_fragment(words + sizeof(Node) / sizeof(Term)));
}

template <class Node>
static Node* make_node(SignalKind kind, Term from, Term term, size_t extra_words) {
  size_t words = copied_words(term);
  // A literal gets a fragment, too: when its area retires its copy is hung there (literal_collection.h).
  bool is_alone = words + extra_words == 0 && term.is_immediate();
  Node* node = is_alone ? new Node : node_in<Node>(make_fragment(words + extra_words + sizeof(Node) / sizeof(Term)));
  node->kind = kind;
  node->from = from;
  node->term = words == 0 ? term : copy_to_fragment(term, *node->fragment);
  return node;
}

Signal* make_signal(SignalKind kind, Term from, Term term, size_t extra_words) {
  return make_node<Signal>(kind, from, term, extra_words);
}

NumberedSignal* make_numbered_signal(SignalKind kind, Term from, Term term, size_t extra_words) {
  return make_node<NumberedSignal>(kind, from, term, extra_words);
}

Signal* make_message_with_room(size_t words) { return new_node<Signal>(words); }

void free_signal(Signal* signal) {
  if (signal->fragment != nullptr) {
    free_fragment(signal->fragment);
    return;
  }
  switch (signal->kind) {
    case SignalKind::Message:
    case SignalKind::Exit:
    case SignalKind::LinkExit:
    case SignalKind::Link:
    case SignalKind::SetGroupLeader:
      delete signal;
      return;
    case SignalKind::AliasMessage:
    case SignalKind::Unlink:
    case SignalKind::UnlinkAck:
    case SignalKind::Monitor:
    case SignalKind::Demonitor:
    case SignalKind::MonitorDown:
    case SignalKind::Request:
    case SignalKind::Reply:
      delete static_cast<NumberedSignal*>(signal);
      return;
  }
}

}  // namespace hj::rt
