#include "jit/engine.h"

#include <llvm/Config/llvm-config.h>
#include <llvm/ExecutionEngine/JITLink/JITLink.h>
#include <llvm/ExecutionEngine/Orc/Core.h>
#include <llvm/ExecutionEngine/Orc/LinkGraphLinkingLayer.h>
#include <llvm/ExecutionEngine/Orc/SelfExecutorProcessControl.h>
#include <llvm/ExecutionEngine/Orc/TaskDispatch.h>
#include <llvm/IR/DiagnosticInfo.h>
#include <llvm/IR/DiagnosticPrinter.h>
#include <llvm/IR/LegacyPassManager.h>
#include <llvm/IR/Module.h>
#include <llvm/MC/TargetRegistry.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/SmallVectorMemoryBuffer.h>
#include <llvm/Support/TargetSelect.h>
#include <llvm/Support/VirtualFileSystem.h>
#include <llvm/Target/TargetMachine.h>
#include <llvm/TargetParser/Host.h>
#include <sys/stat.h>

#include <cstring>
#include <mutex>
#include <unordered_map>

#include "jit/code_memory.h"
#include "jit/optimizer.h"
#include "runtime/code/code_space.h"

namespace hj::jit {

namespace {

constexpr size_t kTierCount = 2;
// The symbol pool keeps the names of removed versions until it is told to look.
constexpr size_t kRemovalsPerPoolSweep = 256;

std::string text_of(llvm::Error error) { return llvm::toString(std::move(error)); }

// What ORC would report on stderr; the thread that links reads it (every task runs on the thread that asked).
thread_local std::string session_message;

// An LLVMContext's error would end the process; here it fails the compile.
class CollectErrors : public llvm::DiagnosticHandler {
 public:
  explicit CollectErrors(std::string& message) : message_(message) {}
  bool handleDiagnostics(const llvm::DiagnosticInfo& info) override {
    if (info.getSeverity() == llvm::DS_Error && message_.empty()) {
      llvm::raw_string_ostream out(message_);
      llvm::DiagnosticPrinterRawOStream printer(out);
      info.print(printer);
    }
    return true;
  }

 private:
  std::string& message_;
};

// Whether absolute addresses of the runtime and of the code area fit 31 bits: then generated code may hold them as constants.
bool everything_is_low() {
  constexpr uint64_t kLow = uint64_t{1} << 31;
  const auto runtime = reinterpret_cast<uint64_t>(&rt::reserve_code_space);
  const auto area = reinterpret_cast<uint64_t>(rt::literal_range_end);
  constexpr uint64_t kCodeAreaBytes = uint64_t{512} << 20;
  return runtime < kLow && area + kCodeAreaBytes <= kLow;
}

// Changes whenever the executable is linked again.
std::string executable_identity() {
  struct stat s {};
  stat("/proc/self/exe", &s);
  return fmt::format("{}-{}-{}.{}", s.st_ino, s.st_size, s.st_mtim.tv_sec, s.st_mtim.tv_nsec);
}

// C functions that LLVM itself may call when it lowers instructions.
std::span<const SymbolAddress> compiler_support() {
  static const SymbolAddress symbols[] = {
      {"memcpy", reinterpret_cast<uint64_t>(static_cast<void* (*)(void*, const void*, size_t)>(&std::memcpy))},
      {"memmove", reinterpret_cast<uint64_t>(static_cast<void* (*)(void*, const void*, size_t)>(&std::memmove))},
      {"memset", reinterpret_cast<uint64_t>(static_cast<void* (*)(void*, int, size_t)>(&std::memset))},
  };
  return symbols;
}

}  // namespace

// -- object code

ObjectCode::ObjectCode(std::unique_ptr<llvm::MemoryBuffer> buffer) : buffer_(std::move(buffer)) {}
ObjectCode::ObjectCode(ObjectCode&&) noexcept = default;
ObjectCode& ObjectCode::operator=(ObjectCode&&) noexcept = default;
ObjectCode::~ObjectCode() = default;

ObjectCode ObjectCode::copy_of(std::string_view bytes) {
  return ObjectCode(llvm::MemoryBuffer::getMemBufferCopy(llvm::StringRef(bytes.data(), bytes.size()), "object"));
}

std::string_view ObjectCode::bytes() const { return {buffer_->getBufferStart(), buffer_->getBufferSize()}; }

LinkedCode::~LinkedCode() { engine_.remove(dylib_); }

// -- the engine

struct Engine::State {
  std::unique_ptr<llvm::orc::ExecutionSession> session;
  CodeMemory memory;
  std::unique_ptr<llvm::orc::LinkGraphLinkingLayer> linker;

