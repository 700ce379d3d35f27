#include "cli/options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>

#include "cli/source_name.h"
#include "runtime/sched/scheduler.h"

namespace hj::cli {

static const std::map<std::string, TierChoice> kTiers{
    {"auto", TierChoice::Auto}, {"0", TierChoice::Quick}, {"2", TierChoice::Optimized}};

static void add_compile_options(CLI::App& app, Options& options) {
  app.add_option("-I", options.include_dirs, "look for -include files here too")->type_name("DIR")->allow_extra_args(false);
  app.add_option("-D", options.defines, "define a macro: NAME or NAME=VALUE")->type_name("NAME")->allow_extra_args(false);
}

// A file is the last thing hotjit looks at: all words after it belong to the program, whatever they look like. So FILE is no
// positional of CLI11's but where parsing stops.
static CLI::App* add_run(CLI::App& app, Options& options) {
  CLI::App* run = app.add_subcommand("run", "compile a module and run it: hotjit run [OPTIONS] FILE [ARGS]");
  run->footer("Enters main/1 with the ARGS as a list of strings, else main/0, else start/0. Ends when the entry has\n"
              "returned and no process that it or its descendants spawned is alive.\n"
              "Exit status: 0, 1 when the entry crashed, 2 for usage, compile and load errors, 130 after ^C.");
  run->add_flag("--watch", options.watch, "replace modules as their files are saved");
  run->add_option("--schedulers", options.schedulers, "scheduler threads (default: one a core)")
      ->type_name("N")->check(CLI::Range(1u, rt::kMaxSchedulers));
  run->add_option("--entry", options.entry, "the function to enter (of arity 1 with the ARGS, else 0)")->type_name("F");
  run->add_option("--pa", options.code_path, "look for modules in DIR first (also -pa)")
      ->type_name("DIR")->allow_extra_args(false);
  run->add_option("--tier", options.tier, "auto: compile fast, and what is hot well (default); 0: fast only; 2: well at once")
      ->type_name("auto|0|2")->transform(CLI::CheckedTransformer(kTiers).description(""));
  add_compile_options(*run, options);
  run->prefix_command();
  run->callback([&options] { options.command = Command::Run; });
  return run;
}

// The words from FILE on, taken from argv as they were typed. False: a usage error has been reported.
static bool take_program(const CLI::App& run, int argc, char** argv, Options& options) {
  const size_t count = run.remaining_size();
  std::vector<std::string> words(argv + argc - count, argv + argc);
  if (!words.empty() && words.front() == "--") words.erase(words.begin());
  if (words.empty()) {
    fmt::print(stderr, "hotjit: run needs a FILE\nhotjit: see hotjit run --help\n");
    return false;
  }
  if (words.front().size() > 1 && words.front()[0] == '-') {
    fmt::print(stderr, "hotjit: run has no option {}\nhotjit: see hotjit run --help\n", words.front());
    return false;
  }
  options.files = {source_name(words.front())};
  options.arguments.assign(words.begin() + 1, words.end());
  return true;
}

std::optional<Options> parse_options(int argc, char** argv, int& status) {
  Options options;
  CLI::App app{"hotjit compiles Erlang modules to native code and replaces them while they run.", "hotjit"};
  app.require_subcommand(1);
  CLI::App* run = add_run(app, options);

  CLI::App* check = app.add_subcommand("check", "report errors and warnings of modules, run nothing");
  check->add_flag("--json", options.json, "one JSON object a diagnostic, for tools");
  check->add_flag("-W,--warnings-as-errors", options.warnings_as_errors, "fail on warnings too");
  add_compile_options(*check, options);
  check->add_option("FILE", options.files, "modules")->required();
  check->callback([&options] { options.command = Command::Check; });

  CLI::App* emit = app.add_subcommand("emit", "print what a phase of the compiler makes of a module");
  const std::map<std::string, EmitPhase> phases{{"tokens", EmitPhase::Tokens}, {"ast", EmitPhase::Ast},
      {"core", EmitPhase::Core}, {"ir", EmitPhase::Ir}, {"asm", EmitPhase::Asm}};
  emit->add_option("--phase", options.phase, "tokens, ast, core, ir or asm")
      ->type_name("PHASE")->required()->transform(CLI::CheckedTransformer(phases, CLI::ignore_case).description(""));
  emit->add_option("--tier", options.tier, "0 or 2 (default): which code asm shows")
      ->type_name("0|2")->transform(CLI::CheckedTransformer(kTiers).description(""));
  add_compile_options(*emit, options);
  emit->add_option("FILE", options.files, "the module")->required()->expected(1);
  emit->callback([&options] { options.command = Command::Emit; });

  app.add_subcommand("version", "print the version")->callback([&options] { options.command = Command::Version; });
  app.add_subcommand("help", "print this help")->callback([&options] { options.command = Command::Help; });

  // CLI11 knows no long options with one dash; Erlang's -pa is one.
  std::vector<std::string> words(argv + 1, argv + argc);
  for (std::string& word : words) {
    if (word == "-pa") word = "--pa";
  }
  std::reverse(words.begin(), words.end());
  try {
    app.parse(words);
  } catch (const CLI::CallForHelp&) {
    const auto chosen = app.get_subcommands();
    fmt::print("{}", chosen.empty() ? app.help() : chosen.front()->help());
    status = kExitOk;
    return std::nullopt;
  } catch (const CLI::ParseError& error) {
    fmt::print(stderr, "hotjit: {}\nhotjit: see hotjit help\n", error.what());
    status = kExitUsage;
    return std::nullopt;
  }
  if (options.command == Command::Run && !take_program(*run, argc, argv, options)) {
    status = kExitUsage;
    return std::nullopt;
  }
  if (options.command == Command::Help) {
    fmt::print("{}", app.help("", CLI::AppFormatMode::All));
    status = kExitOk;
    return std::nullopt;
  }
  return options;
}

}  // namespace hj::cli
