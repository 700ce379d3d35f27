// Prints a module's tree as the terms of OTP's abstract format, one form a line, for compare_forms.escript to compare with
// what epp and erl_parse make of the same file. Columns included: error messages and stack traces depend on places.
//
//   abstract_format FILE [-IDIR] [-LAPP=DIR] [-DNAME=TEXT]
//
// '_' stands for a place the tree does not hold.
#include <cstdio>
#include <string>

#include <fmt/format.h>

#include "frontend/pipeline.h"
#include "frontend/syntax/atom_text.h"
#include "frontend/syntax/number_text.h"

namespace hj::syntax {

namespace {

class Printer {
 public:
  Printer(const Ast& ast, const SourceMap& sources) : ast_(ast), sources_(sources) {}
  std::string form(NodeId id);

 private:
  std::string place(Loc loc) const {
    SourcePosition position = sources_.position(loc);
    return fmt::format("{{{},{}}}", position.line, position.column);
  }
  std::string at(NodeId id) const { return place(ast_.place(id)); }
  std::string name(NodeId id) const { return quoted(ast_.text(id)); }
  static std::string quoted(std::string_view text) { return "'" + escaped(text) + "'"; }
  static std::string escaped(std::string_view text);
  std::string child(NodeId id, uint32_t i) { return node(ast_.child(id, i)); }
  // [a,b] of the children from `first` on.
  std::string list_from(NodeId id, uint32_t first);
  std::string node(NodeId id);
  std::string list(NodeId id);
  std::string bin_element(NodeId id);
  std::string record_field(NodeId id);
  std::string expression(NodeId id);
  std::string control(NodeId id);
  std::string catch_pattern(NodeId id);
  std::string type(NodeId id);
  std::string constraint(NodeId id);
  std::string record_definition(NodeId id);
  std::string spec(NodeId id);
  std::string name_arities(NodeId id);
  std::string attribute(NodeId id, std::string_view attribute_name, const std::string& value);

