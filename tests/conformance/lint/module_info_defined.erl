-module(module_info_defined).
-export([module_info/0, module_info/1]).
module_info() -> ok.
module_info(_) -> ok.
