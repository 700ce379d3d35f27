// What the functions of a module share while they are lowered: names, records, imports, sites, literals.
//
// Threads: owner only.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>

#include "frontend/core/core.h"
#include "frontend/core/fun_numbers.h"
#include "frontend/core/record_table.h"
#include "frontend/pipeline.h"

namespace hj::core {

class ModuleLowering {
 public:
  ModuleLowering(const syntax::Ast& ast, const SourceMap& sources, const CompileOptions& options,
                 Diagnostics& diagnostics);
  std::unique_ptr<Module> run();

  const syntax::Ast& ast() const { return ast_; }
  Module& module() { return *module_; }
  const RecordTable& records() const { return records_; }
  Diagnostics& diagnostics() { return diagnostics_; }

  // -- names
  std::optional<FunctionId> local_function(syntax::Name name, uint32_t arity) const;
  // behaviour_info/1 and module_info/0,1, which have no forms.
  std::optional<FunctionId> generated_function(std::string_view name, uint32_t arity) const;
  std::optional<syntax::Name> import_of(syntax::Name name, uint32_t arity) const;
  // A call of name/arity without a module means erlang:name/arity.
  bool is_auto_imported(syntax::Name name, uint32_t arity) const;
  // A new function; its name is changed when one with it and this arity exists.
  FunctionId add_function(std::string name, uint32_t arity, FunctionKind kind, SiteId site);
  // Says that a lifted function is complete: their order is OTP's.
  void completed(FunctionId id) { completed_.push_back(id); }

  // -- places
  SiteId site(Loc place, FunctionId function);

  // -- literals
  LiteralId atom(syntax::Name name) { return module_->atom(ast_.names.text(name)); }
  LiteralId string(const std::u32string& characters);
  LiteralId integer(const syntax::IntegerLiteral& integer, bool negative);
  LiteralId float_number(double number);
  LiteralId export_fun(LiteralId module, LiteralId name, int64_t arity);
  // How many cells and elements a literal has, up to a limit.
  uint32_t literal_size(LiteralId id);
  // A constant expression's value: the term of an attribute, or what stands in a pattern. Nothing when it is none.
  std::optional<LiteralId> constant(syntax::NodeId id);

  // -- what is not there yet
  void unsupported(syntax::NodeId id);
  // Counts the expansion of a record's defaults; false, and reported, when there are too many.
  bool count_default(syntax::NodeId id);

 private:
  using NameArity = std::pair<syntax::Name, uint32_t>;

  void collect_forms();
  void collect_compile_option(syntax::NodeId term);
  void collect_names(syntax::NodeId term, std::set<NameArity>& names) const;
  void declare_functions();
  void attributes();
  void add_attribute(std::string_view name, LiteralId value);
  void behaviour_info();
  void module_info();
  void clause_on_atom(FunctionId id, std::vector<std::pair<LiteralId, LiteralId>> answers);
  void order_functions();
  void number_lambdas();
  NameArity name_arity(syntax::NodeId id) const;
  std::optional<LiteralId> constant_list(syntax::NodeId id);
  std::optional<LiteralId> constant_operation(syntax::NodeId id);
  std::optional<LiteralId> constant_append(syntax::NodeId id);

  const syntax::Ast& ast_;
  const SourceMap& sources_;
  const CompileOptions& options_;
  Diagnostics& diagnostics_;
  std::unique_ptr<Module> module_ = std::make_unique<Module>();
  RecordTable records_;

  std::map<NameArity, FunctionId> functions_;
  std::map<NameArity, syntax::Name> imports_;
  std::set<NameArity> exports_;
  std::set<NameArity> no_auto_import_;
  bool no_auto_imports_ = false;
  bool export_all_ = false;
  std::set<std::pair<std::string, uint32_t>> used_names_;
  size_t written_functions_ = 0;
  std::vector<FunctionId> completed_;

  std::map<std::tuple<uint32_t, uint32_t, uint32_t>, SiteId> sites_;
  std::unordered_map<std::string, uint32_t> files_;
  std::vector<uint32_t> literal_sizes_;
  uint32_t default_expansions_ = 0;
};

}  // namespace hj::core
