// Catches a field that goes a day early or late, looking on every one of 400 days.
import assert from 'node:assert/strict'
import { clause } from '@eaves/policy'
import { onBothDialects } from '../store/testing.ts'
import { travel } from './testing/travel.ts'

onBothDialects('on each of 400 days exactly what is due is gone', async (at) => {
  clause('pp.ret.1')
  clause('pp.5.2')
  assert.ok(
    (await travel(
      at,
      Array.from({ length: 401 }, (_, day) => day),
    )) > 150,
  )
})
