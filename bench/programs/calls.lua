-- What one call costs in LuaJIT, and fib(38): the same loops as calls.erl. The trace compiler is free to inline.
local n = 50000000
local function f(x) if x == 0 then return 1 end return x end
local function fib(k) if k < 2 then return k end return fib(k - 1) + fib(k - 2) end

local function best(loop)
  local least = math.huge
  for _ = 1, 5 do
    local t = os.clock()
    loop()
    t = os.clock() - t
    if t < least then least = t end
  end
  return least
end

if arg[1] == "fib" then
  print(string.format("fib_local %.4f", best(function() fib(38) end)))
else
  local sink
  local e = best(function() for i = n, 1, -1 do sink = i end end)
  local c = best(function() for i = n, 1, -1 do sink = f(i) end end)
  print(string.format("call %.3f", math.max(0, c - e) / n * 1e9))
end
