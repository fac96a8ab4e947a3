// Catches an import rule that no longer bites: each breach below once stood for a way around the structure.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exceptions, importRules, wordRules } from './boundary-rules.ts'
import { checkBoundaries } from './check-boundaries.ts'
import { withTree } from './testing/sample-tree.ts'

const breaches: readonly { name: string; files: Record<string, string>; says: RegExp }[] = [
  {
    name: 'the model imports Node',
    files: { 'model/src/a.ts': `import { readFileSync } from 'node:fs'` },
    says: /model\/src\/a\.ts: imports node:fs\. Why not: the words run in server, browser/,
  },
  {
    name: 'the policy imports a package',
    files: { 'policy/src/a.ts': `import { z } from 'zod'` },
    says: /imports zod\. Why not: the promise is pure/,
  },
  {
    name: 'the kit imports the server',
    files: { 'driver-kit/src/a.ts': `import { x } from '@eaves/server'` },
    says: /outside authors see one door/,
  },
  {
    name: 'a driver imports another driver by its path',
    files: { 'drivers/one/driver.ts': `import { x } from '../two/map.ts'` },
    says: /reaches neither another driver[\s\S]*another workspace is entered through its package name/,
  },
  {
    name: 'a driver reads files',
    files: { 'drivers/one/driver.ts': `import { readFile } from 'node:fs/promises'` },
    says: /gets sockets and storage from its context/,
  },
  {
    name: 'a slice takes the store of another',
    files: { 'server/src/homes/homes.ts': `import { q } from '../devices/store.ts'` },
    says: /through its front file/,
  },
  {
    name: 'a slice imports http',
    files: { 'server/src/homes/homes.ts': `import { app } from '../http/app.ts'` },
    says: /http imports slices, never the reverse/,
  },
  {
    name: 'something imports main.ts',
    files: { 'server/src/http/a.ts': `import { main } from '../main.ts'` },
    says: /nothing may know main\.ts/,
  },
  {
    name: 'SQL outside a store',
    files: { 'server/src/homes/homes.ts': `import { sql } from 'kysely'` },
    says: /SQL is written in store\.ts files/,
  },
  {
    name: 'data.ts imports Kysely as a value',
    files: { 'server/src/homes/data.ts': `import { sql } from 'kysely'` },
    says: /column types of Kysely as types/,
  },
  {
    name: 'a feature looks into a dialect',
    files: { 'server/src/homes/store.ts': `import { open } from '../store/sqlite/dialect.ts'` },
    says: /a dialect is seen by store\/ alone/,
  },
  {
    name: 'a slice asks the policy itself',
    files: { 'server/src/homes/homes.ts': `import { may } from '@eaves/policy'` },
    says: /the gate is one/,
  },
  {
    name: 'a passkey library outside people',
    files: { 'server/src/homes/homes.ts': `import { x } from '@simplewebauthn/server'` },
    says: /how people prove who they are/,
  },
  {
    name: 'the app imports the server',
    files: { 'web/src/a.ts': `import { x } from '@eaves/server'` },
    says: /by its API alone/,
  },
  {
    name: 'the app imports API schemas as values',
    files: { 'web/src/a.ts': `import { homeSchema } from '@eaves/model/api'` },
    says: /types only: full zod must not reach/,
  },
  {
    name: 'the environment is read twice',
    files: { 'server/src/homes/homes.ts': `export const x = process.env.EAVES_DATA` },
    says: /homes\.ts:1: says process\.env\. Why not: server\/src\/config\.ts is the only reader/,
  },
  {
    name: 'sealed data is opened in a second place',
    files: { 'server/src/people/x.ts': `import { createDecipheriv } from 'node:crypto'` },
    says: /opened in one place/,
  },
  ...[
    "import zhc from 'zigbee-herdsman-converters'",
    "const load = require('zigbee-herdsman-converters')",
  ].map((line) => ({
    name: `what ships takes the Zigbee definitions in: ${line.slice(0, 6)}`,
    files: { 'drivers/mqtt/zigbee2mqtt/map.ts': line },
    says: /map\.ts:1: says 'zigbee-herdsman\. Why not: the Zigbee definitions measure the map/,
  })),
  {
    name: 'a slice calls out by fetch',
    files: { 'server/src/homes/homes.ts': `export const get = () => fetch('https://example.org')` },
    says: /opens fetch\. Why not: every byte that leaves is declared/,
  },
  ...[
    'node:net',
    'node:http',
    'node:tls',
    'node:dgram',
    'node:dns',
    'node:child_process',
    'node:worker_threads',
    'nodemailer',
    'ws',
    'pg',
  ].map((door) => ({
    name: `a slice opens ${door}`,
    files: { 'server/src/homes/homes.ts': `import * as door from '${door}'` },
    says: new RegExp(`opens ${door}\\.`),
  })),
  ...[
    "import { connect } from 'net'",
    "const net = await import('node:net')",
    "export * from 'node:https'",
    "import { lookup } from 'node:dns/promises'",
    "import { request } from 'undici'",
    "import cluster from 'node:cluster'",
    "import inspector from 'node:inspector/promises'",
    "import { runInThisContext } from 'node:vm'",
    "import { proxy } from 'hono/proxy'",
    "import { hc } from 'hono/client'",
    "const open = fetch; open('https://example.org')",
    'const ask = (get = fetch) => get(address)',
    'export const client = make(base, fetch)',
    "const get = globalThis['fetch']",
    'const answer = global.fetch(address)',
    'const answer = fetch?.(address)',
    'const answer = fetch.call(undefined, address)',
    'const { fetch: get } = globalThis',
    'const deps = { get: fetch, now }',
    'const Socket = WebSocket; new Socket(address)',
    'class Line extends WebSocket {}',
    "const Line = globalThis['WebSocket']",
  ].map((line) => ({
    name: `another spelling of a door: ${line}`,
    files: { 'server/src/homes/homes.ts': line },
    says: /homes\.ts: opens (?:node:)?[A-Za-z/]+\. Why not: every byte that leaves is declared/,
  })),
  ...[
    "const net = process.getBuiltinModule('net')",
    'const load = createRequire(import.meta.url)',
    "const net = require('net')",
    "const name = 'ne' + 't'; const net = await import(name)",
    'const net = await import(`node:${name}`)',
    "const wrap = process.binding('tcp_wrap')",
  ].map((line) => ({
    name: `a module that no import names: ${line}`,
    files: { 'server/src/homes/homes.ts': line },
    says: /homes\.ts:1: says .*Why not: what a file opens stands in its imports by name/,
  })),
  ...['navigator.sendBeacon(url)', 'new EventSource(url)', 'new XMLHttpRequest()'].map((line) => ({
    name: `the app speaks another way: ${line}`,
    files: { 'web/src/screens/a.tsx': `export const x = ${line}` },
    says: /by web\/src\/data alone/,
  })),
  {
    name: 'a screen of the app calls the network',
    files: { 'web/src/screens/a.tsx': `const socket = new WebSocket('/api/live')` },
    says: /opens WebSocket/,
  },
  {
    name: 'files import each other in a circle',
    files: {
      'server/src/homes/a.ts': `import { b } from './b.ts'\nexport const a = 1`,
      'server/src/homes/b.ts': `import { a } from './a.ts'\nexport const b = 1`,
    },
    says: /circle server\/src\/homes\/a\.ts → server\/src\/homes\/b\.ts → server\/src\/homes\/a\.ts/,
  },
  {
    name: 'an undeclared package is found by hoisting',
    files: {
      'server/package.json': '{"name":"@eaves/server","dependencies":{}}',
      'server/src/a.ts': `import { x } from 'left'`,
    },
    says: /imports left, which server\/package\.json does not declare/,
  },
]

