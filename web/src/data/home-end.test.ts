// Catches an app that goes on showing, keeping or asking for a home that is no longer its person's.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { QueryClient } from '@tanstack/react-query'
import { clause } from '@eaves/policy'
import { HomeEnd } from './home-end.ts'

interface Answer {
  readonly id: string
  readonly access?: { readonly isOpen: boolean }
}
function setUp(answers: readonly (readonly Answer[] | Error)[]) {
  const cache = new QueryClient()
  const queue = [...answers]
  const watched: string[] = []
  const forgotten: string[] = []
  const rewritten: string[] = []
  let asked = 0
  cache.setQueryData(['homes'], [{ id: 'mine' }, { id: 'other' }])
  for (const key of [
    ['devices', 'mine'],
    ['device', 'mine', 'lamp'],
    ['history', 'mine', {}],
    ['devices', 'other'],
    ['events', 'lamp'],
    ['picture', 'cam', 'main'],
    ['me'],
  ])
    cache.setQueryData(key, 'kept')
  const end = new HomeEnd({
    cache,
    homes: async () => {
      asked++
      const answer = queue.shift()
      if (answer === undefined || answer instanceof Error) throw answer ?? new Error('not asked for')
      cache.setQueryData(['homes'], answer)
    },
    watch: (home) => watched.push(home),
    forget: (home) => forgotten.push(home),
    rewrite: () => rewritten.push(kept().join(', ')),
  })
  const kept = () =>
    cache
      .getQueryCache()
      .getAll()
      .map(({ queryKey }) => queryKey.slice(0, 2).join(' '))
  return { cache, end, kept, watched, forgotten, rewritten, asked: () => asked }
}

test('what is cached of a home is gone as soon as the frame says that it ended, before any answer', async () => {
  clause('pp.5.1')
  const { end, kept, cache, forgotten, rewritten } = setUp([[{ id: 'other' }]])
  let told = 0
  end.subscribe(() => told++)
  const done = end.ended('mine')
  assert.deepEqual([end.isEnding('mine'), end.isGone('mine'), told], [true, false, 1])
  assert.deepEqual(kept(), ['homes', 'devices other', 'me'])
  assert.deepEqual(
    cache.getQueryData<{ access?: { isOpen: boolean } }[]>(['homes'])?.map(({ access }) => access?.isOpen),
    [false, undefined],
  )
  await done
  assert.deepEqual([end.isGone('mine'), end.isGone('other'), end.isEnding('mine')], [true, false, false])
  assert.equal(told, 3)
  assert.deepEqual(forgotten, ['mine'])
  assert.deepEqual(rewritten, ['homes, devices other, me', 'homes, devices other, me'])
})
test('outside the hours the home is closed and still there', async () => {
  const { end, watched } = setUp([[{ id: 'mine', access: { isOpen: false } }, { id: 'other' }]])
  await end.ended('mine')
  assert.deepEqual([end.isGone('mine'), end.isEnding('mine'), watched], [false, false, []])
})
test('a home that is open again a moment later is watched again', async () => {
  const { end, watched } = setUp([[{ id: 'mine' }, { id: 'other' }]])
  await end.ended('mine')
  assert.deepEqual(watched, ['mine'])
})
test('a refused answer makes it ask, once at a time, and only about homes it knows', async () => {
  const { end, asked, kept } = setUp([[{ id: 'other' }]])
  await end.doubt('stranger')
  assert.equal(asked(), 0)
  await Promise.all([end.doubt('mine'), end.doubt('mine')])
  assert.deepEqual([asked(), end.isGone('mine'), kept()], [1, true, ['homes', 'devices other', 'me']])
})
test('without an answer nothing is said to be gone', async () => {
  const { end, kept } = setUp([new Error('offline')])
  await end.doubt('mine')
  assert.equal(end.isGone('mine'), false)
  assert.ok(kept().includes('devices mine'))
})
test('whoever leaves by themselves leaves nothing behind', () => {
  const { end, kept, cache, rewritten } = setUp([])
  end.left('mine')
  assert.deepEqual(rewritten, ['homes, devices other, me'])
  assert.deepEqual(kept(), ['homes', 'devices other', 'me'])
  assert.deepEqual(
    cache.getQueryData<{ id: string }[]>(['homes'])?.map(({ id }) => id),
    ['other'],
  )
})
