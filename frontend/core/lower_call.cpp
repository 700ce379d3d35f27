// Calls: who is called, and the few calls that are something else.
#include "frontend/core/core_names.h"
#include "frontend/core/function_lowering.h"

namespace hj::core {

using syntax::AstKind;

Operand FunctionLowering::emit_call(CallTarget target, Operands args, SiteId site, Want want) {
  if (want != Want::Tail) return b_.call(target, std::move(args), site);
  b_.tail_call(target, std::move(args), site);
  return {};
}

// M:F(Args) with values for M and F; constant atoms make it a remote call.
Operand FunctionLowering::emit_remote(Operand module, Operand name, Operands args, SiteId site, Want want) {
  auto is_atom = [&](Operand o) {
    return o.is_literal() && m_.module().literals[o.literal().index].kind == LiteralKind::Atom;
  };
  if (is_atom(module) && is_atom(name)) {
    return emit_call(remote_call(module.literal(), name.literal()), std::move(args), site, want);
  }
  args.insert(args.begin(), {module, name});
  return emit_call({.kind = CallKind::Dynamic}, std::move(args), site, want);
}

Operand FunctionLowering::call(NodeId id, Want want) {
  NodeId callee = ast_.child(id, 0);
  NodeIds args = ast_.children(id).subspan(1);
  if (ast_.kind(callee) == AstKind::Atom) return local_call_expr(id, args, want);
  if (ast_.kind(callee) == AstKind::Remote) return remote_call_expr(id, args, want);
  return fun_call(id, args, want);
}

// -- f(Args)

Operand FunctionLowering::local_call_expr(NodeId id, NodeIds args, Want want) {
  NodeId callee = ast_.child(id, 0);
  Name name = ast_.name(callee);
  uint32_t arity = static_cast<uint32_t>(args.size());
  if (auto function = m_.local_function(name, arity)) {
    return emit_call(local_call(*function), values(args), site(id), want);
  }
  if (auto module = m_.import_of(name, arity)) {
    Operands operands = values(args);
    return emit_remote(m_.atom(*module), m_.atom(name), std::move(operands), site(id), want);
  }
  if (ast_.text(callee) == "record_info" && arity == 2) return finish(record_info(args), want);
  if (m_.is_auto_imported(name, arity) || ast_.text(callee) == "is_record") {
    return call_erlang(id, ast_.text(callee), args, want);
  }
  // module_info/0,1 have no form of their own.
  if (auto function = m_.generated_function(ast_.text(callee), arity)) {
    return emit_call(local_call(*function), values(args), site(id), want);
  }
  values(args);
  b_.raise(ErrorKind::Undef, {}, site(id));
  return atom("ok");
}

// -- erlang:name(Args), written so or as an operator

Operand FunctionLowering::call_erlang(NodeId id, std::string_view name, NodeIds args, Want want) {
  Operand result;
  if (apply_known(id, name, args, want, result)) return result;
  if (name == "is_record") return is_record(id, args, want);
  uint32_t arity = static_cast<uint32_t>(args.size());
  Operands operands = values(args);
  if (auto bif = find_bif(name, arity)) return finish(b_.bif(*bif, std::move(operands), site(id)), want);
  return emit_remote(atom("erlang"), atom(name), std::move(operands), site(id), want);
}

// apply(M, F, [A, B]) and apply(F, [A, B]): with a list whose length can be seen they are plain calls.
bool FunctionLowering::apply_known(NodeId id, std::string_view name, NodeIds args, Want want, Operand& result) {
  if (name != "apply" || args.size() < 2 || args.size() > 3) return false;
  NodeId list = args.back();
  NodeIds elements = ast_.children(list);
  bool nil = ast_.kind(list) == AstKind::Nil;
  if (!nil && (ast_.kind(list) != AstKind::List || ast_.kind(elements.back()) != AstKind::Nil)) return false;
  if (!nil) elements = elements.first(elements.size() - 1);
  Operands head = values(args.first(args.size() - 1));
  Operands operands = values(elements);
  if (args.size() == 3) {
    result = emit_remote(head[0], head[1], std::move(operands), site(id), want);
  } else {
    operands.insert(operands.begin(), head[0]);
    result = emit_call({.kind = CallKind::Fun}, std::move(operands), site(id), want);
  }
  return true;
}

// is_record(X, r) knows the record's size, when the record is known.
Operand FunctionLowering::is_record(NodeId id, NodeIds args, Want want) {
  if (auto size = record_test_size(args)) {
    Operand subject = value(args[0]);
    BlockId yes = b_.new_block();
    BlockId no = b_.new_block();
    b_.branch(TestKind::TaggedTuple, {subject, m_.atom(ast_.name(args[1]))}, yes, no, *size);
    return finish(boolean(yes, no), want);
  }
  Bif bif = args.size() == 2 ? Bif::IsRecord2 : Bif::IsRecord3;
  return finish(b_.bif(bif, values(args), site(id)), want);
}

// record_info(size, r), record_info(fields, r)
Operand FunctionLowering::record_info(NodeIds args) {
  const Record* record = ast_.kind(args[1]) == AstKind::Atom ? m_.records().find(ast_.name(args[1])) : nullptr;
  if (record == nullptr || ast_.kind(args[0]) != AstKind::Atom) return b_.nil();
  if (ast_.text(args[0]) == "size") return b_.integer(record->tuple_size());
  std::vector<LiteralId> fields;
  for (const RecordField& field : record->fields) fields.push_back(m_.atom(field.name));
  return m_.module().list(fields, m_.module().nil());
}

// -- m:f(Args)

Operand FunctionLowering::remote_call_expr(NodeId id, NodeIds args, Want want) {
  NodeIds callee = ast_.children(ast_.child(id, 0));
  bool constant = ast_.kind(callee[0]) == AstKind::Atom && ast_.kind(callee[1]) == AstKind::Atom;
  if (constant && ast_.text(callee[0]) == "erlang") return call_erlang(id, ast_.text(callee[1]), args, want);
  Operand module = value(callee[0]);
  Operand name = value(callee[1]);
  Operands operands = values(args);
  return emit_remote(module, name, std::move(operands), site(id), want);
}

// -- F(Args)

Operand FunctionLowering::fun_call(NodeId id, NodeIds args, Want want) {
  NodeId callee = ast_.child(id, 0);
  if (ast_.kind(callee) == AstKind::Fun && is_plain_fun(callee, args.size())) {
    return apply_fun_literal(callee, args, want);
  }
  Operands operands{value(callee)};
  for (NodeId arg : args) operands.push_back(value(arg));
  const Literal* literal = operands[0].is_literal() ? &m_.module().literals[operands[0].literal().index] : nullptr;
  if (literal != nullptr && literal->kind == LiteralKind::ExportFun &&
      literal->integer == static_cast<int64_t>(args.size())) {
    CallTarget target = remote_call(literal->elements[0], literal->elements[1]);
    operands.erase(operands.begin());
    return emit_call(target, std::move(operands), site(id), want);
  }
  return emit_call({.kind = CallKind::Fun}, std::move(operands), site(id), want);
}

// One clause that always matches. Called where it stands it is a `begin`: OTP's traces show no fun there either.
bool FunctionLowering::is_plain_fun(NodeId fun, size_t arity) const {
  NodeIds fun_clauses = ast_.children(fun);
  if (fun_clauses.size() != 1) return false;
  NodeIds heads = ast_.children(ast_.child(fun_clauses[0], 0));
  if (heads.size() != arity || !ast_.children(ast_.child(fun_clauses[0], 1)).empty()) return false;
  for (size_t i = 0; i < heads.size(); ++i) {
    if (ast_.kind(heads[i]) != AstKind::Var) return false;
    for (size_t j = 0; j < i; ++j) {
      if (ast_.name(heads[i]) == ast_.name(heads[j]) && ast_.text(heads[i]) != "_") return false;
    }
  }
  return true;
}

Operand FunctionLowering::apply_fun_literal(NodeId fun, NodeIds args, Want want) {
  Operands operands = values(args);
  NodeId clause = ast_.child(fun, 0);
  NodeIds heads = ast_.children(ast_.child(clause, 0));
  size_t mark = form_.scope.mark();
  for (size_t i = 0; i < heads.size(); ++i) {
    if (ast_.text(heads[i]) == "_") continue;
    form_.scope.unbind(ast_.name(heads[i]));
    form_.scope.bind(ast_.name(heads[i]), operands[i], {form_.next_place++});
  }
  Operand result = sequence(ast_.children(ast_.child(clause, 2)), want);
  form_.scope.undo(mark);
  return result;
}

}  // namespace hj::core
