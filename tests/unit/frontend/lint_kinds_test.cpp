// A smallest program for every kind of message lint has, with what erlc says to it.
#include <gtest/gtest.h>

#include <set>

#include "tests/unit/frontend/lint_testing.h"

namespace hj {

namespace {

struct KindCase {
  DiagnosticKind kind;
  const char* text;
  const char* expected;
};

}  // namespace

static constexpr KindCase kKindCases[] = {
    {DiagnosticKind::UnboundVariable,
     R"(-module(m).
-export([f/0]).
f() -> Count + 1.
)",
     R"(3:8: error: variable 'Count' is unbound)"},
    {DiagnosticKind::UnsafeVariable,
     R"(-module(m).
-export([f/1]).
f(A) ->
    case A of 1 -> B = 1; _ -> ok end,
    B.
)",
     R"(5:5: error: variable 'B' unsafe in 'case' (line 4, column 5))"},
    {DiagnosticKind::StacktraceBound,
     R"(-module(m).
-export([f/1]).
f(S) ->
    try f(1) catch _:_:S -> S end.
)",
     R"(4:24: error: stacktrace variable 'S' must not be previously bound)"},
    {DiagnosticKind::StacktraceInGuard,
     R"(-module(m).
-export([f/1]).
f(A) ->
    try f(A) catch _:_:S when S =:= [] -> S end.
)",
     R"(4:31: error: stacktrace variable 'S' must not be used in a guard)"},
    {DiagnosticKind::UndefinedFunction,
     R"(-module(m).
-export([f/0]).
f() -> lop(1).
)",
     R"(3:8: error: function lop/1 undefined)"},
    {DiagnosticKind::RedefinedFunction,
     R"(-module(m).
-export([f/0, g/0]).
f() -> 1.
g() -> 2.
f() -> 3.
)",
     R"(5:1: error: function f/0 already defined)"},
    {DiagnosticKind::DefinedImport,
     R"(-module(m).
-import(lists, [map/2]).
-export([map/2]).
map(A, B) -> {A, B}.
)",
     R"(4:1: error: defining imported function map/2)"},
    {DiagnosticKind::RedefinedImport,
     R"(-module(m).
-import(lists, [map/2]).
-import(maps, [map/2]).
-export([f/0]).
f() -> map(1, 2).
)",
     R"(3:2: error: function map/2 already imported from lists)"},
    {DiagnosticKind::OldBifCallClash,
     R"(-module(m).
-export([f/0]).
f() -> length([]).
length(_) -> 1.
)",
     R"(3:8: error: ambiguous call of overridden pre R14 auto-imported BIF length/1\n - use erlang:length/1 or "-compile({no_auto_import,[length/1]})." to resolve name clash)"},
    {DiagnosticKind::OldBifImportClash,
     R"(-module(m).
-import(m, [length/1]).
-export([f/0]).
f() -> ok.
)",
     R"(2:2: error: import directive overrides pre R14 auto-imported BIF length/1\n - use "-compile({no_auto_import,[length/1]})." to resolve name clash)"},
    {DiagnosticKind::NowarnBifClash,
     R"(-module(m).
-compile(nowarn_bif_clash).
-export([f/0]).
f() -> ok.
)",
     R"(2:2: error: compile directive nowarn_bif_clash is no longer allowed,\n - use explicit module names or -compile({no_auto_import, [F/A]}))"},
    {DiagnosticKind::UndefinedInline,
     R"(-module(m).
-compile({inline, [g/1]}).
-export([f/0]).
f() -> ok.
)",
     R"(2:2: error: inlined function g/1 undefined)"},
    {DiagnosticKind::BadOnLoad,
     R"(-module(m).
-on_load(init).
-export([init/0]).
init() -> ok.
)",
     R"(2:2: error: badly formed on_load attribute: init)"},
    {DiagnosticKind::SecondOnLoad,
     R"(-module(m).
-on_load(a/0).
-on_load(b/0).
a() -> ok.
b() -> ok.
)",
     R"(3:2: error: more than one on_load attribute)"},
    {DiagnosticKind::OnLoadArity,
     R"(-module(m).
-on_load(a/1).
-export([a/1]).
a(_) -> ok.
)",
     R"(2:2: error: function a/1 has wrong arity (must be 0))"},
    {DiagnosticKind::IllegalGuardCall,
     R"(-module(m).
-export([f/1, g/1]).
f(A) when g(A) -> A.
g(A) -> A.
)",
     R"(3:11: error: call to local/imported function g/1 is illegal in guard)"},
    {DiagnosticKind::IllegalGuardExpression,
     R"(-module(m).
-export([f/1]).
f(A) when lists:member(1, []) -> A.
)",
     R"(3:11: error: illegal guard expression)"},
    {DiagnosticKind::IllegalExpression,
     R"(-module(m).
-export([f/1]).
f(A) -> A = lists:member.
)",
     R"(3:13: error: illegal expression)"},
    {DiagnosticKind::IllegalPattern,
     R"(-module(m).
-export([f/1]).
f(a + 1) -> ok.
)",
     R"(3:5: error: illegal pattern)"},
    {DiagnosticKind::ParallelBinaryMatch,
     R"(-module(m).
-export([f/1]).
f(<<A>> = <<B>>) -> {A, B}.
)",
     R"(3:3: error: binary patterns cannot be matched in parallel using '=')"},
    {DiagnosticKind::ExactInMapConstruction,
     R"(-module(m).
-export([f/0]).
f() -> #{a := 1}.
)",
     R"(3:12: error: only association operators '=>' are allowed in map construction)"},
    {DiagnosticKind::NoModuleDefinition,
     R"(-export([f/0]).
f() -> ok.
)",
     R"(1:2: error: no module definition)"},
    {DiagnosticKind::RedefinedModule,
     R"(-module(m).
-module(n).
-export([f/0]).
f() -> ok.
)",
     R"(2:2: error: redefining module)"},
    {DiagnosticKind::EmptyModuleName,
     R"(-module('').
-export([f/0]).
f() -> ok.
)",
     R"(1:2: error: the module name must not be empty)"},
    {DiagnosticKind::BlankModuleName,
     R"(-module(' ').
-export([f/0]).
f() -> ok.
)",
     R"(1:2: error: the module name must contain at least one visible character)"},
    {DiagnosticKind::ControlInModuleName,
     R"(-module('a\nb').
-export([f/0]).
f() -> ok.
)",
     R"(1:2: error: the module name must not contain control characters)"},
    {DiagnosticKind::AttributeAfterFunctions,
     R"(-module(m).
-export([f/0]).
f() -> ok.
-vsn(1).
)",
     R"(4:2: error: attribute vsn after function definitions)"},
    {DiagnosticKind::BadDeprecated,
     R"(-module(m).
-deprecated(bogus).
-export([f/0]).
f() -> ok.
)",
     R"(2:2: error: badly formed deprecated attribute bogus)"},
    {DiagnosticKind::DeprecatedUnexported,
     R"(-module(m).
-deprecated([{g, 0}]).
-export([f/0]).
f() -> ok.
)",
     R"(2:2: error: deprecated function g/0 undefined or not exported)"},
    {DiagnosticKind::RemovedExported,
     R"(-module(m).
-removed([{f, 0}]).
-export([f/0]).
f() -> ok.
)",
     R"(2:2: error: removed function f/0 is still exported)"},
    {DiagnosticKind::RemovedStillMatches,
     R"(-module(m).
-removed([{f, '_'}]).
-export([f/0]).
f() -> ok.
)",
     R"(2:2: error: at least one function matching f/'_' is still exported)"},
    {DiagnosticKind::BadDialyzerOption,
     R"(-module(m).
-dialyzer(bogus).
-export([f/0]).
f() -> ok.
)",
     R"(2:2: error: unknown dialyzer warning option: bogus)"},
    {DiagnosticKind::UndefinedRecord,
     R"(-module(m).
-export([f/0]).
f() -> #point{}.
)",
     R"(3:8: error: record point undefined)"},
    {DiagnosticKind::RedefinedRecord,
     R"(-module(m).
-record(r, {a}).
-record(r, {b}).
-export([f/0]).
f() -> #r{}.
)",
     R"(3:2: error: record r already defined)"},
    {DiagnosticKind::UndefinedField,
     R"(-module(m).
-record(r, {name}).
-export([f/1]).
f(A) -> A#r.nmae.
)",
     R"(4:13: error: field nmae undefined in record r)"},
    {DiagnosticKind::RedefinedField,
     R"(-module(m).
-record(r, {a, a}).
-export([f/0]).
f() -> #r{}.
)",
     R"(2:16: error: field a already defined in record r)"},
    {DiagnosticKind::WildcardInUpdate,
     R"(-module(m).
-record(r, {a}).
-export([f/1]).
f(A) -> {A, A#r{_ = 1}}.
)",
     R"(4:17: error: meaningless use of _ in update of record r)"},
    {DiagnosticKind::WildcardWithoutFields,
     R"(-module(m).
-record(r, {a}).
-export([f/0]).
f() -> #r{_ = 1, _ = 2}.
)",
     R"(4:18: error: '_' initializes no omitted fields)"},
    {DiagnosticKind::VariableInRecordDef,
     R"(-module(m).
-record(r, {a = begin X = 1, X end}).
-export([f/0]).
f() -> #r{}.
)",
     R"(2:23: error: variable 'X' in record definition)"},
    {DiagnosticKind::IllegalRecordInfo,
     R"(-module(m).
-export([f/1]).
f(A) -> record_info(size, A).
)",
     R"(3:9: error: illegal record info)"},
    {DiagnosticKind::FieldIsVariable,
     R"(-module(m).
-record(r, {a}).
-export([f/0]).
f() -> #r{B = 1}.
)",
     R"(4:11: error: field 'B' is not an atom or _ in record r)"},
    {DiagnosticKind::UndefinedBitType,
     R"(-module(m).
-export([f/1]).
f(A) -> <<A/word>>.
)",
     R"(3:11: error: bit type word undefined)"},
    {DiagnosticKind::BitTypeConflict,
     R"(-module(m).
-export([f/1]).
f(A) -> <<A/integer-float>>.
)",
     R"(3:11: error: conflict in type specification for bit field: 'float' and 'integer')"},
    {DiagnosticKind::BitUnitWithoutSize,
     R"(-module(m).
-export([f/1]).
f(A) -> <<A/unit:8>>.
)",
     R"(3:11: error: a bit unit size must not be specified unless a size is specified too)"},
    {DiagnosticKind::IllegalBitSize,
     R"(-module(m).
-export([f/1]).
f(<<A, B:(A ! 1)>>) -> B.
)",
     R"(3:13: error: illegal bit size)"},
    {DiagnosticKind::IllegalBitSizeCall,
     R"(-module(m).
-export([f/1]).
f(<<A, B:(f(A))>>) -> B.
)",
     R"(3:11: error: call to local/imported function f/1 is illegal in a size expression for a binary segment)"},
    {DiagnosticKind::UnsizedBinaryNotLast,
     R"(-module(m).
-export([f/1]).
f(<<A/binary, B>>) -> {A, B}.
)",
     R"(3:5: error: a binary field without size is only allowed at the end of a binary pattern)"},
    {DiagnosticKind::UnsizedBinaryInGenerator,
     R"(-module(m).
-export([f/1]).
f(A) -> [B || <<B/bits>> <= A].
)",
     R"(3:17: error: binary fields without size are not allowed in patterns of bit string generators)"},
    {DiagnosticKind::TypedLiteralString,
     R"(-module(m).
-export([f/1]).
f(<<"a":8>>) -> ok.
)",
     R"(3:5: error: a literal string in a binary pattern must not have a type or a size)"},
    {DiagnosticKind::UtfSizeOrUnit,
     R"(-module(m).
-export([f/1]).
f(A) -> <<A:8/utf8>>.
)",
     R"(3:11: error: neither size nor unit must be given for segments of type utf8/utf16/utf32)"},
    {DiagnosticKind::UndefinedType,
     R"(-module(m).
-type t() :: u(integer()).
-export_type([t/0]).
)",
     R"(2:14: error: type u(_) undefined)"},
    {DiagnosticKind::RedefinedType,
     R"(-module(m).
-type t() :: a.
-type t() :: b.
-export_type([t/0]).
)",
     R"(3:2: error: type t() already defined)"},
    {DiagnosticKind::BuiltinType,
     R"(-module(m).
-type integer() :: a.
-export_type([integer/0]).
)",
     R"(2:2: error: type integer() is a builtin type; it cannot be redefined)"},
    {DiagnosticKind::SingletonTypeVariable,
     R"(-module(m).
-type t(A) :: b.
-export_type([t/1]).
)",
     R"(2:9: error: type variable 'A' is only used once (is unbound))"},
    {DiagnosticKind::RedefinedSpec,
     R"(-module(m).
-export([f/0]).
-spec f() -> ok.
-spec f() -> ok.
f() -> ok.
)",
     R"(4:2: error: spec for f/0 already defined)"},
    {DiagnosticKind::SpecUndefinedFunction,
     R"(-module(m).
-export([f/0]).
-spec g() -> ok.
f() -> ok.
)",
     R"(3:2: error: spec for undefined function g/0)"},
    {DiagnosticKind::SpecOtherModule,
     R"(-module(m).
-export([f/0]).
-spec other:f() -> ok.
f() -> ok.
)",
     R"(3:2: error: spec for function other:f/0 from other module)"},
    {DiagnosticKind::SpecWrongArity,
     R"(-module(m).
-export([f/1]).
-spec f(a) -> b; (a, b) -> c.
f(A) -> A.
)",
     R"(3:18: error: spec has wrong arity)"},
    {DiagnosticKind::CallbackWrongArity,
     R"(-module(m).
-callback f(a) -> b; (a, b) -> c.
)",
     R"(2:22: error: callback has wrong arity)"},
    {DiagnosticKind::RedefinedCallback,
     R"(-module(m).
-callback f() -> a.
-callback f() -> a.
)",
     R"(3:2: error: callback f/0 already defined)"},
    {DiagnosticKind::UndefinedCallback,
     R"(-module(m).
-optional_callbacks([f/0]).
)",
     R"(2:2: error: callback f/0 is undefined)"},
    {DiagnosticKind::CallbackWithInfo,
     R"(-module(m).
-export([behaviour_info/1]).
-callback f() -> a.
behaviour_info(_) -> [].
)",
     R"(3:2: error: cannot define callback attibute for f/0 when behaviour_info is defined)"},
    {DiagnosticKind::RedefinedOptional,
     R"(-module(m).
-callback f() -> a.
-optional_callbacks([f/0]).
-optional_callbacks([f/0]).
)",
     R"(4:2: error: optional callback f/0 duplicated)"},
    {DiagnosticKind::CallbackOtherModule,
     R"(-module(m).
-callback m:f() -> a.
)",
     R"(2:2: error: explicit module not allowed for callback m:f/0)"},
    {DiagnosticKind::UnusedVariable,
     R"(-module(m).
-export([f/1]).
f(A) -> ok.
)",
     R"(3:3: warning: variable 'A' is unused)"},
    {DiagnosticKind::UnusedFunction,
     R"(-module(m).
-export([f/0]).
f() -> ok.
g() -> g().
)",
     R"(4:1: warning: function g/0 is unused)"},
    {DiagnosticKind::UnusedImport,
     R"(-module(m).
-compile(warn_unused_import).
-import(lists, [map/2]).
-export([f/0]).
f() -> ok.
)",
     R"(3:2: warning: import lists:map/2 is unused)"},
    {DiagnosticKind::UnusedRecord,
     R"(-module(m).
-record(r, {a}).
-export([f/0]).
f() -> ok.
)",
     R"(2:2: warning: record r is unused)"},
    {DiagnosticKind::UnusedType,
     R"(-module(m).
-type t() :: a.
-export([f/0]).
f() -> ok.
)",
     R"(2:2: warning: type t() is unused)"},
    {DiagnosticKind::UnexportedOpaque,
     R"(-module(m).
-opaque t() :: a.
-export([f/0]).
-spec f() -> t().
f() -> a.
)",
     R"(2:2: warning: opaque type t() is not exported)"},
    {DiagnosticKind::ShadowedVariable,
     R"(-module(m).
-export([f/1]).
f(A) -> {A, fun(A) -> A end}.
)",
     R"(3:17: warning: variable 'A' shadowed in 'fun')"},
    {DiagnosticKind::ExportedVariable,
     R"(-module(m).
-compile(warn_export_vars).
-export([f/1]).
f(A) ->
    case A of 1 -> B = 1; _ -> B = 2 end,
    B.
)",
     R"(6:5: warning: variable 'B' exported from 'case' (line 5, column 5))"},
    {DiagnosticKind::UnderscoreBound,
     R"(-module(m).
-export([f/1]).
f(_A) -> _A = 1.
)",
     R"(3:10: warning: variable '_A' is already bound. If you mean to ignore this value, use '_' or a different underscore-prefixed name)"},
    {DiagnosticKind::UnderscoreRepeated,
     R"(-module(m).
-export([f/1]).
f({_A, _A}) -> ok.
)",
     R"(3:4: warning: variable '_A' is bound multiple times in this pattern. If you mean to ignore this value, use '_' or a different underscore-prefixed name
