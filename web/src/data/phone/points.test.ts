// Catches a place that stays in the browser after its time, comes back with a write that was under way, or was put there by somebody else.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clause } from '@eaves/policy'
import { forgetHome } from '../last-home.ts'
import { browserPoints, type Kept } from './points.ts'
import { forgetPoint, forgetPoints, hasPoints, onPoints } from './shelf.ts'

const shelves = new Map<string, Map<string, string>>()
let isSlow = false
const turn = () => new Promise((resolve) => setTimeout(resolve, isSlow ? 10 : 0))
const open = async (name: string) => {
  const files = shelves.get(name) ?? new Map<string, string>()
  shelves.set(name, files)
  const urlOf = (key: string | { url: string }) =>
    typeof key === 'string' ? `http://localhost${key}` : key.url
  return {
    put: async (key: string, answer: Response) => {
      const text = await answer.text()
      await turn()
      shelves.set(name, files.set(urlOf(key), text))
    },
    match: async (key: { url: string }) => {
      const text = files.get(urlOf(key))
      return text === undefined ? undefined : new Response(text)
    },
    keys: async () => [...files.keys()].map((url) => ({ url })),
    delete: async (key: string) => files.delete(urlOf(key)),
  }
}
Object.defineProperty(globalThis, 'caches', {
  value: {
    open,
    has: async (name: string) => shelves.has(name),
    delete: async (name: string) => shelves.delete(name),
  },
})
Object.defineProperty(globalThis, 'localStorage', {
  value: { getItem: () => null, setItem: () => undefined, removeItem: () => undefined },
})
const point: Kept = { latitude: -48.8765, longitude: -123.3933, radiusMeters: 200 }
const homes = async () => [...(await browserPoints.read()).keys()].toSorted()

test('each home has its own point, and the last one to go takes the shelf along', async () => {
  clause('pp.2.2.1')
  let heard = 0
  const unlisten = onPoints(() => heard++)
  assert.deepEqual([await hasPoints(), await homes()], [false, []])
  assert.equal(shelves.size, 0, 'asking leaves no trace')
  assert.equal(await browserPoints.write('elm', point), true)
  assert.equal(await browserPoints.write('cabin', { ...point, radiusMeters: 1_000 }), true)
  await turn()
  assert.deepEqual([await homes(), heard], [['cabin', 'elm'], 1])
  assert.deepEqual((await browserPoints.read()).get('elm'), point)
  forgetHome('elm')
  await turn()
  assert.deepEqual(await homes(), ['cabin'])
  await forgetPoint('cabin')
  assert.deepEqual([shelves.size, heard], [0, 3])
  for (const home of ['elm', 'cabin']) await browserPoints.write(home, point)
  await forgetPoints()
  assert.equal(shelves.size, 0)
  unlisten()
})

test('a write that was under way when it was cleared brings nothing back', async () => {
  clause('pp.2.2.1')
  isSlow = true
  const written = browserPoints.write('elm', point)
  await Promise.resolve()
  await forgetPoints()
  assert.equal(await written, false)
  assert.deepEqual([await homes(), shelves.size], [[], 0])
  isSlow = false
})

test('what is no point on this earth is not taken for one', async () => {
  for (const wrong of [
    { latitude: 91 },
    { longitude: NaN },
    { radiusMeters: 1 },
    { radiusMeters: 90_000 },
    { latitude: '1' },
  ]) {
    await browserPoints.write('elm', { ...point, ...wrong } as Kept)
    assert.deepEqual(await homes(), [], JSON.stringify(wrong))
  }
  await forgetPoints()
})
