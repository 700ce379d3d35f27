-custom(x).
-module(module_attribute_variants).
f() -> g().
