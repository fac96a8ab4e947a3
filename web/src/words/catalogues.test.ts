// Catches a word of the first page that says something else once a later screen has brought its words along: all files of a language are one list by then.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { locales } from '@eaves/model'

/** What stands in one file: context and message, and their words. */
function wordsOf(locale: string, part: string): Map<string, string> {
  const file = join(import.meta.dirname, '..', 'locales', locale, `${part}.po`)
  const entries = readFileSync(file, 'utf8').replaceAll(/"\n"/g, '').split('\n\n')
  const said = (entry: string, field: string): string | undefined =>
    new RegExp(`^${field} "(.*)"$`, 'm').exec(entry)?.[1]
  return new Map(
    entries.flatMap((entry) => {
      const message = said(entry, 'msgid')
      if (message === undefined || message === '') return []
      return [[JSON.stringify([said(entry, 'msgctxt'), message]), said(entry, 'msgstr') ?? '']]
    }),
  )
}

for (const locale of locales)
  test(`what stands in several files says the same in each (${locale})`, () => {
    const [first, later, automations] = ['first', 'later', 'automations'].map((part) => wordsOf(locale, part))
    const shared = (one: Map<string, string>, other: Map<string, string>) =>
      [...one].filter(([message]) => other.has(message))
    const both = shared(first!, later!)
    assert.ok(first!.size > 200 && later!.size > 1000 && both.length > 20, `${first!.size} ${later!.size}`)
    assert.ok(automations!.size > 300, String(automations!.size))
    for (const [one, other] of [
      [first!, later!],
      [first!, automations!],
      [later!, automations!],
    ] as const)
      assert.deepEqual(
        shared(one, other).filter(([message, words]) => other.get(message) !== words),
        [],
      )
  })
