// Catches a way in which somebody in a hurry could keep, log, queue or send something about a person without saying so: nine changes, each applied to a copy and judged by the check that judges the real thing.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { before, after, describe, test } from 'node:test'
import { newId, type HomeId } from '@eaves/model'
import { clause } from '@eaves/policy'
import { z } from 'zod'
import { appLists, checkApp } from '../scripts/check-app.ts'
import { checkBoundaries } from '../scripts/check-boundaries.ts'
import { withTree } from '../scripts/testing/sample-tree.ts'
import { assertEntries } from '../server/src/http/app.ts'
import { entry } from '../server/src/http/entry.ts'
import { createLog, type LogFields } from '../server/src/log.ts'
import { unmapped } from '../server/src/store/dump.ts'
import { internalsOf } from '../server/src/store/internals.ts'
import { openTestStores, type TestStores } from '../server/src/store/testing.ts'
import { root } from './server.ts'

describe('what the compiler turns red', () => {
  let dir: string
  let said: string
  before(() => {
    dir = mkdtempSync(join(tmpdir(), 'eaves-lazy-'))
    symlinkSync(join(root, 'node_modules'), join(dir, 'node_modules'))
    const homes = join(root, 'server/src/homes')
    const write = (path: string, text: string) => writeFileSync(join(dir, path), text)
    for (const folder of ['as-it-is', 'changed']) {
      mkdirSync(join(dir, folder))
      for (const name of readdirSync(homes).filter((each) => each.endsWith('data.ts'))) {
        const text = readFileSync(join(homes, name), 'utf8')
        const changed = text.replace(/(export interface RoomTable[^{]*\{)/, '$1\n  colour: string')
        assert.ok(name !== 'data.ts' || changed !== text)
        write(join(folder, name), folder === 'changed' ? changed : text)
      }
    }
    write(
      'log-line.ts',
      `import type { Log } from '${root}server/src/log.ts'
export const slow = (log: Log, ms: number, email: string) => log.warn('slow', { durationMs: ms, email })
`,
    )
    write(
      'queue.ts',
      `import type { Jobs } from '${root}server/src/store/jobs.ts'
export const later = (jobs: Jobs, email: string) => [
  jobs.enqueue({ kind: 'letter', runAt: 0 }),
  jobs.enqueue({ kind: 'rights', runAt: 0, payload: email }),
]
`,
    )
    write(
      'unsealed.ts',
      `import type { ContentField, PersonalField } from '${root}model/src/privacy.ts'
export const personal = (field: Omit<PersonalField, 'seal'>): PersonalField => field
export const content = (field: Omit<ContentField, 'seal'>): ContentField => field
`,
    )
    write('package.json', '{"type":"module"}')
    write('tsconfig.json', JSON.stringify({ extends: `${root}tsconfig.base.json`, include: ['.'] }))
    const tsc = join(root, 'node_modules/typescript/bin/tsc')
    const ran = spawnSync(process.execPath, [tsc, '-p', dir, '--noEmit'], { cwd: dir, encoding: 'utf8' })
    assert.notEqual(ran.status, 0)
    said = ran.stdout
  })
  after(() => rmSync(dir, { recursive: true, force: true }))
  const red = (file: string) => said.split('\n').filter((line) => line.startsWith(file))

  test('a column without its classification', () => {
    clause('pp.0')
    clause('def.pi')
    assert.match(
      red('changed/data.ts').join('\n'),
      /error TS2741: Property 'colour' is missing.*Columns<RoomTable>/,
    )
    assert.deepEqual(red('as-it-is'), [])
  })

  test('what is of a person, or what people make, without the key that it is sealed under', () => {
    clause('def.pi')
    clause('def.bd')
    const lines = red('unsealed.ts')
    assert.match(lines[0] ?? '', /\(2,\d+\): error TS2741: Property 'seal' is missing/)
    assert.match(lines[1] ?? '', /\(3,\d+\): error TS2741: Property 'seal' is missing/)
    assert.equal(lines.length, 2)
  })

  test('a log field with an address, which a running server leaves out as well', () => {
    clause('pp.2.2.3')
    assert.match(
      red('log-line.ts').join('\n'),
      /\(2,\d+\): error TS2353: .*'email' does not exist in type 'LogFields'/,
    )
    const lines: string[] = []
    createLog('info', (line) => lines.push(line)).warn('slow', { email: 'ada@example.org' } as LogFields)
    assert.doesNotMatch(lines.join(), /ada/)
    assert.match(lines.join(), /slow/)
  })

  test('a queue topic that nobody has registered, and something about a person beside one that is', () => {
    clause('pp.0')
    const lines = red('queue.ts').join('\n')
    assert.match(lines, /\(3,\d+\): error TS2322: Type '"letter"' is not assignable/)
    assert.match(lines, /\(4,\d+\): error TS\d+: .*(payload|'string' is not assignable to type 'undefined')/)
  })
})

describe('what the comparison of the stores with the data map turns red', () => {
  let at: TestStores
  before(async () => {
    at = await openTestStores('sqlite')
  })
  after(() => at?.end())
  const madeRed = async (change: string, undo: string) => {
    assert.deepEqual(await unmapped(at.stores), [])
    const { factsFile } = internalsOf(at.stores)
    factsFile!.exec(change)
    try {
      return (await unmapped(at.stores)).join('\n')
    } finally {
      factsFile!.exec(undo)
    }
  }

  test('a column of a migration', async () => {
    clause('def.bd')
    const said = await madeRed(
      'ALTER TABLE room ADD COLUMN colour TEXT',
      'ALTER TABLE room DROP COLUMN colour',
    )
    assert.equal(said, 'facts.room.colour: in the store and not in the data map')
  })

  test('a view', async () => {
    clause('pp.0')
    const said = await madeRed('CREATE VIEW who AS SELECT subject, email FROM account', 'DROP VIEW who')
    assert.match(said, /^facts\.who\.email: in the store and not in the data map$/m)
    assert.match(said, /^view who: could hold or change data unseen$/m)
  })

  test('an index of words, with the tables that it keeps beside itself', async () => {
    clause('pp.0')
    const said = await madeRed('CREATE VIRTUAL TABLE room_words USING fts5(name)', 'DROP TABLE room_words')
    assert.match(said, /^facts\.room_words\.name: in the store and not in the data map$/m)
    assert.match(said, /^facts\.room_words_content\.c0: in the store and not in the data map$/m)
    assert.match(said, /^table room_words: could hold or change data unseen$/m)
  })

  test('a key inside a sealed JSON', async () => {
    clause('pp.0')
    const home = newId<HomeId>()
    await at.stores.vault.createKey({ home })
    const db = at.stores.facts.as({
      scope: { home },
      actor: { kind: 'system', part: 'runtime' },
      purpose: 'service.core',
    })
    const details = { owner: { email: 'ada@example.org' } }
    await assert.rejects(
      async () => db.seal('device', 'details', newId(), details as never),
      /The data map has no entry for the leaf "owner" of device\.details\./,
    )
  })
})

test('tables, views and indexes of words that are made outside the migrations are red as well', () => {
  clause('pp.0')
  for (const made of [
    'CREATE VIEW who AS SELECT email FROM account',
    'create virtual table words using fts5(name)',
    'CREATE TEMP TABLE seen (email)',
  ]) {
    const text = `export const start = (file: { exec: (sql: string) => void }) => file.exec('${made}')\n`
    const said = withTree({ 'server/src/homes/words.ts': text }, checkBoundaries)
    assert.match(said.join('\n'), /^server\/src\/homes\/words\.ts:1: says create .*made by migrations alone/i)
  }
})

test('a key of the browser’s storage is red, however it is written', async () => {
  clause('pp.0')
  const lists = await appLists()
  assert.deepEqual(checkApp(root, lists), [])
  for (const [line, says] of [
    [`localStorage.setItem('eaves.email', email)`, /keeps "eaves\.email" in localStorage/],
    [`localStorage.setItem('last', email)`, /keeps "last" in localStorage/],
    [`localStorage.setItem(email, 'yes')`, /keeps "email" in localStorage/],
    [`localStorage.last = email`, /uses localStorage other than by a name/],
    [`localStorage['eaves.email'] = email`, /uses localStorage other than by a name/],
    [`Object.assign(localStorage, { email })`, /uses localStorage other than by a name/],
    [`sessionStorage.setItem('eaves.home', email)`, /uses sessionStorage/],
    [`document.cookie = email`, /uses document\.cookie/],
    [`indexedDB.open(email)`, /uses indexedDB/],
    [`void caches.open('mail')`, /keeps "mail" in Cache Storage/],
  ] as const) {
    const said = withTree({ 'web/src/data/last.ts': `// who it was\n${line}\n` }, (top) =>
      checkApp(top, lists),
    )
    assert.equal(said.length, 1, line)
    assert.match(said[0]!, /^web\/src\/data\/last\.ts:2: /)
    assert.match(said[0]!, says)
  }
})

test('a query parameter that holds an address is red in the server and in the app', async () => {
  clause('pp.2.2.3')
  const of = (query: z.ZodType) =>
    entry({
      method: 'get',
      path: '/api/people',
      summary: 'Find somebody',
      access: { kind: 'self', verb: 'self.read' },
      query,
      handle: async () => undefined,
    })
  assert.doesNotThrow(() => assertEntries([of(z.strictObject({ locale: z.string() }))]))
  assert.throws(
    () => assertEntries([of(z.strictObject({ locale: z.string(), email: z.string() }))]),
    /get \/api\/people takes "email" behind the \?.*query-parameters\.ts/,
  )
  assert.throws(() => assertEntries([of(z.record(z.string(), z.string()))]), /takes "anything"/)
  const lists = await appLists()
  for (const line of [
    'void api.get(`/api/people?email=${email}`)',
    'void api.get(`/api/people?locale=${locale}&email=${email}`)',
    'void api.get(`/api/people?${new URLSearchParams({ locale, email })}`)',
    "void navigate({ to: paths.signIn, search: { next: '/me', email } })",
    "export const one = <Link search={{ email: 'x' }} />",
  ]) {
    const said = withTree({ 'web/src/screens/people.tsx': `\n${line}\n` }, (top) => checkApp(top, lists))
    assert.equal(said.length, 1, line)
    assert.match(said[0]!, /^web\/src\/screens\/people\.tsx:2: puts "email" into an address/)
  }
})

test('the checks that are judged here are those that judge every change', () => {
  const steps = readFileSync(join(root, 'scripts/check.ts'), 'utf8')
  for (const step of ["'-p', 'tsconfig.json'", 'checkBoundaries(root)', 'checkApp(root,'])
    assert.ok(steps.includes(step), step)
  const stores = readFileSync(join(root, 'server/src/store/data-map.test.ts'), 'utf8')
  assert.ok(stores.includes('assert.deepEqual(await unmapped(stores), [])'))
  assert.match(readFileSync(join(root, 'server/src/http/app.ts'), 'utf8'), /^ {2}assertEntries\(entries\)$/m)
})
