-module(extra_warnings_on).
-compile([warn_unused_import, warn_export_all, warn_untyped_record, warn_missing_spec, warn_obsolete_guard, export_all]).
-import(lists, [map/2, foldl/3]).
-record(r, {a, b :: integer()}).
f(X) -> #r{a = map(X, X)}.
