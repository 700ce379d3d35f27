-module(module_info_called).
-export([f/0]).
f() -> module_info(), module_info(exports), fun module_info/0.
