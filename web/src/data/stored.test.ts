// Catches something kept in the browser that nobody classified.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { clause } from '@eaves/policy'
import { stored } from './stored.ts'

const web = join(import.meta.dirname, '..', '..')
const sources = ['src', 'public'].flatMap((folder) =>
  readdirSync(join(web, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(tsx?|js)$/.test(name) && !/\.test\.ts$|stored\.ts$/.test(name))
    .map((name) => ({ name, text: readFileSync(join(web, folder, name), 'utf8') })),
)
const names = (store: string) => stored.filter((each) => each.store === store).map((each) => each.name)

test('every name under which the app keeps something in the browser is classified, and none that it no longer uses', () => {
  clause('pp.0')
  const used = new Set(
    sources
      .filter(({ text }) => /localStorage/.test(text))
      .flatMap(({ text }) => [...text.matchAll(/'(eaves\.[\w-]+)'/g)].map((match) => match[1]!)),
  )
  assert.deepEqual([...used].toSorted(), names('localStorage').toSorted())
})

test('what the browser keeps is written down for those who use it', () => {
  const page = readFileSync(join(web, '..', 'docs', 'guide', 'privacy.md'), 'utf8')
  for (const name of names('localStorage'))
    assert.ok(page.includes(`\`${name}\``), `docs/guide/privacy.md does not name ${name}`)
})

test('databases, caches and cookies are used where the list says, and nowhere else', () => {
  const using = (word: RegExp) => sources.filter(({ text }) => word.test(text)).map(({ name }) => name)
  assert.deepEqual(using(/\bcaches\.open\b/), [
    'data/kept-store.ts',
    'worker/worker.ts',
    'data/phone/shelf.ts',
  ])
  // What a database of a browser was told stays in its files after it is deleted there.
  assert.deepEqual(using(/indexedDB|sessionStorage|document\.cookie|cookieStore|getDirectory/), [])
  const text = (end: string) => sources.find(({ name }) => name === end)!.text
  assert.deepEqual(names('caches'), [
    /const shelf = '([\w-]+)'/.exec(text('data/kept-store.ts'))?.[1],
    /const shelf = '([\w-]+)'/.exec(text('data/phone/shelf.ts'))?.[1],
    /const prefix = '([\w-]+)'/.exec(text('worker/worker.ts'))?.[1],
  ])
})