3:8: warning: variable '_A' is bound multiple times in this pattern. If you mean to ignore this value, use '_' or a different underscore-prefixed name)"},
    {DiagnosticKind::ExportAll,
     R"(-module(m).
-compile(export_all).
f() -> ok.
)",
     R"(2:2: warning: export_all flag enabled - all functions will be exported)"},
    {DiagnosticKind::DuplicateExport,
     R"(-module(m).
-export([f/0, f/0]).
f() -> ok.
)",
     R"(2:2: warning: function f/0 already exported)"},
    {DiagnosticKind::DuplicateExportType,
     R"(-module(m).
-type t() :: a.
-export_type([t/0, t/0]).
)",
     R"(3:2: warning: type t/0 already exported)"},
    {DiagnosticKind::UndefinedBehaviour,
     R"(-module(m).
-behaviour(gen_sever).
)",
     R"(2:2: warning: behaviour gen_sever undefined)"},
    {DiagnosticKind::MissingCallback,
     R"(-module(m).
-behaviour(supervisor).
)",
     R"(2:2: warning: undefined callback function init/1 (behaviour 'supervisor'))"},
    {DiagnosticKind::ConflictingBehaviours,
     R"(-module(m).
-behaviour(supervisor).
-behaviour(supervisor_bridge).
-export([init/1, terminate/2]).
init(_) -> ok.
terminate(_, _) -> ok.
)",
     R"(3:2: warning: conflicting behaviours - callback init/1 required by both 'supervisor_bridge' and 'supervisor' (line 2, column 2))"},
    {DiagnosticKind::UntypedRecord,
     R"(-module(m).
-compile(warn_untyped_record).
-record(r, {a}).
-export([f/0]).
f() -> #r{}.
)",
     R"(3:2: warning: record r has field(s) without type information)"},
    {DiagnosticKind::MissingSpec,
     R"(-module(m).
-compile(warn_missing_spec).
-export([f/0]).
f() -> ok.
)",
     R"(4:1: warning: missing specification for function f/0)"},
    {DiagnosticKind::QlcHeaderMissing,
     R"(-module(m).
-export([f/1]).
f(A) -> qlc:q([B || B <- A]).
)",
     R"(3:9: warning: qlc:q/1 called, but "qlc.hrl" not included)"},
    {DiagnosticKind::BifCallClash,
     R"(-module(m).
-export([f/1, max/2]).
f(A) -> max(A, 1).
max(A, _) -> A.
)",
     R"(3:9: warning: ambiguous call of overridden auto-imported BIF max/2\n - use erlang:max/2 or "-compile({no_auto_import,[max/2]})." to resolve name clash)"},
    {DiagnosticKind::BifImportClash,
     R"(-module(m).
-import(m, [max/2]).
-export([f/0]).
f() -> ok.
)",
     R"(2:2: warning: import directive overrides auto-imported BIF max/2\n - use "-compile({no_auto_import,[max/2]})." to resolve name clash)"},
    {DiagnosticKind::ObsoleteGuard,
     R"(-module(m).
-export([f/1]).
f(A) when list(A) -> A.
)",
     R"(3:11: warning: list/1 obsolete (use is_list/1))"},
    {DiagnosticKind::DeprecatedCall,
     R"(-module(m).
-export([f/0]).
f() -> random:uniform().
)",
     R"(3:8: warning: random:uniform/0 is deprecated; use the 'rand' module instead)"},
    {DiagnosticKind::RemovedCall,
     R"(-module(m).
-export([f/0]).
f() -> erlang:get_stacktrace().
)",
     R"(3:8: warning: erlang:get_stacktrace/0 is removed; use the new try/catch syntax for retrieving the stack backtrace)"},
    {DiagnosticKind::FormatInvalid,
     R"(-module(m).
-export([f/1]).
f(A) -> io:format("~q", [A]).
)",
     R"(3:19: warning: format string invalid (invalid control ~q))"},
    {DiagnosticKind::FormatArgumentsNoList,
     R"(-module(m).
-export([f/0]).
f() -> io:format("~p", a).
)",
     R"(3:24: warning: format arguments not a list)"},
    {DiagnosticKind::FormatArgumentCount,
     R"(-module(m).
-export([f/1]).
f(A) -> io:format("~p ~p~n", [A]).
)",
     R"(3:30: warning: the format string requires an argument list with 2 arguments, but the argument list contains only 1 argument)"},
    {DiagnosticKind::NonIntegerBitSize,
     R"(-module(m).
-export([f/1]).
f(<<A:a>>) -> A.
)",
     R"(3:7: warning: a size expression in a pattern evaluates to a non-integer value; this pattern cannot possibly match)"},
    {DiagnosticKind::BadFloatSize,
     R"(-module(m).
-export([f/1]).
f(A) -> <<A:8/float>>.
)",
     R"(3:11: warning: bad float bit size)"},
    {DiagnosticKind::BinaryWillFail,
     R"(-module(m).
-export([f/0]).
f() -> <<a>>.
)",
     R"(3:8: warning: binary construction will fail because of a type mismatch)"},
    {DiagnosticKind::TermNeverUsed,
     R"(-module(m).
-export([f/1]).
f(A) -> {A}, ok.
)",
     R"(3:9: warning: a term is constructed, but never used)"},
    {DiagnosticKind::FunNeverUsed,
     R"(-module(m).
-export([f/0]).
f() -> fun lists:map/2, ok.
)",
     R"(3:8: warning: the result of fun construction is ignored (suppress the warning by assigning the expression to the _ variable))"},
    {DiagnosticKind::OperatorNoEffect,
     R"(-module(m).
-export([f/1]).
f(A) -> A == 1, ok.
)",
     R"(3:11: warning: use of operator '==' has no effect)"},
    {DiagnosticKind::OperatorIgnored,
     R"(-module(m).
-export([f/1]).
f(A) -> A + 1, ok.
)",
     R"(3:11: warning: the result of evaluating operator '+'/2 is ignored (suppress the warning by assigning the expression to the _ variable))"},
    {DiagnosticKind::CallNoEffect,
     R"(-module(m).
-export([f/0]).
f() -> self(), ok.
)",
     R"(3:8: warning: the call to self/0 has no effect)"},
    {DiagnosticKind::CallIgnored,
     R"(-module(m).
-export([f/1]).
f(A) -> length(A), ok.
)",
     R"(3:9: warning: the result of calling length/1 is ignored (suppress the warning by assigning the expression to the _ variable))"},
    {DiagnosticKind::ClauseShadowed,
     R"(-module(m).
-export([f/1]).
f(A) ->
    case A of
        _ -> 1;
        2 -> 2
    end.
)",
     R"(6:9: warning: this clause cannot match because a previous clause at line 5 always matches)"},
    {DiagnosticKind::FunctionClauseShadowed,
     R"(-module(m).
-export([f/1]).
f(A) -> A;
f(1) -> 2.
)",
     R"(4:1: warning: this clause for f/1 cannot match because a previous clause at line 3 always matches)"},
    {DiagnosticKind::GuardFalse,
     R"(-module(m).
-export([f/1]).
f(A) when false -> A;
f(A) -> A.
)",
     R"(3:1: warning: this clause cannot match because its guard evaluates to 'false')"},
    {DiagnosticKind::MapKeyOverridden,
     R"(-module(m).
-export([f/0]).
f() -> #{a => 1, a => 2}.
)",
     R"(3:10: warning: key 'a' will be overridden in expression)"},
};

