/** A mapping that tries to take a process down. */
export interface Hostile {
  readonly name: string;
  readonly source: string;
  readonly input?: () => unknown;
}

const as = (count: number) => () => ({ text: 'a'.repeat(count) });
const rows = (count: number) => () => ({
  rows: Array.from({ length: count }, (_, at) => ({ id: at, key: `k${at}`, tags: [at % 7, at % 11] })),
});
const nested = (depth: number) => () => {
  let inner: unknown = [];
  for (let level = 0; level < depth; level++) inner = level % 2 ? [inner] : { a: inner };
  return inner;
};
const DOUBLED = '$reduce([1..40], function($x, $n) { { "a": $x, "b": $x } }, 1)';
const LOOP = '( $loop := function($n) { $loop($n + 1) }; $loop(1) )';

/**
 * Each has to end: with an answer where one can be had in time, else with a limit. Those of `reliability` reviews of the reference come first: it is
 * blocked for seconds beyond its time limit by most.
 */
export const HOSTILE: readonly Hostile[] = [
  {
    name: 'backtracking in $contains',
    source: '$contains(text, /^(a+)+$/)',
    input: () => ({ text: `${'a'.repeat(40_000)}!` }),
  },
  { name: 'backtracking in $match', source: '$match(text, /(a|a)*b/)', input: as(40_000) },
  { name: 'backtracking in $replace', source: '$replace(text, /(.*)*x/, "y")', input: as(40_000) },
  { name: 'backtracking in $split', source: '$split(text, /([a-z]+)+[0-9]/)', input: as(40_000) },
  { name: 'backtracking in a pattern that is called', source: '/(a*)*b/(text)', input: as(40_000) },
  { name: 'a search from every place', source: '$count($match(text, /a[^b]*b|a/))', input: as(200_000) },
  { name: 'a pattern of many repeats', source: '$match(text, /((a{30}){30}){30}b/)', input: as(100_000) },
  {
    name: 'a pattern made at run time',
    source: '$eval("/" & $pad("", 400000, "(a?)") & "/(text)")',
    input: as(10_000),
  },
  {
    name: 'backtracking that only a kill stops',
    source: '$match(text, /^(?=(a+)+$)b/)',
    input: () => ({ text: `${'a'.repeat(40)}!` }),
  },
  { name: 'a back-reference that only a kill stops', source: '$match(text, /(a*)*\\1b/)', input: as(40) },
  { name: '$pad', source: '$pad("x", 200000000)' },
  { name: '$pad to a negative width', source: '$length($pad("x", -1000000000))' },
  { name: '$pad for each of many', source: '[1..1000000].$pad("x", 1000000)' },
  { name: 'a range', source: '[1..10000000000]' },
  { name: 'a long range, summed', source: '$sum([1..9999999])' },
  { name: 'ranges in a path', source: '[1..10000].[1..10000].[1..10000]' },
  { name: 'ranges in a path, counted', source: '$count([1..10000].[1..1000])' },
  {
    name: 'a join of all with all',
    source: 'rows@$a.$$.rows@$b.$$.rows@$c[$a.id = $c.id].{ "a": $a.id, "b": $b.id }',
    input: rows(1000),
  },
  {
    name: 'a filter within a filter',
    source: 'rows[$count($$.rows[$count($$.rows[id = 1]) = 2]) = 3]',
    input: rows(1000),
  },
  { name: 'deep recursion', source: '( $f := function($n) { 1 + $f($n + 1) }; $f(1) )' },
  { name: 'endless tail calls', source: LOOP },
  {
    name: 'endless mutual recursion',
    source: '( $a := function($n) { $b($n + 1) }; $b := function($n) { $a($n + 1) }; $a(1) )',
  },
  {
    name: 'deep mutual recursion',
    source: '( $a := function($n) { 1 + $b($n) }; $b := function($n) { 1 + $a($n) }; $a(1) )',
  },
  { name: 'recursion that doubles', source: '( $f := function($n) { $f($n + 1) + $f($n + 1) }; $f(1) )' },
  {
    name: 'the hundredth Fibonacci number',
    source: '( $f := function($n) { $n < 2 ? $n : $f($n - 1) + $f($n - 2) }; $f(100) )',
  },
  { name: 'a string that doubles', source: '( $f := function($s) { $f($s & $s) }; $f("abc") )' },
  {
    name: 'a doubled string, searched',
    source: '$contains($reduce([1..23], function($s, $n) { $s & $s }, "ab"), "abc")',
  },
  { name: 'a list that doubles', source: '( $f := function($a) { $f($append($a, $a)) }; $f([1]) )' },
  {
    name: 'functions that double',
    source: '( $c := function($f, $n) { $n = 0 ? $f : $c($f ~> $f, $n - 1) }; $c(function($x) { $x + 1 }, 40)(1) )',
  },
  {
    name: 'closures that pile up',
    source: '( $f := function($n, $a) { $f($n + 1, function() { [$a, $n] }) }; $f(1, 1) )',
  },
  { name: '$eval of itself', source: '( $f := "$eval($f)"; $eval($f) )' },
  { name: '$eval of a loop in $eval', source: `$eval("$eval(\\"${LOOP}\\")")` },
  { name: '$eval of a long text', source: '$eval($pad("1", 3000000, "+1"))' },
  { name: '$eval of many brackets', source: '$eval($pad("", 1000000, "("))' },
  { name: '$eval of a long list', source: '$eval("[" & $pad("1", 3000000, ",1") & "]")' },
  { name: 'a comparator that loops', source: `$sort([1..10], function($a, $b) { ${LOOP} })` },
  { name: 'an order that loops', source: `rows^(${LOOP})`, input: rows(10) },
  { name: 'a long sort', source: '$sort([1..1000000], function($a, $b) { $a < $b })[0]' },
  { name: 'an order of many', source: '$count(rows^(<key, >id))', input: rows(50_000) },
  { name: 'a list in lists', source: '$reduce([1..40], function($a, $n) { [$a, $a] }, [1])' },
  { name: 'a doubled object as result', source: DOUBLED },
  { name: 'a doubled object as text', source: `$length($string(${DOUBLED}))` },
  { name: 'a doubled object, compared', source: `( $x := ${DOUBLED}; $y := ${DOUBLED}; $x = $y )` },
  { name: 'a doubled object, walked', source: `$count((${DOUBLED}).**)` },
  { name: 'doubled objects made distinct', source: `$distinct([${DOUBLED}, ${DOUBLED}])` },
  { name: 'a doubled object, transformed', source: `${DOUBLED} ~> |**|{ "c": 1 }|` },
  { name: 'a group for each of many', source: '$count($keys([1..2000000]{ $string($): $ }))' },
  { name: 'a group of many', source: '[1..2000000]{ "all": $count($) }' },
  { name: 'a long picture of $formatNumber', source: '$formatNumber(1, $pad("0", 10000000, "0"))' },
  { name: 'a long picture of $fromMillis', source: '$fromMillis(0, $pad("", 9000000, "[Y]"))' },
  { name: 'a long picture of $toMillis', source: '$toMillis($pad("", 4000000, "2020"), $pad("", 3000000, "[Y]"))' },
  { name: 'a long picture of $formatInteger', source: '$formatInteger(1, $pad("0", 10000000, ",0"))' },
  { name: 'a wide year', source: '$fromMillis(0, "[Y,99999999-99999999]")' },
  { name: 'all below a deep input', source: '$count(**)', input: nested(100_000) },
  { name: 'a deep input as result', source: '$', input: nested(100_000) },
  { name: 'a deep input as text', source: '$length($string($))', input: nested(100_000) },
  { name: 'a deep input, compared', source: '$ = $$ and [$] = [$$]', input: nested(100_000) },
  { name: 'a deep input, transformed', source: '$ ~> |a|{ "b": 1 }|', input: nested(100_000) },
  { name: 'a deep input, looked up', source: '*.*.* & a.a.a', input: nested(100_000) },
  { name: 'a transform of everything', source: '$ ~> |**|{ "x": 1 }| ~> |**|{ "y": 2 }|', input: rows(50_000) },
  {
    name: 'a transform within a transform',
    source: '$ ~> |rows|{ "x": $$ ~> |rows|{ "y": $$ ~> |rows|{ "z": 1 }| }| }|',
    input: rows(1000),
  },
  { name: '$join of much', source: '$join([1..1000000].$pad("x", 1000))' },
  { name: '$replace that multiplies', source: '$replace($pad("", 100000, "a"), "a", $pad("", 100000, "b"))' },
  { name: '$replace with itself', source: '$replace(text, /a+/, $pad("", 100000, "$0"))', input: as(100_000) },
  { name: '$split into characters', source: '$count($split($pad("", 10000000, "a"), ""))' },
  { name: '$string of a long list', source: '$length($string([1..5000000]))' },
  { name: '$shuffle of a long list', source: '$count($shuffle([1..5000000]))' },
  { name: '$distinct of many', source: '$count($distinct([1..300000].{ "a": $, "b": [$] }))' },
  { name: '$merge of many', source: '$count($keys($merge([1..500000].{ $string($): $ })))' },
  { name: '$zip of long lists', source: '$count($zip([1..3000000], [1..3000000], [1..3000000]))' },
  {
    name: '$each and $sift of many',
    source: '$count($each($sift($merge(rows.{ key: id }), function($v) { $v > 1 }), $string))',
    input: rows(50_000),
  },
  { name: 'codes of a long text', source: '$length($encodeUrlComponent($base64encode($pad("", 15000000, "é"))))' },
  { name: 'a number of many digits', source: '$number($pad("1", 15000000, "1"))' },
  { name: 'a case of a long text', source: '$length($lowercase($uppercase($pad("", 16000000, "ß"))))' },
  {
    name: '$substring of a long text',
    source: '$reduce([1..300], function($a, $n) { $substring($a, 1) }, $pad("", 15000000, "é"))',
  },
  {
    name: '$length of each of many long texts',
    source: '( $t := $pad("", 15000000, "é"); $sum([1..1000].$length($t)) )',
  },
  {
    name: 'long texts compared',
    source: '( $t := $pad("", 15000000, "x"); $u := "x" & $substring($t, 1); $count([1..1000][$t = $u]) )',
  },
];
