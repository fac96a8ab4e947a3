// Catches a word of the first page that says something else once a later screen has brought its words along: both files of a language are one list by then.
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
  test(`what stands in both files says the same in each (${locale})`, () => {
    const [first, later] = [wordsOf(locale, 'first'), wordsOf(locale, 'later')]
    const both = [...first].filter(([message]) => later.has(message))
    assert.ok(first.size > 200 && later.size > 1000 && both.length > 20, `${first.size} ${later.size}`)
    assert.deepEqual(
      both.filter(([message, words]) => later.get(message) !== words),
      [],
    )
  })
