// Catches words of a text message that take more than one segment, hold something to click, or make a message of what nobody registered.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { segmentsOf, textTemplates, textWords, type TextTemplate } from './text-templates.ts'

test('each has words in every language that fit one segment with the longest parameters', () => {
  for (const id of Object.keys(textTemplates) as TextTemplate[]) {
    const parameters = Object.fromEntries(
      Object.entries(textTemplates[id].parameters).map(([name, most]) => [name, '8'.repeat(most)]),
    )
    for (const locale of ['en', 'zh-Hans'] as const) {
      const text = textWords({ template: id, parameters }, locale)
      assert.equal(segmentsOf(text), 1, `${id} in ${locale} takes ${text.length} characters`)
      assert.doesNotMatch(text, /[{}]|https?:/, 'nothing to click and no gap')
    }
  }
})

test('segments are counted as carriers do', () => {
  const cases: readonly (readonly [string, number])[] = [
    ['a'.repeat(160), 1],
    ['a'.repeat(161), 2],
    ['a'.repeat(306), 2],
    ['a'.repeat(307), 3],
    ['€'.repeat(80), 1],
    ['€'.repeat(81), 2],
    ['验'.repeat(70), 1],
    ['验'.repeat(71), 2],
    ['😀'.repeat(36), 2],
    ['a’', 1],
  ]
  for (const [text, segments] of cases)
    assert.equal(segmentsOf(text), segments, `${text.length} of ${text[0]}`)
})

test('a template, parameter or language that is not registered makes no message', () => {
  const parameters = { code: '012345', minutes: '5' }
  const bad = [
    { template: 'free.text', parameters },
    { template: 'constructor', parameters },
    { template: 'sign-in.code', parameters: { code: '012345' } },
    { template: 'sign-in.code', parameters: { ...parameters, more: 'x' } },
    { template: 'sign-in.code', parameters: { ...parameters, code: 'call +1 900' } },
  ]
  for (const use of bad)
    assert.throws(() =>
      textWords(use as { template: TextTemplate; parameters: Record<string, string> }, 'en'),
    )
})
