// Catches a template that reaches out of its message, never ends, throws past its caller, or answers otherwise than Jinja would.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Pattern } from './regex.ts'
import { commandTemplate, TemplateError, valueTemplate } from './template.ts'

const json = {
  a: { b: [1, 2, { c: 'x' }] },
  on: true,
  t: 21.456,
  s: 'hello,world',
  n: null,
  'with space': 5,
  state: 'ON',
  zero: 0,
}
const evaluate = (source: string, text = JSON.stringify(json)) =>
  valueTemplate(source)(text, () => JSON.parse(text) as unknown)

test('the documented subset gives what Jinja gives', () => {
  const cases: readonly (readonly [string, unknown])[] = [
    ['{{ value_json.t }}', 21.456],
    ["{{ value_json['with space'] }}", 5],
    ['{{ value_json.a.b[2].c }}', 'x'],
    ['{{ value_json.a.b[-1]["c"] }}', 'x'],
    ['{{ value_json.t | round(1) }}', 21.5],
    ['{{ value_json.t|round(0)|int }}', 21],
    ['{{ 2.5 | round }}', 2],
    ['{{ (value_json.t * 2 + 1) | int }}', 43],
    ['{{ 7 // 2 }}', 3],
    ['{{ -7 % 3 }}', 2],
    ['{{ 2 ** 3 }}', 8],
    ["{{ 'ON' if value_json.on else 'OFF' }}", 'ON'],
    ["{{ 'yes' if value_json.n is none }}", 'yes'],
    ["{{ value_json.missing | default('none') }}", 'none'],
    ['{{ value_json.missing }}', undefined],
    ['{{ value_json.missing * 2 }}', undefined],
    ['{% if value_json.t > 25 %}hot{% elif value_json.t > 15 %}warm{% else %}cold{% endif %}', 'warm'],
    ['{% set x = value_json.t - 1 %}{{ x | round(2) }}', '20.46'],
    ["{{ value_json.s.split(',')[1] | upper }}", 'WORLD'],
    ["{{ 'a' in value_json and 'zz' not in value_json }}", true],
    ['{{ not value_json.zero }}', true],
    ["{{ value_json.get('q', 3) }}", 3],
    ['{{ [1, 5, 3] | max }}', 5],
    ["{{ ['a','b'] | join('-') }}", 'a-b'],
    ["{{ {'k': value_json.on} | tojson }}", '{"k":true}'],
    ["{{ iif(value_json.on, 'a', 'b') }}", 'a'],
    ['{{ value_json.on }} {{ value_json.n }}', 'True None'],
    ["{{ value_json.state | lower | replace('o', '0') }}", '0n'],
    ['{# a note #}{{ 1 }}', 1],
    ["{{ 'a' ~ 1 ~ true }}", 'a1True'],
    ["{{ '12' | int + 1 }}", 13],
    ["{{ 'x' | float(0.5) }}", 0.5],
    ["{{ 'x' | float }}", undefined],
    ['{{ value_json.missing.deeper | default(1) }}', undefined],
    ['{{ value_json.missing > 1 }}', undefined],
    ['{{ value_json.s[0:5] }}', 'hello'],
    ['{{ value_json.s[::-1] }}', 'dlrow,olleh'],
    ['{{ value_json.a.b[:2] | sum }}', 3],
    ['{{ 1 < value_json.t < 30 }}', true],
    ["{{ value_json.state == 'ON' and value_json.t is number }}", true],
    ['{{ 6 is divisibleby 3 and not 6 is odd }}', true],
    ["{{ {1: 'one'}[1] ~ {1: 'one'}['1'] | default('-') }}", 'one-'],
    ["{{ value_json.s | regex_replace('(\\w+),(\\w+)', '\\2 \\1') }}", 'world hello'],
    ["{{ 'a1b22' | regex_findall('[0-9]+') }}", ['1', '22']],
    ["{{ value_json.s is match('HELLO', true) }}", true],
    ["{{ '%.1f %05d %s' % (2.25, 42, 'x') }}", '2.3 00042 x'],
    ["{{ '{} of {}'.format(1, 2) }}", '1 of 2'],
    ['{% for x in range(3) %}{{ loop.index }}{% endfor %}', '123'],
    [
      '{% for x in range(9) %}{% if x == 2 %}{% continue %}{% elif x > 4 %}{% break %}{% endif %}{{ x }}{% endfor %}',
      '0134',
    ],
    ['{% for x in [] %}a{% else %}none{% endfor %}', 'none'],
    ['{% set x = 1 %}{% for i in [1, 2] %}{% set x = i %}{% endfor %}{{ x }}', '1'],
    ['{% set n = namespace(x=1) %}{% for i in [1, 2] %}{% set n.x = n.x + i %}{% endfor %}{{ n.x }}', '4'],
    ['{% set x %}a{{ 1 }}{% endset %}{{ x }}', 'a1'],
    ['{{ 0 | timestamp_utc }}', '1970-01-01T00:00:00+00:00'],
    ["{{ [3, 1, 2] | sort(reverse=true) | join('') }}", '321'],
    ["{{ ['1', '2'] | map('int') | list }}", [1, 2]],
    ['{{ -value_json.t | abs }}', 21.456],
    ['{{ -2 ** 2 }}', 4],
  ]
  for (const [source, wanted] of cases) assert.deepEqual(evaluate(source), wanted, source)
})

