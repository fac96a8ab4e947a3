// Catches a device that fills the memory of the driver process with messages for another that is away.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { credential } from '../testing/embedded.ts'
import { Grant } from './access.ts'
import { BrokerStore, storeLimits } from './store.ts'

const grant = new Grant(credential('away', 'home'))

test('what waits for a client that is away is bounded by count and by bytes', async () => {
  const queued = async (payload: Buffer, times: number): Promise<number> => {
    const store = new BrokerStore(() => grant)
    for (let n = 0; n < times; n++) await store.outgoingEnqueue({ clientId: 'away' }, { topic: 't', payload })
    let held = 0
    for await (const _packet of store.outgoingStream({ id: 'away' })) held++
    return held
  }
  assert.equal(await queued(Buffer.alloc(10), 2 * storeLimits.queued), storeLimits.queued)
  assert.equal(await queued(Buffer.alloc(100_000), 50), Math.floor(storeLimits.queuedBytes / 100_001))
})
