// Catches one person's home shown to the next on a shared tablet, and an old state shown as the present one.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { QueryClient } from '@tanstack/react-query'
import { clause } from '@eaves/policy'
import { ApiProblem } from './api.ts'
import { fakeClock } from './clock.test.ts'
import type { Kept } from './kept-store.ts'
import { LastSeen } from './last-seen.ts'

const dayMs = 86_400_000
const unreachable = new ApiProblem({ code: 'network.unreachable', status: 0, title: '', todo: '' })
const isDown = () => Promise.reject(unreachable)
const homes = [{ id: 'h1', name: 'Elm Street' }]
const devices = [{ id: 'd1', name: 'Lamp' }]

/** One tablet: what it stores outlives each page that is opened on it. */
function tablet() {
  const clock = fakeClock()
  const disk: { kept?: Kept | undefined } = {}
  const store = {
    read: async () => disk.kept,
    write: async (kept: Kept) => void (disk.kept = structuredClone(kept)),
    clear: async () => void (disk.kept = undefined),
  }
  const open = (account = 'ada') => {
    const who = { account }
    const cache = new QueryClient()
    const asked: string[] = []
    const seen = new LastSeen({
      store,
      cache,
      clock,
      account: async () => (asked.push(who.account), who.account),
    })
    seen.start()
    const answer = (key: string[], data: unknown) =>
      cache.fetchQuery({
        queryKey: key,
        queryFn: () => seen.ask(key, async () => data),
        retry: false,
        staleTime: 0,
      })
    const noAnswer = (key: string[], error: Error = unreachable) =>
      cache.fetchQuery({
        queryKey: key,
        queryFn: () => seen.ask(key, () => Promise.reject(error)),
        retry: false,
        staleTime: 0,
      })
    return { seen, cache, who, answer, noAnswer }
  }
  const written = async () => {
    await settle()
    clock.pass(5000)
    await settle()
  }
  return { clock, disk, open, written }
}
const settle = () => new Promise((resolve) => setTimeout(resolve, 5))

test('without the network a home is shown as it was last seen, with its age', async () => {
  const { clock, open, written } = tablet()
  const before = open()
  await before.answer(['homes'], homes)
  await before.answer(['devices', 'h1'], devices)
  await written()
  const seenAt = clock.now()
  clock.pass(3 * 60_000)
  const after = open()
  assert.deepEqual(await after.noAnswer(['homes']), homes)
  assert.deepEqual(await after.noAnswer(['devices', 'h1']), devices)
  assert.equal(after.seen.shownAt(), seenAt)
  await assert.rejects(after.noAnswer(['devices', 'h2']), unreachable, 'what was never seen is not made up')
})

test('when the server answers again everything is asked for anew and counts as the present', async () => {
  const { open, written } = tablet()
  await open().answer(['homes'], homes)
  await written()
  const { seen, noAnswer, answer, cache } = open()
  await noAnswer(['homes'])
  let told = 0
  seen.subscribe(() => told++)
  await answer(['rooms', 'h1'], [])
  assert.deepEqual([seen.shownAt(), told], [undefined, 1])
  assert.equal(cache.getQueryState(['homes'])?.isInvalidated, true)
})

test('what was last seen is never written again as if it were new, and takes no newer answer’s place', async () => {
  const { disk, open, written, clock } = tablet()
  await open().answer(['homes'], homes)
  await written()
  const first = disk.kept
  clock.pass(60_000)
  const { noAnswer, answer, seen } = open()
  await noAnswer(['homes'])
  await written()
  assert.deepEqual(disk.kept, first)
  await answer(['homes'], [{ id: 'h1', name: 'Oak Street' }])
  await assert.rejects(noAnswer(['homes']), unreachable)
  assert.equal(seen.shownAt(), undefined)
})

test('a refusal of the server is a refusal: nothing kept is shown in its place', async () => {
  const { open, written } = tablet()
  await open().answer(['homes'], homes)
  await written()
  const { noAnswer, seen } = open()
  for (const status of [401, 404, 451, 500, 503])
    await assert.rejects(noAnswer(['homes'], new ApiProblem({ code: 'x', status, title: '', todo: '' })))
  assert.equal(seen.shownAt(), undefined)
})