test('what is outside the subset is refused with its reason and never guessed', () => {
  for (const source of [
    '{% for x in value_json.a.b recursive %}{{ x }}{% endfor %}',
    '{% for x in value_json.a.b %}{{ x }}',
    '{% break %}',
    "{{ states('sensor.x') }}",
    "{{ state_attr('a.b', 'c') }}",
    '{{ trigger.payload }}',
    '{{ value | shuffle }}',
    '{{ value is something }}',
    '{% macro m() %}{% endmacro %}',
    '{{ this.state }}',
    '{{ value_json.pop() }}',
    '{{ value | round(digits=1) }}',
    "{{ ''.constructor('x') }}",
    '{{ value | map("shuffle") }}',
    '{{ value',
    '{{ 1 + }}',
    '{% if value %}x',
    "{{ 'open }}",
    '{% include "x" %}',
    '{{ value if }}',
    `{{ ${'('.repeat(500)}1${')'.repeat(500)} }}`,
    `{{ ${'not '.repeat(500)}1 }}`,
    `{{ ${'-'.repeat(500)}1 }}`,
    'x'.repeat(9000),
  ]) {
    assert.throws(() => valueTemplate(source), TemplateError, source.slice(0, 60))
  }
})

test('no name leads to a prototype or a host object', () => {
  for (const source of [
    '{{ value_json.__proto__ }}',
    '{{ value_json.constructor }}',
    "{{ value_json['__proto__'].polluted }}",
    '{{ value_json.a.constructor.constructor }}',
    '{{ value.length }}',
    '{{ value_json.a.b.length }}',
    "{{ value_json.get('toString') }}",
  ])
    assert.equal(evaluate(source), undefined, source)
  assert.equal(evaluate("{{ {'__proto__': {'polluted': 1}}.polluted | default('clean') }}"), 'clean')
  assert.equal(evaluate("{{ 'constructor' in value_json }}"), false)
  assert.equal(({} as { polluted?: unknown }).polluted, undefined)
})

test('a template that grows or burns without end stops', () => {
  assert.equal(
    evaluate(`{% set a = 'xxxxxxxxxxxxxxxx' %}${'{% set a = a ~ a %}'.repeat(40)}{{ a }}`),
    undefined,
  )
  assert.equal(evaluate(`{{ value${" | replace('e', 'eeeeeeeeeeeeeeee')".repeat(30)} }}`), undefined)
  const started = process.hrtime.bigint()
  evaluate(`{{ ${'value_json | tojson ~ '.repeat(200)} '' }}`, JSON.stringify({ a: 'x'.repeat(9000) }))
  evaluate(`{{ 9 ${'** 9 '.repeat(40)} }}`.replaceAll('** 9 ', '+ 9 ** 9 '))
  assert.ok(process.hrtime.bigint() - started < 200_000_000n)
  assert.throws(
    () =>
      commandTemplate(`{% set a = 'xxxxxxxxxxxxxxxx' %}${'{% set a = a ~ a %}'.repeat(40)}{{ a }}`)({
        value: 1,
      }),
    TemplateError,
  )
})

test('a loop, a list and a pattern stop as well', () => {
  const started = process.hrtime.bigint()
  for (const source of [
    '{% for a in range(1000) %}{% for b in range(1000) %}{{ a * b }}{% endfor %}{% endfor %}',
    '{% set n = namespace(l=[1]) %}{% for a in range(900) %}{% set n.l = n.l + n.l %}{% endfor %}{{ n.l | length }}',
    "{{ ('a' * 1) | regex_match('(a+)+$') }}{{ 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab' | regex_match('(a+)+$') }}",
    "{{ 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac' | regex_search('(a|aa)+b') }}",
    `{{ value | regex_findall('${'(x?)'.repeat(40)}${'x'.repeat(40)}') }}`,
    '{{ range(100000) | list }}',
    "{{ ('x' | rjust(1000)).join(range(900)) }}",
  ])
    assert.doesNotThrow(() => {
      try {
        evaluate(source, JSON.stringify('x'.repeat(400)))
      } catch (error) {
        if (!(error instanceof TemplateError)) throw error
      }
    }, source)
  assert.ok(process.hrtime.bigint() - started < 400_000_000n)
})

