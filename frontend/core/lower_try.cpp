// try and catch. The body is a function of its own (core.h, TryCall), over the variables it mentions. What it binds and
// the `of` clauses use comes back in a tuple with its value.
//
// `after` wraps all the rest in another body, so that it runs whatever happens there, and stands in the code once: it
// takes what it must go on with as parameters.
#include <algorithm>

#include "frontend/core/function_lowering.h"

namespace hj::core {

using syntax::AstKind;

FunctionLowering::TryBody FunctionLowering::make_try_body(NodeId id, NodeIds body, NodeIds later) {
  std::vector<Name> mentioned = form_.free_variables.mentioned(body);
  std::vector<Name> free = free_of(mentioned);
  std::vector<Name> wanted;
  if (!later.empty()) wanted = form_.free_variables.mentioned(later);
  uint32_t free_count = static_cast<uint32_t>(free.size());
  TryBody result;
  result.function = m_.add_function(fmt::format("-{}-try-{}-", form_.label, form_.next_try++), free_count,
                                    FunctionKind::TryBody, site(id));
  m_.module().functions[result.function.index].trace_as = owner_;
  result.args = free_values(free);
  FunctionLowering inner(m_, form_, result.function, owner_, TailCalls::Forbidden);
  result.bound = inner.try_body(body, free, mentioned, wanted);
  return result;
}

std::vector<Scope::Binding> FunctionLowering::try_body(NodeIds body, const std::vector<Name>& free,
                                                       const std::vector<Name>& mentioned,
                                                       const std::vector<Name>& wanted) {
  Scope& scope = form_.scope;
  size_t mark = scope.mark();
  bind_parameters(free, mentioned, 0);
  std::vector<Scope::Binding> bound;
  if (wanted.empty()) {
    sequence(body, Want::Tail);
  } else {
    size_t body_mark = scope.mark();
    Operands results{sequence(body, Want::Value)};
    for (const Scope::Binding& binding : scope.bound_since(body_mark)) {
      if (std::find(wanted.begin(), wanted.end(), binding.name) == wanted.end()) continue;
      bound.push_back(binding);
      results.push_back(binding.value);
    }
    b_.ret(bound.empty() ? results[0] : Operand(b_.tuple(std::move(results))));
  }
  scope.undo(mark);
  b_.finish();
  m_.completed(b_.id());
  return bound;
}

// -- try

Operand FunctionLowering::try_expr(NodeId id, Want want) {
  bool has_after = !ast_.children(ast_.child(id, 3)).empty();
  return has_after ? try_after(id, want) : try_clauses(id, want);
}

// try Body of ... catch ... end
Operand FunctionLowering::try_clauses(NodeId id, Want want) {
  NodeIds of_clauses = ast_.children(ast_.child(id, 1));
  TryBody body = make_try_body(id, ast_.children(ast_.child(id, 0)), of_clauses);
  BlockId normal = b_.new_block();
  BlockId handler = b_.new_block(3);
  Operand result = b_.try_call(body.function, std::move(body.args), normal, handler);
  size_t mark = form_.scope.mark();
  Join join(*this, want, Join::Exports::No);

  b_.set(normal);
  if (!body.bound.empty()) {
    Operand all = result;
    result = b_.element(all, 0);
    for (uint32_t i = 0; i < body.bound.size(); ++i) {
      form_.scope.bind(body.bound[i].name, b_.element(all, i + 1), body.bound[i].rank);
    }
  }
  if (of_clauses.empty()) {
    join.begin_arm();
    join.end_arm(finish(result, want));
  } else {
    std::vector<match::LoweredClause> lowered;
    for (NodeId clause : of_clauses) {
      lowered.push_back(lower_clause(ast_.children(ast_.child(clause, 0)), ast_.child(clause, 1)));
    }
    BlockId fail = b_.new_block();
    clauses(lowered, of_clauses, {result}, fail, want, join);
    b_.set(fail);
    b_.raise(ErrorKind::TryClause, {result}, site(id));
  }
  form_.scope.undo(mark);
  catch_clauses(ast_.children(ast_.child(id, 2)), handler, want, join);
  return join.finish();
}

// The catch clauses over class and reason. What none of them wants is raised again, unchanged.
void FunctionLowering::catch_clauses(NodeIds catch_clauses, BlockId handler, Want want, Join& join) {
  Operands subjects{b_.param(handler, 0), b_.param(handler, 1)};
  Operand raw_trace = b_.param(handler, 2);
  std::vector<match::LoweredClause> lowered;
  for (NodeId clause : catch_clauses) {
    NodeId pattern = ast_.child(ast_.child(clause, 0), 0);
    NodeIds class_and_reason = ast_.children(pattern).first(2);
    lowered.push_back(lower_clause(class_and_reason, ast_.child(clause, 1)));
  }
  BlockId fail = b_.new_block();
  b_.set(handler);
  clauses(lowered, catch_clauses, subjects, fail, want, join, OnEntry::BindStacktrace, raw_trace);
  b_.set(fail);
  b_.reraise(subjects[0], subjects[1], raw_trace, SiteId{});
}

void FunctionLowering::bind_stacktrace(NodeId clause, Operand raw_trace) {
  NodeId trace = ast_.child(ast_.child(ast_.child(clause, 0), 0), 2);
  if (ast_.kind(trace) != AstKind::Var || ast_.text(trace) == "_") return;
  form_.scope.bind(ast_.name(trace), b_.build_stacktrace(raw_trace), {form_.next_place++});
}

// A body that is itself a try with clauses, for a try that has an `after` too.
void FunctionLowering::try_and_clauses(NodeId id, const std::vector<Name>& free, const std::vector<Name>& mentioned) {
  size_t mark = form_.scope.mark();
  bind_parameters(free, mentioned, 0);
  try_clauses(id, Want::Tail);
  form_.scope.undo(mark);
  b_.finish();
  m_.completed(b_.id());
}

Operand FunctionLowering::try_after(NodeId id, Want want) {
  NodeIds parts = ast_.children(id);
  bool has_clauses = !ast_.children(parts[1]).empty() || !ast_.children(parts[2]).empty();
  TryBody body;
  if (!has_clauses) {
    body = make_try_body(id, ast_.children(parts[0]), {});
  } else {
    std::vector<Name> mentioned = form_.free_variables.mentioned(parts.first(3));
    std::vector<Name> free = free_of(mentioned);
    body.function = m_.add_function(fmt::format("-{}-try-{}-", form_.label, form_.next_try++),
                                    static_cast<uint32_t>(free.size()), FunctionKind::TryBody, site(id));
    m_.module().functions[body.function.index].trace_as = owner_;
    body.args = free_values(free);
    FunctionLowering(m_, form_, body.function, owner_, TailCalls::Forbidden).try_and_clauses(id, free, mentioned);
  }
  BlockId normal = b_.new_block();
  BlockId handler = b_.new_block(3);
  // Parameters: `normal` or the exception's class, the value or the reason, the trace.
  BlockId after = b_.new_block(3);
  Operand result = b_.try_call(body.function, std::move(body.args), normal, handler);
  b_.set(normal);
  b_.jump(after, {atom("normal"), result, b_.nil()});
  b_.set(handler);
  b_.jump(after, {b_.param(handler, 0), b_.param(handler, 1), b_.param(handler, 2)});
  b_.set(after);
  size_t mark = form_.scope.mark();
  sequence(ast_.children(parts[3]), Want::Effect);
  form_.scope.undo(mark);
  BlockId done = b_.new_block();
  BlockId again = b_.new_block();
  Operand state = b_.param(after, 0);
  b_.branch(TestKind::ExactEqual, {state, atom("normal")}, done, again);
  b_.set(again);
  b_.reraise(state, b_.param(after, 1), b_.param(after, 2), SiteId{});
  b_.set(done);
  return finish(b_.param(after, 1), want);
}

// -- catch

Operand FunctionLowering::catch_expr(NodeId id, Want want) {
  NodeId expression[] = {ast_.child(id, 0)};
  TryBody body = make_try_body(id, expression, {});
  BlockId normal = b_.new_block();
  BlockId handler = b_.new_block(3);
  Operand result = b_.try_call(body.function, std::move(body.args), normal, handler);
  Operand error_class = b_.param(handler, 0);
  Operand reason = b_.param(handler, 1);
  Join join(*this, want, Join::Exports::No);
  auto arm = [&](BlockId block, auto make_value) {
    b_.set(block);
    join.begin_arm();
    Operand made = make_value();
    join.end_arm(finish(made, want));
  };
  BlockId thrown = b_.new_block();
  BlockId exited = b_.new_block();
  BlockId failed = b_.new_block();
  b_.set(handler);
  BlockId targets[] = {thrown, exited};
  b_.switch_on(error_class, {m_.module().atom("throw"), m_.module().atom("exit")}, targets, failed);
  arm(normal, [&] { return result; });
  arm(thrown, [&] { return reason; });
  arm(exited, [&]() -> Operand { return b_.tuple({atom("EXIT"), reason}); });
  arm(failed, [&]() -> Operand {
    Operand trace = b_.build_stacktrace(b_.param(handler, 2));
    Operand pair = b_.tuple({reason, trace});
    return b_.tuple({atom("EXIT"), pair});
  });
  return join.finish();
}

}  // namespace hj::core