test('signing out leaves nothing, even while it is being written', async () => {
  const { disk, open, written, clock } = tablet()
  const { seen, answer } = open()
  await answer(['homes'], homes)
  await written()
  await seen.forget()
  assert.equal(disk.kept, undefined)
  await assert.rejects(open().noAnswer(['homes']), unreachable)
  const { seen: again, answer: more } = open()
  await more(['homes'], homes)
  await settle()
  clock.pass(4000)
  await again.forget()
  await written()
  assert.equal(disk.kept, undefined, 'a write that was due before does not come after')
})

test('what one person saw is never kept under the next one’s name', async () => {
  const { disk, open, written } = tablet()
  const { who, seen, answer } = open('ada')
  await answer(['homes'], homes)
  await settle()
  // Ben signs in in another window before this one has written.
  who.account = 'ben'
  await written()
  assert.equal(disk.kept?.account, 'ada')
  await seen.forget()
  const next = open('ben')
  await next.answer(['homes'], [{ id: 'h2', name: 'Ben’s' }])
  await written()
  assert.deepEqual([disk.kept?.account, JSON.stringify(disk.kept).includes('Elm')], ['ben', false])
})

test('once it is known who is here, another’s home is not shown but taken away', async () => {
  const { disk, open, written } = tablet()
  await open('ada').answer(['homes'], homes)
  await written()
  const ben = open('ben')
  await ben.answer(['rooms', 'h9'], [])
  await settle()
  await assert.rejects(ben.noAnswer(['homes']), unreachable)
  assert.equal(disk.kept, undefined)
})

test('a home that somebody no longer belongs to is kept no longer', async () => {
  const { disk, open, written } = tablet()
  const { answer } = open()
  await answer(['homes'], [...homes, { id: 'h2', name: 'Flat' }])
  await answer(['devices', 'h2'], devices)
  await written()
  assert.ok(JSON.stringify(disk.kept).includes('Lamp'))
  await answer(['homes'], homes)
  await written()
  assert.deepEqual(Object.keys(disk.kept?.answers ?? {}), ['["homes"]'])
})

test('a home that has ended is not kept for one moment more, and where that cannot be said nothing is', async () => {
  clause('pp.5.1')
  const { disk, open, written } = tablet()
  const { seen, cache, answer } = open()
  await answer(['homes'], [...homes, { id: 'h2', name: 'Flat' }])
  await answer(['devices', 'h1'], devices)
  await answer(['devices', 'h2'], [{ id: 'd2', name: 'Oven' }])
  await written()
  cache.setQueryData(['homes'], homes)
  await seen.rewrite()
  assert.deepEqual(Object.keys(disk.kept?.answers ?? {}), ['["homes"]', '["devices","h1"]'])
  // Another page of the same browser, which does not know yet who is here.
  await open().seen.rewrite()
  assert.equal(disk.kept, undefined)
})

test('only homes with their rooms, devices and one’s own place are kept; a state older than a week is not shown', async () => {
  const { disk, open, written, clock } = tablet()
  const { answer } = open()
  await answer(['me'], { email: 'ada@example.org' })
  await answer(['members', 'h1'], ['Ada'])
  await answer(['floors', 'h1'], ['Attic'])
  await answer(['homes'], homes)
  const shown = ['rooms', 'devices', 'place']
  for (const kind of shown) await answer([kind, 'h1'], [kind])
  await written()
  assert.deepEqual(Object.keys(disk.kept?.answers ?? {}), [
    '["homes"]',
    ...shown.map((kind) => `["${kind}","h1"]`),
  ])
  const { noAnswer } = open()
  for (const kind of shown) assert.deepEqual(await noAnswer([kind, 'h1']), [kind])
  clock.pass(7 * dayMs + 1)
  await assert.rejects(open().noAnswer(['homes']), unreachable)
  assert.equal(disk.kept, undefined)
})

test('a server that does not say who is here has nothing kept of it', async () => {
  const { disk, clock } = tablet()
  const cache = new QueryClient()
  const store = {
    read: async () => undefined,
    write: async (kept: Kept) => void (disk.kept = kept),
    clear: async () => {},
  }
  const seen = new LastSeen({ store, cache, clock, account: isDown })
  seen.start()
  cache.setQueryData(['homes'], homes)
  await settle()
  clock.pass(60_000)
  await settle()
  assert.equal(disk.kept, undefined)
})