test('what costs more than it shows stops at once', () => {
  const nested = "{% set a=['x'] %}" + '{% set a=[a,a,a,a,a,a,a,a,a,a] %}'.repeat(9)
  const deep = `${'['.repeat(7000)}${']'.repeat(7000)}`
  const letters = 'A'.repeat(9999)
  const cases: readonly (readonly [string, string, string])[] = [
    ['empty choices', `{{ value | regex_match('${'(|)'.repeat(40)}$') }}`, '"a"'],
    ['empty choices ahead', `{{ value | regex_search('(?=${'(|)'.repeat(40)}b)') }}`, '"a"'],
    ['a list of lists as text', `${nested}{{ a ~ 1 }}`, '1'],
    ['lists of lists compared', `${nested}{{ a == [1] }}`, '1'],
    ['a list of lists as JSON', `${nested}{{ a | tojson }}`, '1'],
    ['a list of lists as the answer', `${nested}{{ a }}`, '1'],
    ['lists of lists looked through', `${nested}{{ [1] in a }}`, '1'],
    ['a deep message as text', '{{ value_json ~ 1 }}', deep],
    ['a deep text read', '{{ (value | from_json) ~ 1 }}', deep],
    [
      'upper case many times',
      '{% for i in range(30) %}{{ value.isupper() }}{% endfor %}',
      JSON.stringify(`${letters}a`),
    ],
    [
      'lower case many times',
      '{% for i in range(30) %}{{ value.islower() }}{% endfor %}',
      JSON.stringify(`${letters}a`),
    ],
  ]
  for (const [name, source, text] of cases) {
    const start = performance.now()
    evaluate(source, text)
    const tookMs = performance.now() - start
    assert.ok(tookMs < 250, `${name}: ${Math.round(tookMs)} ms`)
  }
  // What was refused once leaves nothing behind for the next message.
  assert.equal(evaluate('{{ value_json.a ~ "" }}', '{"a":[1]}'), '[1]')
})

test('a pattern answers as Python answers', () => {
  const first = (pattern: string, text: string): unknown => {
    const found = Pattern.compile(pattern).find(text, 0)
    return found === undefined ? undefined : [text.slice(found.start, found.end), ...found.groups]
  }
  const cases: readonly (readonly [string, string, unknown])[] = [
    ['a|ab', 'ab', ['a']],
    ['(a|ab)(c|bcd)', 'abcd', ['abcd', 'a', 'bcd']],
    ['a.*?b', 'axxbxb', ['axxb']],
    ['a.*b', 'axxbxb', ['axxbxb']],
    ['[^,]+$', 'one,two', ['two']],
    ['\\bto\\b', 'go to it', ['to']],
    ['(\\d{2,3})-(\\d+)?', 'x1234-', ['234-', '234', undefined]],
    ['(?:on|off)(?=!)', 'on off!', ['off']],
    ['(?!a)[a-c]', 'ab', ['b']],
    ['(?i)HELLO', 'hello', ['hello']],
    ['(?P<n>[\\w.-]+)@', 'me.x@y', ['me.x@', 'me.x']],
    ['^$', '', ['']],
    ['(a*)*', 'b', ['', undefined]],
    ['[]a]+', ']a', [']a']],
  ]
  for (const [pattern, text, wanted] of cases) assert.deepEqual(first(pattern, text), wanted, pattern)
  for (const wrong of [
    '(',
    'a)',
    '[a',
    '*a',
    '\\',
    '(?<=a)b',
    '(a)\\1',
    '[z-a]',
    '((((((((((((((((((((((a))))))))))))))))))))))',
  ])
    assert.throws(() => Pattern.compile(wrong), TemplateError, wrong)
})

test('any text is a template, a refusal or no value, and nothing else', () => {
  const seed = Number(process.env.FC_SEED ?? Date.now() % 1_000_000)
  console.log(`seed ${seed}`)
  const token = fc.constantFrom(
    '{{',
    '}}',
    '{%',
    '%}',
    '{#',
    '#}',
    'if',
    'else',
    'elif',
    'endif',
    'set',
    'for',
    'value',
    'value_json',
    '.',
    '[',
    ']',
    '(',
    ')',
    '|',
    'int',
    'float',
    'default',
    "'a'",
    '"',
    '1',
    '2.5',
    '+',
    '-',
    '*',
    '/',
    '~',
    '==',
    '<',
    'and',
    'or',
    'not',
    'in',
    'is',
    'none',
    'a',
    '__proto__',
    'constructor',
    ',',
    ':',
    '{',
    '}',
    '=',
    ' ',
    '**',
    'join',
    'split',
    'tojson',
    'endfor',
    'range',
    'namespace',
    'map',
    'regex_findall',
    'format',
    'set x =',
    '%}{{',
    '}}{%',
    'loop.index',
    'continue',
  )
  fc.assert(
    fc.property(fc.array(token, { maxLength: 25 }), fc.jsonValue({ maxDepth: 3 }), (tokens, value) => {
      for (const source of [
        tokens.join(' '),
        `{{ ${tokens.join(' ')} }}`,
        `{% if ${tokens.join(' ')} %}a{% endif %}`,
      ]) {
        let template: ReturnType<typeof valueTemplate>
        try {
          template = valueTemplate(source)
        } catch (error) {
          assert.ok(error instanceof TemplateError, String(error))
          continue
        }
        assert.notEqual(typeof template(JSON.stringify(value), () => value), 'function')
      }
    }),
    { numRuns: 4000, seed },
  )
})
