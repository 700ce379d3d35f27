// The forms of a module in their order: what may stand where, and who is defined.
#include "frontend/lint/linter.h"

namespace hj::lint {

// The largest number of arguments the machine knows.
static constexpr uint32_t kMaxArity = 255;

FunctionId Linter::function_id(NodeId function) const {
  NodeId patterns = ast_.child(ast_.child(function, 0), 0);
  return {ast_.name(function), static_cast<uint32_t>(ast_.children(patterns).size())};
}

void Linter::collect_functions() {
  for (NodeId id : ast_.forms) {
    if (ast_.kind(id) != AstKind::Function) continue;
    facts_.functions.try_emplace(function_id(id), FunctionFacts{id, {}});
  }
}

bool Linter::is_predefined_function(FunctionId id) const {
  std::string_view name = text(id.name);
  if (name == "module_info") return id.arity <= 1;
  return name == "record_info" && id.arity == 2;
}

void Linter::form(NodeId id) {
  AstKind kind = ast_.kind(id);
  // A form that did not parse has been complained about; it neither is nor needs a module definition.
  if (kind == AstKind::ErrorForm) return;
  if (section_ == Section::BeforeModule && before_module(id)) return;
  if (section_ == Section::Functions && !attribute_allowed_here(id)) return;
  switch (kind) {
    case AstKind::Function: function(id); break;
    case AstKind::ModuleAttribute:
      if (!late_module_allowed_) report(DiagnosticKind::RedefinedModule, word_at(ast_.place(id)));
      late_module_allowed_ = false;
      if (module_name_.empty()) module_name_ = ast_.text(id);
      break;
    case AstKind::Export: export_attribute(id); break;
    case AstKind::ExportType: export_type_attribute(id); break;
    case AstKind::Import: import_attribute(id); break;
    case AstKind::RecordDef: record_definition(id); break;
    case AstKind::TypeDef: type_definition(id); break;
    case AstKind::Spec: spec(id); break;
    case AstKind::OptionalCallbacks:
      for (NodeId callback : ast_.children(id)) {
        auto [entry, fresh] = facts_.optional_callbacks.emplace(name_arity(callback), word_at(ast_.place(id)));
        FunctionId function = entry->first;
        if (!fresh)
          report(DiagnosticKind::RedefinedOptional, word_at(ast_.place(id)), atom(function.name), function.arity);
      }
      break;
    case AstKind::Behaviour: facts_.behaviours.push_back({ast_.text(id), word_at(ast_.place(id))}); break;
    case AstKind::OnLoad: on_load_attribute(id); break;
    case AstKind::Attribute: wild_attribute(id); break;
    default: break;
  }
}

// Returns true when the form has been dealt with: it was the module attribute.
bool Linter::before_module(NodeId id) {
  section_ = Section::Attributes;
  if (ast_.kind(id) == AstKind::ModuleAttribute) {
    module_attribute(id);
    return true;
  }
  Span span = ast_.kind(id) == AstKind::EndOfFile ? ast_.span(id) : word_at(ast_.place(id));
  report(DiagnosticKind::NoModuleDefinition, span);
  diagnostics_.hint("the first form of a file is -module(name).");
  // A later -module is not called a second one.
  late_module_allowed_ = true;
  return false;
}

static bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); }

void Linter::module_attribute(NodeId id) {
  Span span = word_at(ast_.place(id));
  std::string_view name = ast_.text(id);
  module_name_ = name;
  if (name.empty()) {
    report(DiagnosticKind::EmptyModuleName, span);
    return;
  }
  bool visible = false;
  bool control = false;
  for (size_t i = 0; i < name.size(); ++i) {
    // U+00A0 and U+00AD, the invisible ones that are no controls, have two bytes; other bytes of such are visible.
    unsigned char byte = static_cast<unsigned char>(name[i]);
    char32_t c = byte;
    if (byte == 0xC2 && i + 1 < name.size()) c = static_cast<unsigned char>(name[++i]);
    control = control || is_control(c);
    visible = visible || !(is_control(c) || c == ' ' || c == 0xA0 || c == 0xAD);
  }
  if (control) {
    report(DiagnosticKind::ControlInModuleName, span);
  } else if (!visible) {
    report(DiagnosticKind::BlankModuleName, span);
  } else if (options_.module_name == ModuleName::MatchesFile) {
    check_file_name(id);
  }
}

void Linter::check_file_name(NodeId id) {
  std::string_view file = sources_.file_name(ast_.place(id));
  if (size_t slash = file.rfind('/'); slash != std::string_view::npos) file.remove_prefix(slash + 1);
  for (std::string_view ending : {".erl", ".mod"}) {
    if (!file.ends_with(ending)) continue;
    file.remove_suffix(ending.size());
    if (file == ast_.text(id)) return;
    report(DiagnosticKind::ModuleNameMismatch, word_at(ast_.place(id)), ast_.text(id), file);
    diagnostics_.hint(fmt::format("name the file {}{}, or the module {}", ast_.text(id), ending, file));
    return;
  }
}

