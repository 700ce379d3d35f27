%% 示例三
-module(hotfix).
-export([server/1, upgrade/1, start/0]).
 
-record(state, {version, data}).

server(State) ->
	receive
		update ->
			NewState = ?MODULE:upgrade(State),
			io:format("Upgrade Completed. Now verson: ~p~n", [NewState#state.version]),
			?MODULE:server(NewState);  %% loop in the new version of the module
		_SomeMessage ->
			%% do something here
			io:format("Stay Old~n"),
			server(State)  %% stay in the same version no matter what.
	end.

upgrade(State) ->
	%% transform and return the state here.
	io:format("Upgrading Code~n"),
	NewState = State#state{version=2.0},
	NewState.


start() ->
	spawn(fun() -> server(#state{version=1.0}) end).