for (const { name, files, says } of breaches) {
  test(`is refused: ${name}`, () => {
    assert.match(withTree(files, checkBoundaries).join('\n'), says)
  })
}

test('what the rules allow passes', () => {
  const files = {
    'model/src/a.ts': `import { z } from 'zod'`,
    'server/src/http/app.ts': `import { routes } from '../homes/routes.ts'\nimport { createServer } from 'node:http'`,
    'server/src/homes/homes.ts': `import { isIP } from 'node:net'\nimport { list } from '../devices/devices.ts'\n// import { q } from '../devices/store.ts'`,
    'server/src/homes/data.ts': `import type { Generated } from 'kysely'`,
    'server/src/homes/homes.test.ts': `import { createServer } from 'node:net'`,
    'server/src/homes/client.ts': `export const load = (deps: { fetch: () => void }) => deps.fetch()\nexport const rights = { fetch: async () => 1, refetch }\nimport { type WebSocket } from './live.ts'\nconst open = new Map<WebSocket, number>()`,
    'server/src/homes/circle.ts': `import type { T } from './round.ts'\nexport type S = T`,
    'server/src/homes/round.ts': `import type { S } from './circle.ts'\nexport type T = S`,
    'web/src/data/homes.ts': `import type { Home } from '@eaves/model/api'\nexport const get = () => fetch('/api/homes')`,
  }
  assert.deepEqual(withTree(files, checkBoundaries), [])
})

test('every rule and every exception says why', () => {
  for (const { why } of [...importRules, ...wordRules, ...exceptions]) assert.ok(why.length > 20, why)
})