  const Ast& ast_;
  const SourceMap& sources_;
};

}  // namespace

std::string Printer::escaped(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out;
}

std::string Printer::list_from(NodeId id, uint32_t first) {
  std::string out = "[";
  for (uint32_t i = first; i < ast_.children(id).size(); ++i) {
    if (i > first) out += ",";
    out += child(id, i);
  }
  return out + "]";
}

std::string Printer::list(NodeId id) {
  std::span<const NodeId> children = ast_.children(id);
  std::string out;
  for (size_t i = 0; i + 1 < children.size(); ++i) {
    std::string cell = i == 0 ? at(id) : place(ast_.span(children[i]).begin);
    out += fmt::format("{{cons,{},{},", cell, node(children[i]));
  }
  out += node(children.back());
  return out + std::string(children.size() - 1, '}');
}

std::string Printer::bin_element(NodeId id) {
  const Node& element = ast_.node(id);
  bool has_size = (element.flags & kHasSize) != 0;
  uint32_t types_begin = has_size ? 2 : 1;
  std::string types = "default";
  if (element.child_count > types_begin) types = list_from(id, types_begin);
  return fmt::format("{{bin_element,{},{},{},{}}}", at(id), child(id, 0), has_size ? child(id, 1) : "default", types);
}

std::string Printer::record_field(NodeId id) {
  const char* kind = (ast_.node(id).flags & kVariableField) != 0 ? "var" : "atom";
  return fmt::format("{{record_field,{0},{{{1},{0},{2}}},{3}}}", at(id), kind, name(id), child(id, 0));
}

std::string Printer::expression(NodeId id) {
  switch (ast_.kind(id)) {
    case AstKind::Var: return fmt::format("{{var,{},{}}}", at(id), name(id));
    case AstKind::Atom: return fmt::format("{{atom,{},{}}}", at(id), name(id));
    case AstKind::Integer: return fmt::format("{{integer,{},{}}}", at(id), integer_text(ast_.integer(id)));
    case AstKind::Char: return fmt::format("{{char,{},{}}}", at(id), ast_.node(id).payload);
    case AstKind::Float: return fmt::format("{{float,{},{}}}", at(id), float_text(ast_.float_value(id)));
    case AstKind::String: return fmt::format("{{string,{},{}}}", at(id), string_text(ast_.string(id)));
    case AstKind::Nil: return fmt::format("{{nil,{}}}", at(id));
    case AstKind::List: return list(id);
    case AstKind::Tuple: return fmt::format("{{tuple,{},{}}}", at(id), list_from(id, 0));
    case AstKind::Map: return fmt::format("{{map,{},{}}}", at(id), list_from(id, 0));
    case AstKind::MapUpdate: return fmt::format("{{map,{},{},{}}}", at(id), child(id, 0), list_from(id, 1));
    case AstKind::MapAssoc: return fmt::format("{{map_field_assoc,{},{},{}}}", at(id), child(id, 0), child(id, 1));
    case AstKind::MapExact: return fmt::format("{{map_field_exact,{},{},{}}}", at(id), child(id, 0), child(id, 1));
    case AstKind::Binary: return fmt::format("{{bin,{},{}}}", at(id), list_from(id, 0));
    case AstKind::BinElement: return bin_element(id);
    case AstKind::BinType:
      if (ast_.children(id).empty()) return name(id);
      return fmt::format("{{{},{}}}", name(id), integer_text(ast_.integer(ast_.child(id, 0))));
    case AstKind::RecordNew: return fmt::format("{{record,{},{},{}}}", at(id), name(id), list_from(id, 0));
    case AstKind::RecordUpdate:
      return fmt::format("{{record,{},{},{},{}}}", at(id), child(id, 0), name(id), list_from(id, 1));
    case AstKind::RecordField: return record_field(id);
    case AstKind::RecordAccess:
      return fmt::format("{{record_field,{},{},{},{}}}", at(id), child(id, 0), name(id), child(id, 1));
    case AstKind::RecordIndex: return fmt::format("{{record_index,{},{},{}}}", at(id), name(id), child(id, 0));
    case AstKind::Call: return fmt::format("{{call,{},{},{}}}", at(id), child(id, 0), list_from(id, 1));
    case AstKind::Remote: return fmt::format("{{remote,{},{},{}}}", at(id), child(id, 0), child(id, 1));
    case AstKind::Unary: return fmt::format("{{op,{},'{}',{}}}", at(id), op_text(ast_.op(id)), child(id, 0));
    case AstKind::Binary2:
      return fmt::format("{{op,{},'{}',{},{}}}", at(id), op_text(ast_.op(id)), child(id, 0), child(id, 1));
    case AstKind::Match: return fmt::format("{{match,{},{},{}}}", at(id), child(id, 0), child(id, 1));
    case AstKind::Catch: return fmt::format("{{'catch',{},{}}}", at(id), child(id, 0));
    default: return control(id);
  }
}

std::string Printer::control(NodeId id) {
  std::span<const NodeId> children = ast_.children(id);
  switch (ast_.kind(id)) {
    case AstKind::Block: return fmt::format("{{block,{},{}}}", at(id), list_from(id, 0));
    case AstKind::Case: return fmt::format("{{'case',{},{},{}}}", at(id), child(id, 0), list_from(id, 1));
    case AstKind::If: return fmt::format("{{'if',{},{}}}", at(id), list_from(id, 0));
    case AstKind::Receive: {
      if (children.empty() || ast_.kind(children.back()) != AstKind::After)
        return fmt::format("{{'receive',{},{}}}", at(id), list_from(id, 0));
      std::string clauses = "[";
      for (size_t i = 0; i + 1 < children.size(); ++i) clauses += (i > 0 ? "," : "") + node(children[i]);
      NodeId after = children.back();
      return fmt::format("{{'receive',{},{}],{},{}}}", at(id), clauses, child(after, 0), child(after, 1));
    }
    case AstKind::Try:
      return fmt::format("{{'try',{},{},{},{},{}}}", at(id), child(id, 0), child(id, 1), child(id, 2), child(id, 3));
    case AstKind::CatchPattern: return catch_pattern(id);
    case AstKind::Fun: return fmt::format("{{'fun',{},{{clauses,{}}}}}", at(id), list_from(id, 0));
    case AstKind::NamedFun: return fmt::format("{{named_fun,{},{},{}}}", at(id), name(id), list_from(id, 0));
    case AstKind::FunLocal:
      return fmt::format("{{'fun',{},{{function,{},{}}}}}", at(id), name(children[0]),
                         integer_text(ast_.integer(children[1])));
    case AstKind::FunRemote:
      return fmt::format("{{'fun',{},{{function,{},{},{}}}}}", at(id), child(id, 0), child(id, 1), child(id, 2));
    case AstKind::ListComp: return fmt::format("{{lc,{},{},{}}}", at(id), child(id, 0), list_from(id, 1));
    case AstKind::BinComp: return fmt::format("{{bc,{},{},{}}}", at(id), child(id, 0), list_from(id, 1));
    case AstKind::MapComp: return fmt::format("{{mc,{},{},{}}}", at(id), child(id, 0), list_from(id, 1));
    case AstKind::Generator: return fmt::format("{{generate,{},{},{}}}", at(id), child(id, 0), child(id, 1));
    case AstKind::BinGenerator: return fmt::format("{{b_generate,{},{},{}}}", at(id), child(id, 0), child(id, 1));
    case AstKind::MapGenerator: return fmt::format("{{m_generate,{},{},{}}}", at(id), child(id, 0), child(id, 1));
    case AstKind::Maybe:
      if (ast_.children(children[1]).empty()) return fmt::format("{{maybe,{},{}}}", at(id), child(id, 0));
      return fmt::format("{{maybe,{},{},{{'else','_',{}}}}}", at(id), child(id, 0), child(id, 1));
    case AstKind::MaybeMatch: return fmt::format("{{maybe_match,{},{},{}}}", at(id), child(id, 0), child(id, 1));
    case AstKind::Clause:
      return fmt::format("{{clause,{},{},{},{}}}", at(id), child(id, 0), child(id, 1), child(id, 2));
    case AstKind::Patterns:
    case AstKind::Guard:
    case AstKind::GuardAlternative:
    case AstKind::Body:
    case AstKind::Clauses: return list_from(id, 0);
    default: return type(id);
  }
}

// A trace that was not written has the reason's place here, and the place of the reason's last token in OTP.
std::string Printer::catch_pattern(NodeId id) {
  NodeId trace = ast_.child(id, 2);
  bool is_written = ast_.span(trace).begin != ast_.span(ast_.child(id, 1)).begin;
  std::string trace_text = is_written ? node(trace) : "{var,'_','_'}";
  return fmt::format("{{tuple,{},[{},{},{}]}}", at(id), child(id, 0), child(id, 1), trace_text);
}

std::string Printer::type(NodeId id) {
  auto simple = [&](const char* kind) { return fmt::format("{{type,{},{},{}}}", at(id), kind, list_from(id, 0)); };
  switch (ast_.kind(id)) {
    case AstKind::TypeCall: return fmt::format("{{type,{},{},{}}}", at(id), name(id), list_from(id, 0));
    case AstKind::TypeRemote:
      return fmt::format("{{remote_type,{},[{},{{atom,'_',{}}},{}]}}", at(id), child(id, 0), name(id), list_from(id, 1));
    case AstKind::TypeUnion: return simple("union");
    case AstKind::TypeRange: return simple("range");
    case AstKind::TypeList: return simple(ast_.children(id).empty() ? "nil" : "list");
    case AstKind::TypeNonEmptyList: return simple("nonempty_list");
    case AstKind::TypeTuple: return simple("tuple");
    case AstKind::TypeMap: return simple("map");
    case AstKind::TypeMapAssoc: return simple("map_field_assoc");
    case AstKind::TypeMapExact: return simple("map_field_exact");
    case AstKind::TypeBinary: return simple("binary");
    case AstKind::TypeAnnotated: return fmt::format("{{ann_type,{},{}}}", at(id), list_from(id, 0));
    case AstKind::TypeRecord: {
      std::string fields = list_from(id, 0);
      std::string separator = fields == "[]" ? "" : ",";
      return fmt::format("{{type,{},record,[{{atom,'_',{}}}{}{}}}", at(id), name(id), separator, fields.substr(1));
    }
    case AstKind::TypeRecordField:
      return fmt::format("{{type,{0},field_type,[{{atom,{0},{1}}},{2}]}}", at(id), name(id), child(id, 0));
    case AstKind::TypeFun: {
      std::span<const NodeId> children = ast_.children(id);
      if (children.empty()) return fmt::format("{{type,{},'fun',[]}}", at(id));
      std::string result = node(children.back());
      if ((ast_.node(id).flags & kAnyArity) != 0)
        return fmt::format("{{type,{0},'fun',[{{type,{0},any}},{1}]}}", at(id), result);
      std::string arguments;
      for (size_t i = 0; i + 1 < children.size(); ++i) arguments += (i > 0 ? "," : "") + node(children[i]);
      return fmt::format("{{type,{0},'fun',[{{type,{0},product,[{1}]}},{2}]}}", at(id), arguments, result);
    }
    case AstKind::TypeConstraint: return constraint(id);
    default: return "unknown";
  }
}

std::string Printer::constraint(NodeId id) {
  std::string constraints;
  std::span<const NodeId> children = ast_.children(id);
  for (size_t i = 1; i < children.size(); ++i)
    constraints += fmt::format("{}{{type,{},constraint,[{{atom,{},is_subtype}},[{},{}]]}}", i > 1 ? "," : "",
                               at(children[i]), at(children[i]), child(children[i], 0), child(children[i], 1));
  return fmt::format("{{type,{},bounded_fun,[{},[{}]]}}", at(id), child(id, 0), constraints);
}

std::string Printer::node(NodeId id) { return expression(id); }

// -- forms

std::string Printer::attribute(NodeId id, std::string_view attribute_name, const std::string& value) {
  return fmt::format("{{attribute,{},{},{}}}", at(id), quoted(attribute_name), value);
}

std::string Printer::name_arities(NodeId id) {
  std::string out = "[";
  for (NodeId entry : ast_.children(id)) {
    if (out.size() > 1) out += ",";
    out += fmt::format("{{{},{}}}", name(entry), integer_text(ast_.integer(ast_.child(entry, 0))));
  }
  return out + "]";
}

std::string Printer::record_definition(NodeId id) {
  std::string fields;
  for (NodeId field : ast_.children(id)) {
    uint8_t flags = ast_.node(field).flags;
    std::string text = fmt::format("{{record_field,{0},{{atom,{0},{1}}}", at(field), name(field));
    if ((flags & kHasDefault) != 0) text += "," + child(field, 0);
    text += "}";
    if ((flags & kHasType) != 0) {
      NodeId type_id = ast_.children(field).back();
      text = fmt::format("{{typed_record_field,{},{}}}", text, node(type_id));
    }
    if (!fields.empty()) fields += ",";
    fields += text;
  }
  return fmt::format("{{{},[{}]}}", name(id), fields);
}

std::string Printer::spec(NodeId id) {
  NodeId function = ast_.child(id, 0);
  std::string head = ast_.kind(function) == AstKind::Remote
                         ? name(ast_.child(function, 0)) + "," + name(ast_.child(function, 1))
                         : name(function);
  return fmt::format("{{{{{},{}}},{}}}", head, integer_text(ast_.integer(ast_.child(id, 1))), list_from(id, 2));
}

std::string Printer::form(NodeId id) {
  uint8_t flags = ast_.node(id).flags;
  auto term = [&] { return "{'$abstract'," + child(id, 0) + "}"; };
  switch (ast_.kind(id)) {
    case AstKind::Function: {
      size_t arity = ast_.children(ast_.child(ast_.child(id, 0), 0)).size();
      return fmt::format("{{function,{},{},{},{}}}", at(id), name(id), arity, list_from(id, 0));
    }
    case AstKind::ModuleAttribute: return attribute(id, "module", name(id));
    case AstKind::Export: return attribute(id, "export", name_arities(id));
    case AstKind::ExportType: return attribute(id, "export_type", name_arities(id));
    case AstKind::OptionalCallbacks: return attribute(id, "optional_callbacks", name_arities(id));
    case AstKind::Import: return attribute(id, "import", fmt::format("{{{},{}}}", name(id), name_arities(id)));
    case AstKind::RecordDef: return attribute(id, "record", record_definition(id));
    case AstKind::TypeDef:
      return attribute(id, (flags & kOpaque) != 0 ? "opaque" : "type",
                       fmt::format("{{{},{},{}}}", name(id), child(id, 1), child(id, 0)));
    case AstKind::Spec: return attribute(id, (flags & kCallback) != 0 ? "callback" : "spec", spec(id));
    case AstKind::Behaviour:
      return attribute(id, (flags & kAmericanSpelling) != 0 ? "behavior" : "behaviour", name(id));
    case AstKind::OnLoad: {
      std::string functions = name_arities(id);
      return attribute(id, "on_load", functions.substr(1, functions.size() - 2));
    }
    case AstKind::Compile: return attribute(id, "compile", term());
    case AstKind::Vsn: return attribute(id, "vsn", term());
    case AstKind::Author: return attribute(id, "author", term());
    case AstKind::Attribute: return attribute(id, ast_.text(id), term());
    case AstKind::EndOfFile: return fmt::format("{{eof,{}}}", at(id));
    default: return "error";
  }
}

static void print_module(const Compilation& compilation) {
  Printer printer(compilation.ast, compilation.sources);
  std::string out = "%% coding: utf-8\n";
  for (NodeId form : compilation.ast.forms) out += printer.form(form) + ".\n";
  std::fwrite(out.data(), 1, out.size(), stdout);
}

}  // namespace hj::syntax

