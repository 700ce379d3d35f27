-module(import_unused_flag).
-compile(warn_unused_import).
-import(lists, [map/2]).
-import(maps, [get/2]).
-export([f/0]).
f() -> fun map/2.