static const char* kind_name(DiagnosticKind kind) {
  static constexpr const char* kNames[] = {
#define HJ_DIAGNOSTIC(name, severity, code, format) #name,
#include "frontend/source/diagnostics.def"
#undef HJ_DIAGNOSTIC
  };
  return kNames[static_cast<size_t>(kind)];
}

class LintKind : public testing::TestWithParam<KindCase> {};

TEST_P(LintKind, IsReportedWhereErlcReportsIt) {
  auto compilation = check(GetParam().text);
  EXPECT_EQ(messages(*compilation), GetParam().expected);
  std::set<DiagnosticKind> kinds;
  for (const Diagnostic& diagnostic : compilation->diagnostics.all()) kinds.insert(diagnostic.kind);
  EXPECT_TRUE(kinds.contains(GetParam().kind));
}

INSTANTIATE_TEST_SUITE_P(Lint, LintKind, testing::ValuesIn(kKindCases),
                         [](const auto& info) { return std::string(kind_name(info.param.kind)); });

TEST(LintKinds, EachHasAProgram) {
  // These two need more than a text: lint_test.cpp has them.
  std::set<std::string> covered = {"TooManyArguments", "ModuleNameMismatch"};
  for (const KindCase& kind_case : kKindCases) covered.insert(kind_name(kind_case.kind));
  for (DiagnosticKind kind : {
#define HJ_DIAGNOSTIC(name, severity, code, format) DiagnosticKind::name,
#include "frontend/source/diagnostics.def"
#undef HJ_DIAGNOSTIC
       }) {
    char phase = diagnostic_code(kind)[3];
    if (phase < '3' || phase > '6') continue;
    EXPECT_TRUE(covered.contains(kind_name(kind))) << kind_name(kind);
  }
}

}  // namespace hj
