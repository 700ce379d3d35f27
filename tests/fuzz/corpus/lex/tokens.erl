%% every kind of token
atom 'quoted atom' 'a\nb' '' a@b émile Var _ _x A@ É
0 1_000_000 16#FF_ff 2#1010 36#zZ 340282366920938463463374607431768211456 16#ffffffffffffffffffffffffff
1.0 2.5e-3 1.0E+10 1_0.1_0 $a $\n $\x41 $\x{1F600} $\101 $\^a $\\ $' $" $ 
"string" "esc \n \s \e \d \b \f \r \t \v \z \" \' \\ \x41 \x{416} \101 \^A" "two
lines" "日本語" ""
after and andalso band begin bnot bor bsl bsr bxor case catch cond div end fun if let not of or orelse receive rem try
when xor maybe else
( ) [ ] { } << >> , ; : :: .. ... -> <- <= => := = ?= == /= =< < >= > =:= =/= + - * / ++ -- ! | || # ? @ & ` ~ ^ \ a.b
a. b.%c