  const llvm::Target* target = nullptr;
  llvm::Triple triple;
  std::string cpu;
  std::string features;
  llvm::Reloc::Model reloc = llvm::Reloc::PIC_;
  std::string data_layout;
  std::string fingerprint;

  // Idle target machines: making one costs 0.2 ms, and one serves a single thread at a time.
  std::mutex machines_mutex;
  std::vector<std::unique_ptr<llvm::TargetMachine>> machines[kTierCount];

  std::mutex usage_mutex;
  size_t dylibs = 0;
  size_t removals = 0;

  std::unique_ptr<llvm::TargetMachine> make_machine(Tier tier) const {
    llvm::TargetOptions options;
    options.EmulatedTLS = false;
    options.UseInitArray = false;
    const auto level = tier == Tier::Quick ? llvm::CodeGenOptLevel::None : llvm::CodeGenOptLevel::Default;
    return std::unique_ptr<llvm::TargetMachine>(
        target->createTargetMachine(triple, cpu, features, options, reloc, llvm::CodeModel::Small, level, /*JIT=*/true));
  }

  std::unique_ptr<llvm::TargetMachine> take_machine(Tier tier) {
    std::lock_guard lock(machines_mutex);
    auto& idle = machines[static_cast<size_t>(tier)];
    if (idle.empty()) return make_machine(tier);
    auto machine = std::move(idle.back());
    idle.pop_back();
    return machine;
  }

  void give_back(Tier tier, std::unique_ptr<llvm::TargetMachine> machine) {
    std::lock_guard lock(machines_mutex);
    machines[static_cast<size_t>(tier)].push_back(std::move(machine));
  }

