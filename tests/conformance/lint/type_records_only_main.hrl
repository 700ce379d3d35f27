-record(unused_in_hrl, {a}).
-type unused_type_hrl() :: a.
unused_in_hrl() -> X = 1.
