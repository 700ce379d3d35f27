-module(attribute_bad_import).
-import(lists, map/2).
-import("lists", [map/2]).
-import(lists, [{map, 2}]).
f() -> ok.