  Result<llvm::SmallVector<char, 0>> emit(llvm::Module& module, Tier tier, llvm::CodeGenFileType type);
};

Engine::Engine(std::unique_ptr<State> state) : state_(std::move(state)) {}

Result<std::unique_ptr<Engine>> Engine::create() {
  static std::once_flag targets;
  std::call_once(targets, [] {
    llvm::InitializeNativeTarget();
    llvm::InitializeNativeTargetAsmPrinter();
    // Every optimizer shares it. Made before there are threads: LLVM's own lock is nothing a sanitizer of ours can see.
    llvm::vfs::getRealFileSystem();
  });
  auto state = std::make_unique<State>();
  state->triple = llvm::Triple(llvm::sys::getProcessTriple());
  std::string message;
  state->target = llvm::TargetRegistry::lookupTarget(state->triple, message);
  if (state->target == nullptr) return Error{fmt::format("LLVM cannot compile for this machine: {}", message)};
  state->cpu = llvm::sys::getHostCPUName().str();
  for (const auto& feature : llvm::sys::getHostCPUFeatures()) {
    state->features += fmt::format("{}{}{}", state->features.empty() ? "" : ",", feature.second ? "+" : "-",
                                   feature.first().str());
  }
  if (everything_is_low()) state->reloc = llvm::Reloc::Static;

  auto machine = state->make_machine(Tier::Quick);
  if (machine == nullptr) return Error{"LLVM cannot make a target machine for this processor"};
  state->data_layout = machine->createDataLayout().getStringRepresentation();
  state->give_back(Tier::Quick, std::move(machine));

  state->fingerprint = fmt::format("LLVM {} {} {} {} reloc {} {}", LLVM_VERSION_STRING, state->triple.str(), state->cpu,
                                   state->features, static_cast<int>(state->reloc), executable_identity());

  // Tasks run on the thread that asks: several threads compile at once, and none is ours to stop.
  auto control = llvm::orc::SelfExecutorProcessControl::Create(
      nullptr, std::make_unique<llvm::orc::InPlaceTaskDispatcher>());
  if (!control) return Error{text_of(control.takeError())};
  state->session = std::make_unique<llvm::orc::ExecutionSession>(std::move(*control));
  state->session->setErrorReporter([](llvm::Error error) {
    const std::string text = text_of(std::move(error));
    if (session_message.empty()) session_message = text;
  });
  state->linker = std::make_unique<llvm::orc::LinkGraphLinkingLayer>(*state->session, state->memory);
  return std::unique_ptr<Engine>(new Engine(std::move(state)));
}

Engine::~Engine() {
  // Code that is still mapped goes with the session: at the end of the process, or of a test.
  llvm::consumeError(state_->session->endSession());
}

const std::string& Engine::fingerprint() const { return state_->fingerprint; }

void Engine::prepare(llvm::Module& module) const {
  module.setTargetTriple(state_->triple);
  module.setDataLayout(state_->data_layout);
}

Result<llvm::SmallVector<char, 0>> Engine::State::emit(llvm::Module& module, Tier tier, llvm::CodeGenFileType type) {
  std::string message;
  module.getContext().setDiagnosticHandler(std::make_unique<CollectErrors>(message));
  auto machine = take_machine(tier);
  if (tier == Tier::Optimized) jit::optimize(module, *machine);

  llvm::SmallVector<char, 0> bytes;
  {
    llvm::raw_svector_ostream out(bytes);
    llvm::legacy::PassManager passes;
    if (machine->addPassesToEmitFile(passes, out, nullptr, type, /*DisableVerify=*/true)) {
      return Error{"LLVM cannot emit code for this machine"};
    }
    passes.run(module);
  }
  give_back(tier, std::move(machine));
  module.getContext().setDiagnosticHandler(nullptr);
  if (!message.empty()) return Error{fmt::format("LLVM refuses module {}: {}", module.getName().str(), message)};
  return bytes;
}

Result<ObjectCode> Engine::compile(llvm::Module& module, Tier tier) {
  HJ_TRY(auto bytes, state_->emit(module, tier, llvm::CodeGenFileType::ObjectFile));
  return ObjectCode(std::make_unique<llvm::SmallVectorMemoryBuffer>(std::move(bytes), "object",
                                                                    /*RequiresNullTerminator=*/false));
}

Result<std::string> Engine::assembly(llvm::Module& module, Tier tier) {
  HJ_TRY(auto bytes, state_->emit(module, tier, llvm::CodeGenFileType::AssemblyFile));
  return std::string(bytes.begin(), bytes.end());
}

// -- linking

namespace {

// Gives every symbol the graph does not define its address. The names that have none, or an empty string.
std::string define_externals(llvm::jitlink::LinkGraph& graph, std::span<const SymbolAddress> symbols) {
  std::unordered_map<std::string_view, uint64_t> addresses;
  addresses.reserve(symbols.size());
  for (const auto& symbol : symbols) addresses.emplace(symbol.name, symbol.address);
  for (const auto& symbol : compiler_support()) addresses.emplace(symbol.name, symbol.address);

  std::string missing;
  std::vector<llvm::jitlink::Symbol*> externals(graph.external_symbols().begin(), graph.external_symbols().end());
  for (auto* external : externals) {
    const llvm::StringRef name = *external->getName();
    auto found = addresses.find(std::string_view(name.data(), name.size()));
    if (found == addresses.end()) {
      missing += fmt::format("{}{}", missing.empty() ? "" : ", ", name.str());
    } else {
      graph.makeAbsolute(*external, llvm::orc::ExecutorAddr(found->second));
    }
  }
  return missing;
}

}  // namespace

Result<std::unique_ptr<LinkedCode>> Engine::link(const std::string& name, const ObjectCode& object,
                                                 std::span<const SymbolAddress> symbols) {
  auto& session = *state_->session;
  const std::string_view bytes = object.bytes();
  auto graph = llvm::jitlink::createLinkGraphFromObject(
      llvm::MemoryBufferRef(llvm::StringRef(bytes.data(), bytes.size()), name), session.getSymbolStringPool());
  if (!graph) return Error{fmt::format("cannot link {}: {}", name, text_of(graph.takeError()))};
  if (std::string missing = define_externals(**graph, symbols); !missing.empty()) {
    return Error{fmt::format("cannot link {}: undefined symbols {}", name, missing)};
  }

  auto& dylib = session.createBareJITDylib(name);
  {
    std::lock_guard lock(state_->usage_mutex);
    ++state_->dylibs;
  }
  session_message.clear();
  auto fail = [&](llvm::Error error) -> Error {
    std::string text = text_of(std::move(error));
    if (!session_message.empty()) text = session_message;
    remove(&dylib);
    return Error{fmt::format("cannot link {}: {}", name, text)};
  };
  if (auto error = state_->linker->add(dylib.getDefaultResourceTracker(), std::move(*graph))) return fail(std::move(error));
  auto entries = session.lookup({&dylib}, session.intern(kEntriesSymbol));
  if (!entries) return fail(entries.takeError());

  const CodeRange range = state_->memory.range_of(&dylib);
  return std::make_unique<LinkedCode>(*this, &dylib, range.begin, range.begin + range.bytes,
                                      entries->getAddress().toPtr<const rt::Code*>());
}

void Engine::remove(void* dylib) {
  llvm::consumeError(state_->session->removeJITDylib(*static_cast<llvm::orc::JITDylib*>(dylib)));
  std::lock_guard lock(state_->usage_mutex);
  --state_->dylibs;
  if (++state_->removals % kRemovalsPerPoolSweep == 0) state_->session->getSymbolStringPool()->clearDeadEntries();
}

Engine::Usage Engine::usage() const {
  std::lock_guard lock(state_->usage_mutex);
  return {state_->dylibs, state_->memory.bytes_in_use()};
}

}  // namespace hj::jit
