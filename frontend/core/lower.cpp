#include "frontend/core/lower.h"

#include <algorithm>

#include "frontend/core/function_lowering.h"
#include "frontend/lint/bif_table.h"

namespace hj::core {

using syntax::Ast;
using syntax::AstKind;

std::unique_ptr<Module> lower_module(const Ast& ast, const SourceMap& sources, const CompileOptions& options,
                                     Diagnostics& diagnostics) {
  return ModuleLowering(ast, sources, options, diagnostics).run();
}

ModuleLowering::ModuleLowering(const Ast& ast, const SourceMap& sources, const CompileOptions& options,
                               Diagnostics& diagnostics)
    : ast_(ast), sources_(sources), options_(options), diagnostics_(diagnostics), records_(ast) {}

std::unique_ptr<Module> ModuleLowering::run() {
  // The main file is file 0, wherever the first function stands.
  module_->source_path = sources_.position(Loc{}).file;
  module_->files.push_back(module_->source_path);
  files_.emplace(module_->source_path, 0);
  collect_forms();
  declare_functions();
  attributes();
  FormContext form(*this);
  for (NodeId id : ast_.forms) {
    if (ast_.kind(id) != AstKind::Function) continue;
    uint32_t arity = static_cast<uint32_t>(ast_.children(ast_.child(ast_.child(id, 0), 0)).size());
    FunctionId function = functions_.at({ast_.name(id), arity});
    form.start(fmt::format("{}/{}", ast_.text(id), arity));
    FunctionLowering(*this, form, function, function, TailCalls::Allowed).named_function(id);
  }
  order_functions();
  number_lambdas();
  return std::move(module_);
}

// -- forms

ModuleLowering::NameArity ModuleLowering::name_arity(NodeId id) const {
  const syntax::IntegerLiteral& arity = ast_.integer(ast_.child(id, 0));
  return {ast_.name(id), arity.is_small ? static_cast<uint32_t>(arity.small) : UINT32_MAX};
}

void ModuleLowering::collect_forms() {
  for (NodeId id : ast_.forms) {
    switch (ast_.kind(id)) {
      case AstKind::ModuleAttribute:
        module_->name = ast_.text(id);
        break;
      case AstKind::Export:
        for (NodeId child : ast_.children(id)) exports_.insert(name_arity(child));
        break;
      case AstKind::Import:
        for (NodeId child : ast_.children(id)) imports_.emplace(name_arity(child), ast_.name(id));
        break;
      case AstKind::Compile:
        collect_compile_option(ast_.child(id, 0));
        break;
      default:
        break;
    }
  }
}

void ModuleLowering::collect_compile_option(NodeId term) {
  auto children = ast_.children(term);
  switch (ast_.kind(term)) {
    case AstKind::List:
      for (NodeId element : children) collect_compile_option(element);
      return;
    case AstKind::Atom:
      if (ast_.text(term) == "export_all") export_all_ = true;
      if (ast_.text(term) == "no_auto_import") no_auto_imports_ = true;
      return;
    case AstKind::Tuple:
      if (children.size() == 2 && ast_.kind(children[0]) == AstKind::Atom &&
          ast_.text(children[0]) == "no_auto_import") {
        collect_names(children[1], no_auto_import_);
      }
      return;
    default:
      return;
  }
}

void ModuleLowering::collect_names(NodeId term, std::set<NameArity>& names) const {
  auto children = ast_.children(term);
  if (ast_.kind(term) == AstKind::NameArity) {
    names.insert(name_arity(term));
  } else if (ast_.kind(term) == AstKind::Tuple && children.size() == 2 && ast_.kind(children[0]) == AstKind::Atom &&
             ast_.kind(children[1]) == AstKind::Integer && ast_.integer(children[1]).is_small) {
    names.insert({ast_.name(children[0]), static_cast<uint32_t>(ast_.integer(children[1]).small)});
  } else if (ast_.kind(term) == AstKind::List) {
    for (NodeId element : children) collect_names(element, names);
  }
}

void ModuleLowering::declare_functions() {
  for (NodeId id : ast_.forms) {
    if (ast_.kind(id) != AstKind::Function) continue;
    NodeId first = ast_.child(id, 0);
    uint32_t arity = static_cast<uint32_t>(ast_.children(ast_.child(first, 0)).size());
    NameArity key{ast_.name(id), arity};
    if (functions_.contains(key)) continue;  // lint has said so
    FunctionId function = add_function(std::string(ast_.text(id)), arity, FunctionKind::Named, SiteId{});
    functions_.emplace(key, function);
    Function& f = module_->functions[function.index];
    f.exported = export_all_ || exports_.contains(key);
    f.site = site(ast_.place(first), function);
  }
  behaviour_info();
  module_info();
  written_functions_ = module_->functions.size();
}

FunctionId ModuleLowering::add_function(std::string name, uint32_t arity, FunctionKind kind, SiteId site) {
  // Only a program that writes '-f/0-fun-0-' itself gets a name changed.
  while (!used_names_.emplace(name, arity).second) name += '\'';
  Function& f = module_->functions.emplace_back();
  f.name = std::move(name);
  f.arity = arity;
  f.kind = kind;
  f.site = site;
  return FunctionId{module_->functions.size() - 1};
}

// A function of one argument that answers for some atoms.
void ModuleLowering::clause_on_atom(FunctionId id, std::vector<std::pair<LiteralId, LiteralId>> answers) {
  FunctionBuilder b(*module_, id, TailCalls::Allowed);
  Operand question = b.function().block(b.current()).params[0];
  for (auto [name, answer] : answers) {
    BlockId yes = b.new_block();
    BlockId no = b.new_block();
    b.branch(TestKind::ExactEqual, {question, name}, yes, no);
    b.set(yes);
    b.ret(answer);
    b.set(no);
  }
  b.raise(ErrorKind::FunctionClause, {question}, b.function().site);
  b.finish();
}

// -callback makes behaviour_info/1.
void ModuleLowering::behaviour_info() {
  std::vector<LiteralId> callbacks;
  std::vector<LiteralId> optional;
  auto pair = [&](syntax::Name name, uint32_t arity) {
    LiteralId parts[] = {atom(name), module_->integer(arity)};
    return module_->tuple(parts);
  };
  for (NodeId id : ast_.forms) {
    if (ast_.kind(id) == AstKind::Spec && (ast_.node(id).flags & syntax::kCallback) != 0) {
      NodeId name = ast_.child(id, 0);
      if (ast_.kind(name) != AstKind::Atom) continue;
      callbacks.push_back(pair(ast_.name(name), static_cast<uint32_t>(ast_.integer(ast_.child(id, 1)).small)));
    } else if (ast_.kind(id) == AstKind::OptionalCallbacks) {
      for (NodeId child : ast_.children(id)) optional.push_back(pair(ast_.name(child), name_arity(child).second));
    }
  }
  if (callbacks.empty() || used_names_.contains({"behaviour_info", 1})) return;
  FunctionId id = add_function("behaviour_info", 1, FunctionKind::Named, SiteId{});
  module_->functions[id.index].exported = true;
  clause_on_atom(id, {{module_->atom("callbacks"), module_->list(callbacks, module_->nil())},
                      {module_->atom("optional_callbacks"), module_->list(optional, module_->nil())}});
}

void ModuleLowering::module_info() {
  for (uint32_t arity : {0u, 1u}) {
    if (used_names_.contains({"module_info", arity})) continue;
    FunctionId id = add_function("module_info", arity, FunctionKind::Named, SiteId{});
    module_->functions[id.index].exported = true;
    FunctionBuilder b(*module_, id, TailCalls::Allowed);
    Operands args{module_->atom(module_->name)};
    if (arity == 1) args.push_back(b.param(b.current(), 0));
    b.tail_call(remote_call(module_->atom("erlang"), module_->atom("get_module_info")), std::move(args), SiteId{});
    b.finish();
  }
}

// -- module_info(attributes), on_load

void ModuleLowering::attributes() {
  for (NodeId id : ast_.forms) {
    switch (ast_.kind(id)) {
      case AstKind::OnLoad: {
        auto found = functions_.find(name_arity(ast_.child(id, 0)));
        if (found != functions_.end()) module_->on_load = found->second;
        break;
      }
      case AstKind::Behaviour: {
        bool american = (ast_.node(id).flags & syntax::kAmericanSpelling) != 0;
        add_attribute(american ? "behavior" : "behaviour", atom(ast_.name(id)));
        break;
      }
      case AstKind::Vsn:
      case AstKind::Author:
      case AstKind::Attribute: {
        std::string_view name = ast_.kind(id) == AstKind::Vsn      ? "vsn"
                                : ast_.kind(id) == AstKind::Author ? "author"
                                                                   : ast_.text(id);
        if (auto value = constant(ast_.child(id, 0))) {
          add_attribute(name, *value);
        } else {
          unsupported(ast_.child(id, 0));
        }
        break;
      }
      default:
        break;
    }
  }
}

// A value that is no list becomes a list of it.
void ModuleLowering::add_attribute(std::string_view name, LiteralId value) {
  LiteralKind kind = module_->literals[value.index].kind;
  if (kind != LiteralKind::Nil && kind != LiteralKind::Cons && kind != LiteralKind::String) {
    LiteralId elements[] = {value};
    value = module_->list(elements, module_->nil());
  }
  module_->attributes.emplace_back(module_->atom(name), value);
}

// -- names

std::optional<FunctionId> ModuleLowering::local_function(syntax::Name name, uint32_t arity) const {
  auto found = functions_.find({name, arity});
  return found == functions_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<FunctionId> ModuleLowering::generated_function(std::string_view name, uint32_t arity) const {
  for (size_t i = 0; i < written_functions_; ++i) {
    const Function& f = module_->functions[i];
    if (f.name == name && f.arity == arity) return FunctionId{i};
  }
  return std::nullopt;
}

std::optional<syntax::Name> ModuleLowering::import_of(syntax::Name name, uint32_t arity) const {
  auto found = imports_.find({name, arity});
  return found == imports_.end() ? std::nullopt : std::optional(found->second);
}

bool ModuleLowering::is_auto_imported(syntax::Name name, uint32_t arity) const {
  return !no_auto_imports_ && !no_auto_import_.contains({name, arity}) &&
         lint::auto_imported_bif(ast_.names.text(name), arity).has_value();
}

// -- places

SiteId ModuleLowering::site(Loc place, FunctionId function) {
  SourcePosition position = sources_.position(place);
  auto [file, is_new] = files_.try_emplace(std::string(position.file), static_cast<uint32_t>(module_->files.size()));
  if (is_new) module_->files.emplace_back(position.file);
  auto [found, added] =
      sites_.try_emplace({file->second, position.line, function.index}, SiteId{module_->sites.size()});
  if (added) module_->sites.push_back({file->second, position.line, function, {}});
  return found->second;
}

// -- order: OTP's, which module_info(functions) and the numbers of funs show

// Functions that were written, then the lifted ones, the last first; bodies of try, which OTP does not have, at the
// end.
void ModuleLowering::order_functions() {
  std::vector<Function> ordered;
  std::vector<FunctionId> new_ids(module_->functions.size());
  auto move = [&](size_t i) {
    new_ids[i] = FunctionId{ordered.size()};
    ordered.push_back(std::move(module_->functions[i]));
  };
  size_t count = module_->functions.size();
  std::vector<bool> is_body(count);
  for (size_t i = 0; i < count; ++i) is_body[i] = module_->functions[i].kind == FunctionKind::TryBody;
  for (size_t i = 0; i < written_functions_; ++i) move(i);
  for (size_t i = completed_.size(); i-- > 0;) {
    if (!is_body[completed_[i].index]) move(completed_[i].index);
  }
  for (FunctionId id : completed_) {
    if (is_body[id.index]) move(id.index);
  }
  module_->functions = std::move(ordered);
  auto renumber = [&](FunctionId& id) {
    if (id.valid()) id = new_ids[id.index];
  };
  renumber(module_->on_load);
  for (Site& site : module_->sites) renumber(site.function);
  for (Function& f : module_->functions) {
    renumber(f.trace_as);
    for (Block& block : f.blocks) {
      for (Instr& instr : block.instrs) {
        renumber(instr.function);
        renumber(instr.target.function);
      }
      renumber(block.term.target.function);
    }
  }
}

void ModuleLowering::number_lambdas() {
  std::vector<bool> numbered(module_->functions.size());
  uint32_t next = 0;
  for (Function& f : module_->functions) {
    for (Block& block : f.blocks) {
      for (Instr& instr : block.instrs) {
        if (instr.kind != InstrKind::MakeFun || numbered[instr.function.index]) continue;
        numbered[instr.function.index] = true;
        module_->functions[instr.function.index].lambda_index = next++;
      }
    }
  }
  // Funs that nothing makes still need a number of their own: a verifier of fun tables must not see one twice.
  for (size_t i = 0; i < module_->functions.size(); ++i) {
    Function& f = module_->functions[i];
    if (f.kind == FunctionKind::Lambda && !numbered[i]) f.lambda_index = next++;
  }
}

// -- what is missing

void ModuleLowering::unsupported(NodeId id) {
  AstKind kind = ast_.kind(id);
  bool bits = kind == AstKind::Binary || kind == AstKind::BinComp || kind == AstKind::BinGenerator;
  diagnostics_.report(bits ? DiagnosticKind::BitSyntaxUnsupported : DiagnosticKind::MapsUnsupported, ast_.span(id));
}

bool ModuleLowering::count_default(NodeId id) {
  ++default_expansions_;
  if (default_expansions_ == kMaxDefaultExpansions) {
    diagnostics_.report(DiagnosticKind::RecordDefaultsTooLarge, ast_.span(id), ast_.text(id));
  }
  return default_expansions_ < kMaxDefaultExpansions;
}

}  // namespace hj::core