static std::string_view attribute_name(const Ast& ast, NodeId id) {
  switch (ast.kind(id)) {
    case AstKind::ModuleAttribute: return "module";
    case AstKind::Export: return "export";
    case AstKind::ExportType: return "export_type";
    case AstKind::Import: return "import";
    case AstKind::Spec: return "callback";
    case AstKind::OptionalCallbacks: return "optional_callbacks";
    case AstKind::Behaviour: return ast.node(id).flags & syntax::kAmericanSpelling ? "behavior" : "behaviour";
    case AstKind::OnLoad: return "on_load";
    case AstKind::Vsn: return "vsn";
    case AstKind::Author: return "author";
    case AstKind::Attribute: return ast.text(id);
    default: return "";
  }
}

bool Linter::attribute_allowed_here(NodeId id) {
  AstKind kind = ast_.kind(id);
  bool is_callback = kind == AstKind::Spec && (ast_.node(id).flags & syntax::kCallback);
  bool is_term = kind == AstKind::Attribute && ast_.text(id) != "dialyzer";
  switch (kind) {
    case AstKind::Spec:
      if (!is_callback) return true;
      break;
    case AstKind::Attribute:
      if (!is_term) return true;
      break;
    case AstKind::ModuleAttribute:
    case AstKind::Export:
    case AstKind::ExportType:
    case AstKind::Import:
    case AstKind::OptionalCallbacks:
    case AstKind::Behaviour:
    case AstKind::OnLoad:
    case AstKind::Vsn:
    case AstKind::Author: break;
    default: return true;
  }
  report(DiagnosticKind::AttributeAfterFunctions, word_at(ast_.place(id)), syntax::atom_text(attribute_name(ast_, id)));
  return false;
}

void Linter::export_attribute(NodeId id) {
  Span span = word_at(ast_.place(id));
  for (NodeId entry : ast_.children(id)) {
    FunctionId function = name_arity(entry);
    bool fresh = facts_.exports.insert(function).second;
    bool predefined = is_predefined_function(function) && function.arity < 2;
    if ((!fresh && !facts_.directives.export_all) || predefined)
      report(DiagnosticKind::DuplicateExport, span, atom(function.name), function.arity);
    if (!is_local(function) && !predefined) facts_.undefined_exports.push_back({function, span});
  }
}

void Linter::export_type_attribute(NodeId id) {
  Span span = word_at(ast_.place(id));
  for (NodeId entry : ast_.children(id)) {
    FunctionId type = name_arity(entry);
    if (!facts_.exported_types.insert(type).second) {
      report(DiagnosticKind::DuplicateExportType, span, atom(type.name), type.arity);
      continue;
    }
    facts_.type_uses.push_back({type, span});
    facts_.type_roots.push_back(type);
  }
}

void Linter::import_attribute(NodeId id) {
  Span span = word_at(ast_.place(id));
  Name module = ast_.name(id);
  for (NodeId entry : ast_.children(id)) {
    FunctionId function = name_arity(entry);
    auto existing = facts_.imports.find(function);
    if (existing != facts_.imports.end()) {
      report(DiagnosticKind::RedefinedImport, span, atom(function.name), function.arity, atom(existing->second.module));
      continue;
    }
    if (is_auto_imported(function)) {
      bool is_old = auto_imported_bif(text(function.name), function.arity)->age == BifAge::Old;
      if (is_old) report(DiagnosticKind::OldBifImportClash, span, atom(function.name), function.arity);
      if (!is_old)
        warn(WarningFlag::BifClash, DiagnosticKind::BifImportClash, span, atom(function.name), function.arity);
    }
    facts_.imports.emplace(function, Import{function, module, span});
  }
}

void Linter::on_load_attribute(NodeId id) {
  Span span = word_at(ast_.place(id));
  FunctionId function = name_arity(ast_.child(id, 0));
  facts_.on_load.push_back(function);
  if (facts_.on_load.size() > 1) {
    report(DiagnosticKind::SecondOnLoad, span);
    return;
  }
  if (function.arity != 0) {
    report(DiagnosticKind::OnLoadArity, span, atom(function.name), function.arity);
  } else if (!is_local(function)) {
    report(DiagnosticKind::UndefinedFunction, span, atom(function.name), function.arity);
    guess_function(function);
  }
}

void Linter::function(NodeId id) {
  section_ = Section::Functions;
  FunctionId function = function_id(id);
  FunctionFacts& facts = facts_.functions.at(function);
  Span head = word_at(ast_.place(id));
  if (is_predefined_function(function) || facts.node != id) {
    report(DiagnosticKind::RedefinedFunction, head, atom(function.name), function.arity);
  } else if (is_imported(function)) {
    report(DiagnosticKind::DefinedImport, head, atom(function.name), function.arity);
  } else if (function.arity > kMaxArity) {
    report(DiagnosticKind::TooManyArguments, head, function.arity, kMaxArity);
  }
  references_ = &facts.references;
  for (NodeId clause : ast_.children(id)) function_clause(clause);
  references_ = nullptr;
}

}  // namespace hj::lint
