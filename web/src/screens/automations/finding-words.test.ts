// Catches something that the look over an automation finds and the app has no words for, in either language.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { findingCodes, type AutomationFinding, type FindingCode } from '@eaves/model/api'
import { openInLanguage, type InLanguage } from '../../testing/in-language.ts'

const codes = Object.keys(findingCodes) as FindingCode[]
const missing = ['device', 'part', 'room', 'scene', 'automation'] as const
const names = { other: 'Küche', device: 'Lampe' }
const unnamed = { other: undefined, device: undefined }
/** Every finding that there can be, as far as words differ. */
const all: readonly AutomationFinding[] = codes.flatMap((code) =>
  (['error', 'hint'] as const).flatMap((severity) =>
    (code === 'missing' ? missing : [undefined]).map((what) => ({
      code,
      severity,
      at: 'triggers/0',
      ...(what === undefined ? {} : { what }),
    })),
  ),
)

describe('what is found in an automation, in words', () => {
  let words: InLanguage
  let module: typeof import('./finding-words.ts')
  before(async () => {
    words = await openInLanguage()
    module = await words.load('/src/screens/automations/finding-words.ts')
  })
  after(() => words?.close())

  for (const locale of ['en', 'zh-Hans'] as const)
    test(`every code has a sentence and what helps, in ${locale}`, async () => {
      await words.speak(locale)
      for (const finding of all)
        for (const named of [names, unnamed]) {
          const [what, todo] = module.findingWords(finding, named)
          assert.ok(what.length > 4 && todo.length > 4, finding.code)
          assert.doesNotMatch(`${what} ${todo}`, /undefined|\{|\}/, finding.code)
          assert.equal(/\p{Script=Han}/u.test(what) && /\p{Script=Han}/u.test(todo), locale === 'zh-Hans')
        }
    })

  test('two codes are never told by the same sentence', async () => {
    await words.speak('en')
    const told = codes.map((code) => module.findingWords({ code, severity: 'error', at: '' }, names)[0])
    assert.equal(new Set(told).size, codes.length)
  })
})
