// Catches staff made in a household, a link that is kept or works twice, and a command line that the running server does not hear.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clause } from '@eaves/policy'
import { household } from './server.ts'
import { hostedIn } from './staff-house.ts'

test('in a household the command says that there is no staff, and makes nothing', async (t) => {
  clause('pp.5.1')
  const house = household()
  t.after(() => house.dispose())
  const { code, stderr, stdout } = await house.run(['operator', 'add', 'Kim', '--role', 'support'])
  assert.ok(code !== 0 && stdout === '')
  assert.match(stderr, /Staff exist in a hosted service alone/)
  assert.doesNotMatch(stderr, /at .*\.ts:\d+/)
})

test('a hosted service adds, lists and removes staff, with and without a running server; each link works once', async (t) => {
  const house = household()
  t.after(() => house.dispose())
  const env = hostedIn(house.dir)
  const run = async (...args: string[]) => house.run(['operator', ...args], env)
  const made = await run('add', 'Kim of the help desk', '--role', 'support')
  assert.equal(made.code, 0, made.stderr)
  const code = /\/operator\/enrol#([a-z2-7]{32})\n/.exec(made.stdout)?.[1]
  assert.ok(code !== undefined)
  assert.match((await run('add', 'KIM of the help desk', '--role', 'privacy')).stderr, /works here already/)
  for (const bad of [
    ['add', 'Lee'],
    ['add', '--role', 'support'],
    ['list', 'Lee'],
    ['remove'],
    ['promote', 'Lee'],
  ])
    assert.match((await run(...bad)).stderr, /Say what: eaves operator add NAME/, bad.join(' '))
  assert.match((await run('add', 'Lee', '--role', 'root')).stderr, /support, privacy, operator/)
  const server = await house.start(env)
  const added = await run('add', 'Lee', '--role', 'privacy', '--json')
  const lee = JSON.parse(added.stdout) as { code: string; role: string }
  assert.equal(lee.role, 'privacy')
  for (const each of [code, lee.code]) {
    const answer = await fetch(`${server.base}/api/operator/enrolment`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code: each }),
    })
    // Nobody has claimed this server yet: the console waits for that too.
    assert.equal(answer.status, 503)
  }
  assert.deepEqual((await run('list')).stdout.trim().split('\n'), [
    'support   Kim of the help desk (not yet in)',
    'privacy   Lee (not yet in)',
  ])
  assert.match((await run('remove', 'lee')).stdout, /no longer works here/)
  await server.kill()
  assert.doesNotMatch((await run('list')).stdout, /Lee/)
  assert.notEqual((await run('remove', 'Lee')).code, 0)
})