static void print_diagnostics(const hj::Compilation& compilation) {
  for (const hj::Diagnostic& diagnostic : compilation.diagnostics.sorted()) {
    hj::SourcePosition position = compilation.sources.position(diagnostic.span.begin);
    fmt::print(stderr, "{}:{}:{}: {}\n", position.file, position.line, position.column, diagnostic.message);
  }
}

int main(int argc, char** argv) {
  hj::CompileOptions options;
  std::string file;
  for (int i = 1; i < argc; ++i) {
    std::string argument = argv[i];
    size_t equals = argument.find('=');
    if (argument.starts_with("-I")) {
      options.include_dirs.push_back(argument.substr(2));
    } else if (argument.starts_with("-L") && equals != std::string::npos) {
      options.lib_dirs.emplace_back(argument.substr(2, equals - 2), argument.substr(equals + 1));
    } else if (argument.starts_with("-D") && equals != std::string::npos) {
      options.defines.emplace_back(argument.substr(2, equals - 2), argument.substr(equals + 1));
    } else {
      file = argument;
    }
  }
  auto compilation = hj::compile_source_file(file, options, hj::Phase::Ast);
  if (!compilation.ok()) {
    fmt::print(stderr, "{}\n", compilation.error().message);
    return 2;
  }
  print_diagnostics(**compilation);
  auto print = [](void* argument) { hj::syntax::print_module(*static_cast<hj::Compilation*>(argument)); };
  hj::run_with_compile_stack(print, compilation->get());
  return (*compilation)->diagnostics.has_errors() ? 1 : 0;
}
