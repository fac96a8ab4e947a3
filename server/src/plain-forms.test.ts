// Catches a server that makes code out of text to read what it is sent, and pays for it with every start.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import './serve.ts'

test('once the server is read, a form reads without a function being made of text', async () => {
  const { z } = await import('zod')
  const kept = globalThis.Function
  let made = 0
  globalThis.Function = new Proxy(kept, {
    construct: (target, args) => (made++, new target(...(args as string[]))),
  })
  try {
    const form = z.object({ name: z.string(), sizes: z.array(z.object({ at: z.number() })) })
    assert.deepEqual(form.parse({ name: 'a', sizes: [{ at: 1 }] }), { name: 'a', sizes: [{ at: 1 }] })
    assert.equal(made, 0)
  } finally {
    globalThis.Function = kept
  }
})
