#include "jit/codegen/module_context.h"

#include <fmt/format.h>

#include "base/check.h"
#include "runtime/term/atoms.h"

namespace hj::codegen {

std::string symbol_text(std::string_view text) {
  std::string result;
  for (char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
                       c == '_' || c == '.' || c == '-';
    if (plain) {
      result.push_back(c);
    } else {
      result += fmt::format("%{:02x}", byte);
    }
  }
  return result;
}

ModuleContext::ModuleContext(const core::Module& module, const ModulePlan& plan, NativeLookup& natives,
                             const CodegenOptions& options, LoweredModule& lowered)
    : core_(module), plan_(plan), natives_(natives), options_(options), lowered_(lowered) {
  llvm::LLVMContext& context = *lowered_.context;
  word_ = llvm::Type::getInt64Ty(context);
  pointer_ = llvm::PointerType::getUnqual(context);
  std::vector<llvm::Type*> parameters{pointer_, pointer_, pointer_, word_};
  parameters.insert(parameters.end(), rt::kArgRegisters, word_);
  code_ = llvm::FunctionType::get(llvm::Type::getVoidTy(context), parameters, false);
  make_tags();
  version_ = llvm::cast<llvm::GlobalVariable>(variable("hj_version", {.kind = ExternalKind::Version}));

  emitted_.assign(core_.functions.size(), options_.only.empty());
  for (core::FunctionId id : options_.only) emitted_[id.index] = true;
  entries_.resize(plan_.entry_count);
  function_of_entry_.reserve(plan_.entry_count);
  for (size_t i = 0; i < plan_.functions.size(); ++i) {
    function_of_entry_.insert(function_of_entry_.end(), plan_.functions[i].entries.size(), core::FunctionId{i});
  }
}

void ModuleContext::make_tags() {
  llvm::MDBuilder builder(*lowered_.context);
  llvm::MDNode* root = builder.createTBAARoot("hotjit");
  const char* const names[kMemoryKinds] = {"heap", "frame", "process", "arguments", "cell"};
  for (size_t i = 0; i < kMemoryKinds; ++i) {
    llvm::MDNode* type = builder.createTBAAScalarTypeNode(names[i], root);
    tags_[i] = builder.createTBAAStructTagNode(type, type, 0);
  }
  unlikely_ = builder.createUnlikelyBranchWeights();
  likely_ = builder.createLikelyBranchWeights();
}

// -- entries

// "fib/1", its continuations "fib/1.1", "fib/1.2" ...
static std::string entry_name(const core::Function& function, uint32_t number) {
  std::string name = fmt::format("{}/{}", symbol_text(function.name), function.arity);
  return number == 0 ? name : fmt::format("{}.{}", name, number);
}

llvm::Function* ModuleContext::entry(EntryId id) {
  llvm::Function*& entry = entries_[id.index];
  if (entry != nullptr) return entry;
  const core::FunctionId function_id = function_of_entry_[id.index];
  const FunctionPlan& plan = plan_.functions[function_id.index];
  if (!is_emitted(function_id)) {
    entry = function(fmt::format("hj_entry:{}", id.index), code_, {.kind = ExternalKind::Entry, .index = id.index});
    entry->setCallingConv(llvm::CallingConv::PreserveNone);
    return entry;
  }
  const std::string name = entry_name(core_.functions[function_id.index], id.index - plan.first_entry.index);
  entry = llvm::Function::Create(code_, llvm::GlobalValue::PrivateLinkage, name, *lowered_.module);
  entry->setCallingConv(llvm::CallingConv::PreserveNone);
  entry->setAlignment(llvm::Align(16));
  entry->addFnAttr(llvm::Attribute::NoUnwind);
  llvm::Type* number = llvm::Type::getInt32Ty(*lowered_.context);
  entry->setPrefixData(llvm::ConstantStruct::getAnon(
      {version_, llvm::ConstantInt::get(number, id.index), llvm::ConstantInt::get(number, plan.entry(id).site)}));
  return entry;
}

void ModuleContext::finish() {
  std::vector<llvm::Constant*> addresses;
  addresses.reserve(entries_.size());
  for (uint32_t i = 0; i < entries_.size(); ++i) {
    const bool is_here = is_emitted(function_of_entry_[i]);
    addresses.push_back(is_here ? static_cast<llvm::Constant*>(entry(EntryId{i})) : llvm::ConstantPointerNull::get(pointer_));
  }
  auto* type = llvm::ArrayType::get(pointer_, addresses.size());
  new llvm::GlobalVariable(*lowered_.module, type, /*isConstant=*/true, llvm::GlobalValue::ExternalLinkage,
                           llvm::ConstantArray::get(type, addresses), kEntriesSymbol);
}

// -- constants

std::optional<uint64_t> ModuleContext::immediate(core::LiteralId id) const {
  const LiteralPlace& place = options_.literals->places[id.index];
  if (!place.is_immediate) return std::nullopt;
  return place.bits;
}

llvm::Constant* ModuleContext::literal(core::LiteralId id) {
  const LiteralPlace& place = options_.literals->places[id.index];
  if (place.is_immediate) return word(place.bits);
  llvm::Constant* area = variable("hj_literals", {.kind = ExternalKind::Literals});
  llvm::Constant* at = llvm::ConstantExpr::getGetElementPtr(llvm::Type::getInt8Ty(*lowered_.context), area, word(place.bits));
  return llvm::ConstantExpr::getPtrToInt(at, word_);
}

uint64_t ModuleContext::atom_word(std::string_view text) const { return rt::intern_atom(text).bits; }

// -- externals

llvm::Constant* ModuleContext::variable(const std::string& symbol, External external) {
  llvm::GlobalValue*& known = declared_[symbol];
  if (known == nullptr) {
    auto* made = new llvm::GlobalVariable(*lowered_.module, word_, /*isConstant=*/false,
                                          llvm::GlobalValue::ExternalLinkage, nullptr, symbol);
    made->setDSOLocal(true);
    made->setAlignment(llvm::Align(8));
    known = made;
    external.symbol = symbol;
    lowered_.externals.push_back(std::move(external));
  }
  return known;
}

llvm::Function* ModuleContext::function(const std::string& symbol, llvm::FunctionType* type, External external) {
  llvm::GlobalValue*& known = declared_[symbol];
  if (known == nullptr) {
    auto* made = llvm::Function::Create(type, llvm::GlobalValue::ExternalLinkage, symbol, *lowered_.module);
    made->setDSOLocal(true);
    made->addFnAttr(llvm::Attribute::NoUnwind);
    known = made;
    external.symbol = symbol;
    lowered_.externals.push_back(std::move(external));
  }
  return llvm::cast<llvm::Function>(known);
}

llvm::Function* ModuleContext::transfer(const char* name) {
  llvm::Function* stub = function(name, code_, {.kind = ExternalKind::Transfer});
  stub->setCallingConv(llvm::CallingConv::PreserveNone);
  return stub;
}

llvm::FunctionCallee ModuleContext::helper(const char* name, llvm::Type* result, llvm::ArrayRef<llvm::Type*> arguments) {
  return function(name, llvm::FunctionType::get(result, arguments, false), {.kind = ExternalKind::Helper});
}

// Natives' C names need not be unique; their Erlang names are.
static std::string native_text(const rt::NativeEntry& native) {
  return fmt::format("{}:{}/{}", symbol_text(native.module), symbol_text(native.name), native.arity);
}

llvm::FunctionCallee ModuleContext::native(const rt::NativeEntry& native) {
  std::vector<llvm::Type*> parameters{pointer_};
  parameters.insert(parameters.end(), native.arity, word_);
  return function("hj_native:" + native_text(native), llvm::FunctionType::get(word_, parameters, false),
                  {.kind = ExternalKind::Native, .native = &native});
}

llvm::Function* ModuleContext::call_stub(CallPath path) {
  auto* any = llvm::FunctionType::get(llvm::Type::getVoidTy(*lowered_.context), false);
  if (path == CallPath::Usual) return function("hj_call_c", any, {.kind = ExternalKind::Helper});
  llvm::Function* stub = function("hj_call_c_saving", any, {.kind = ExternalKind::Helper});
  stub->setCallingConv(llvm::CallingConv::PreserveMost);
  return stub;
}

llvm::Constant* ModuleContext::native_entry(const rt::NativeEntry& native) {
  return variable("hj_native_entry:" + native_text(native), {.kind = ExternalKind::NativeEntry, .native = &native});
}

llvm::Constant* ModuleContext::cell(std::string_view module, std::string_view function, uint32_t arity) {
  const std::string symbol = fmt::format("hj_cell:{}:{}/{}", symbol_text(module), symbol_text(function), arity);
  return variable(symbol, {.kind = ExternalKind::Cell,
                           .module = std::string(module),
                           .function = std::string(function),
                           .arity = arity});
}

llvm::Constant* ModuleContext::fun_entry(uint32_t lambda) {
  return variable(fmt::format("hj_fun:{}", lambda), {.kind = ExternalKind::Fun, .index = lambda});
}

llvm::Constant* ModuleContext::code_index() { return variable("hj_code_index", {.kind = ExternalKind::CodeIndex}); }

llvm::Constant* ModuleContext::call_cache() { return variable("hj_call_cache", {.kind = ExternalKind::CallCache}); }

}  // namespace hj::codegen
