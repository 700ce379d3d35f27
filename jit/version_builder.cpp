#include "jit/version_builder.h"

#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/Module.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <optional>

#include "base/check.h"
#include "jit/runtime_symbols.h"
#include "runtime/code/code_space.h"
#include "runtime/code/export_table.h"
#include "runtime/code/fun_entry.h"
#include "runtime/native/native.h"
#include "runtime/term/atoms.h"

namespace hj::jit {

using codegen::ExternalKind;
using codegen::LoweredModule;

namespace {

#if defined(HJ_CHAOS)
constexpr bool kChaos = true;
#else
constexpr bool kChaos = false;
#endif

// Below this many functions a compile costs about what finding the object does.
constexpr size_t kFunctionsWorthCaching = 16;

// Version ids are never used again.
std::atomic<uint64_t> next_version_id{1};

double ms_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace

static codegen::CodegenOptions codegen_options(Engine& engine, const LiteralLayout& literals) {
  codegen::CodegenOptions options;
  options.prepare = [&](llvm::Module& ir) { engine.prepare(ir); };
  options.literals = &literals;
  options.chaos = kChaos;
  return options;
}

// Code generation and LLVM, for a module without an object.
static Result<void> generate(Engine& engine, const core::Module& module, Tier tier, CompiledModule& compiled) {
  compiled.tables = codegen::lower(module, codegen_options(engine, compiled.literals));
  HJ_TRY(ObjectCode object, engine.compile(*compiled.tables.module, tier));
  compiled.object = std::make_unique<ObjectCode>(std::move(object));
  // In this order: a module belongs to its context.
  compiled.tables.module.reset();
  compiled.tables.context.reset();
  return {};
}

Result<CompiledModule> compile_module(Engine& engine, std::shared_ptr<const core::Module> module, Tier tier,
                                      ObjectCache* cache) {
  const auto begin = std::chrono::steady_clock::now();
  CompiledModule compiled;
  compiled.hash = core::code_hash(*module);
  compiled.literals = lay_out_literals(*module);
  std::string key;
  std::optional<CachedObject> cached;
  if (cache != nullptr && module->functions.size() >= kFunctionsWorthCaching) {
    key = cache_key(*module, compiled.literals, fmt::format("{} tier {}", engine.fingerprint(), static_cast<int>(tier)));
    cached = cache->find(key);
  }
  if (cached) {
    compiled.tables = codegen::lower_tables(*module, codegen_options(engine, compiled.literals));
    compiled.tables.externals = std::move(cached->externals);
    compiled.object = std::make_unique<ObjectCode>(ObjectCode::copy_of(cached->object));
  } else {
    if (auto done = generate(engine, *module, tier, compiled); !done) return done.error();
    if (!key.empty()) cache->store(key, compiled.tables.externals, compiled.object->bytes());
  }
  compiled.core = std::move(module);
  compiled.compile_ms = ms_since(begin);
  return compiled;
}

// -- linking

// Where the external stands; 0 when that is not known (a transfer or helper the runtime does not have).
static uint64_t address_of(const codegen::External& external, const rt::Version& version, const LoweredModule& tables) {
  switch (external.kind) {
    case ExternalKind::Version: return reinterpret_cast<uint64_t>(&version);
    case ExternalKind::Literals:
      return reinterpret_cast<uint64_t>(version.literals_begin != nullptr
                                            ? static_cast<const void*>(version.literals_begin)
                                            : static_cast<const void*>(rt::literal_range_begin));
    case ExternalKind::Cell:
      return reinterpret_cast<uint64_t>(
          rt::intern_export(rt::intern_atom(external.module), rt::intern_atom(external.function), external.arity));
    case ExternalKind::Fun:
      return reinterpret_cast<uint64_t>(
          rt::intern_fun_entry(version.module, version.hash, tables.lambdas[external.index].index));
    case ExternalKind::CodeIndex: return reinterpret_cast<uint64_t>(&rt::hj_code_index);
    case ExternalKind::CallCache: return reinterpret_cast<uint64_t>(rt::hj_call_cache);
    case ExternalKind::Transfer:
    case ExternalKind::Helper: return runtime_symbol(external.symbol);
    case ExternalKind::Native: return reinterpret_cast<uint64_t>(external.native->function);
    case ExternalKind::NativeEntry: return reinterpret_cast<uint64_t>(external.native);
    case ExternalKind::Entry: break;
  }
  return 0;
}

static Result<void> make_literals(const CompiledModule& compiled, rt::Version& version) {
  if (compiled.literals.words == 0) return {};
  HJ_TRY(char* area, rt::allocate_code_space(rt::CodeSpaceArea::Literals, compiled.literals.words * sizeof(rt::Term)));
  version.literals_begin = reinterpret_cast<rt::Term*>(area);
  version.literals_end = version.literals_begin + compiled.literals.words;
  build_literals(*compiled.core, compiled.literals, version.literals_begin);
  return {};
}

// #Fun<m.Index.Uniq>: of the code, so that it survives an identical reload; 27 bits, as in OTP.
static uint32_t fun_uniq(const std::string& hash, uint32_t index) {
  uint32_t uniq = index * 0x9e3779b1u;
  for (char byte : hash) uniq = (uniq ^ static_cast<uint8_t>(byte)) * 0x01000193u;
  return uniq & ((1u << 27) - 1);
}

static void fill_tables(const CompiledModule& compiled, const rt::Code* entries, rt::Version& version) {
  const LoweredModule& tables = compiled.tables;
  auto entry_of = [&](codegen::EntryId id) { return id.valid() ? entries[id.index] : nullptr; };
  for (const auto& function : tables.functions) {
    version.functions.push_back({version.module, rt::intern_atom(function.name), function.arity, entry_of(function.entry),
                                 function.exported});
  }
  for (const auto& lowered : tables.descriptors) {
    rt::Descriptor descriptor = lowered.descriptor;
    descriptor.handler = entry_of(lowered.handler);
    version.descriptors.push_back(descriptor);
  }
  version.slot_maps = tables.slot_maps;
  version.sites = tables.sites;
  version.files = tables.files;
  for (const auto& lambda : tables.lambdas) {
    const rt::FunShape shape{rt::intern_atom(lambda.name), lambda.arity, lambda.free_count,
                             fun_uniq(version.hash, lambda.index)};
    version.fun_entries.push_back(rt::intern_fun_entry(version.module, version.hash, lambda.index, shape));
    version.fun_codes.push_back(entry_of(lambda.entry));
  }
  auto term_of = [&](core::LiteralId id) { return compiled.literals.places[id.index].term(version.literals_begin); };
  for (const auto& [name, value] : compiled.core->attributes) version.attributes.emplace_back(term_of(name), term_of(value));
  for (const auto& [name, value] : compiled.core->compile_info) {
    version.compile_info.emplace_back(term_of(name), term_of(value));
  }
}

static Result<std::unique_ptr<LinkedCode>> link_module(Engine& engine, const CompiledModule& compiled,
                                                       const rt::Version& version, std::string_view suffix) {
  std::vector<SymbolAddress> symbols;
  symbols.reserve(compiled.tables.externals.size());
  for (const auto& external : compiled.tables.externals) {
    // An unknown one stays undefined, and link() says its name.
    if (const uint64_t address = address_of(external, version, compiled.tables)) symbols.push_back({external.symbol, address});
  }
  // The id, not the number: a version that is being removed may have the number of the one being made.
  return engine.link(fmt::format("{}@{}{}", compiled.core->name, version.id, suffix), *compiled.object, symbols);
}

Result<std::unique_ptr<rt::Version>> build_version(Engine& engine, const CompiledModule& compiled, uint32_t number) {
  auto version = std::make_unique<rt::Version>();
  version->id = next_version_id.fetch_add(1, std::memory_order_relaxed);
  version->number = number;
  version->module = rt::intern_atom(compiled.core->name);
  version->hash = compiled.hash;
  version->source_path = compiled.core->source_path;
  if (auto made = make_literals(compiled, *version); !made) return made.error();
  auto linked = link_module(engine, compiled, *version, "");
  if (!linked) {
    discard_version(std::move(version));
    return linked.error();
  }
  version->code_begin = (*linked)->begin();
  version->code_end = (*linked)->end();
  fill_tables(compiled, (*linked)->entries(), *version);
  auto code = std::make_unique<VersionCode>();
  code->linked = std::move(*linked);
  code->core = compiled.core;
  version->code = std::move(code);
  return version;
}

Result<std::unique_ptr<rt::FastBody>> build_fast_body(Engine& engine, const CompiledModule& compiled,
                                                      const rt::Version& version) {
  HJ_CHECK(compiled.hash == version.hash && compiled.tables.descriptors.size() == version.descriptors.size(),
           "LM1: the tiers of {} differ", compiled.core->name);
  HJ_TRY(auto linked, link_module(engine, compiled, version, "+"));
  auto body = std::make_unique<rt::FastBody>();
  body->entries = linked->entries();
  body->begin = linked->begin();
  body->end = linked->end();
  body->code = std::move(linked);
  return body;
}

void discard_version(std::unique_ptr<rt::Version> version) {
  version->fast_owner.reset();
  version->code.reset();
  if (version->literals_begin != nullptr) {
    rt::free_code_space(rt::CodeSpaceArea::Literals, reinterpret_cast<char*>(version->literals_begin),
                        static_cast<size_t>(version->literals_end - version->literals_begin) * sizeof(rt::Term));
  }
}

void add_default_vsn(core::Module& module) {
  const core::LiteralId vsn = module.atom("vsn");
  for (const auto& [name, value] : module.attributes) {
    if (name == vsn) return;
  }
  std::string hex;
  for (char byte : core::code_hash(module)) hex += fmt::format("{:02x}", static_cast<uint8_t>(byte));
  hex.erase(0, std::min(hex.find_first_not_of('0'), hex.size() - 1));
  core::Literal number;
  // A hash that fits a word is one in 2^64; literals of either kind must keep to what the other cannot hold.
  if (hex.size() < 16) {
    number.kind = core::LiteralKind::Integer;
    number.integer = static_cast<int64_t>(std::stoull(hex, nullptr, 16));
  } else {
    number.kind = core::LiteralKind::BigInteger;
    number.text = hex;
  }
  const core::LiteralId value = module.literal(std::move(number));
  // OTP shows it first.
  module.attributes.insert(module.attributes.begin(), {vsn, module.list(std::span(&value, 1), module.nil())});
}

}  // namespace hj::jit
