// Catches a template that reaches out of its message, never ends, throws past its caller, or answers otherwise than Jinja would.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
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
  ]
  for (const [source, wanted] of cases) assert.deepEqual(evaluate(source), wanted, source)
})

test('what is outside the subset is refused with its reason and never guessed', () => {
  for (const source of [
    '{% for x in value_json.a.b %}{{ x }}{% endfor %}',
    "{{ states('sensor.x') }}",
    '{{ now() }}',
    '{{ value | timestamp_custom }}',
    '{% macro m() %}{% endmacro %}',
    '{{ this.state }}',
    '{{ value_json.items() }}',
    "{{ ''.constructor('x') }}",
    '{{ value | map("int") }}',
    '{{ value',
    '{{ 1 + }}',
    '{% if value %}x',
    "{{ 'open }}",
    '{% include "x" %}',
    '{{ value if }}',
    `{{ ${'('.repeat(500)}1${')'.repeat(500)} }}`,
    `{{ ${'not '.repeat(500)}1 }}`,
    `{{ ${'-'.repeat(500)}1 }}`,
    '{{ namespace(x=1) }}',
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
