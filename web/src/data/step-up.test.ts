// Catches a refused act that is not repeated after the proof, is repeated without one, or asks without end.
import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { api, isProblem, onStepUp } from './api.ts'
import { askForProof, endProof } from './step-up.ts'

let answers: number[] = []
let calls: string[] = []
let asked = 0
beforeEach(() => {
  calls = []
  asked = 0
  globalThis.fetch = async (path, init) => {
    calls.push(`${init?.method ?? ''} ${path as string} ${init?.body as string}`)
    const status = answers.shift() ?? 200
    return Response.json(status === 403 ? { code: 'auth.step-up-required' } : { done: true }, { status })
  }
})
onStepUp(() => {
  asked += 1
  return askForProof()
})
const settled = () => new Promise((resolve) => setTimeout(resolve))

test('an act refused for want of a fresh proof is repeated as it was once the proof is given', async () => {
  answers = [403, 200]
  const act = api.put('/api/me/password', { password: null })
  await settled()
  assert.deepEqual([calls.length, asked], [1, 1])
  endProof(true)
  assert.deepEqual(await act, { done: true })
  assert.deepEqual(calls, Array(2).fill('PUT /api/me/password {"password":null}'))
})

test('without the proof the act is refused and not sent again', async () => {
  answers = [403]
  const act = api.delete('/api/homes/x')
  await settled()
  endProof(false)
  await assert.rejects(act, (error) => isProblem(error, 'auth.step-up-required'))
  assert.equal(calls.length, 1)
})

test('acts refused together wait for one proof, and one refused again does not ask again', async () => {
  answers = [403, 403, 403, 200]
  const acts = Promise.allSettled([api.post('/api/a'), api.post('/api/b')])
  await settled()
  endProof(true)
  assert.deepEqual(
    (await acts).map(({ status }) => status),
    ['rejected', 'fulfilled'],
  )
  assert.deepEqual([calls.length, asked], [4, 2])
})
