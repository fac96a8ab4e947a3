// A server of its own that sends what waits; the test kills it in the middle.
import { openPeople } from '../../people/testing.ts'
import { openStores } from '../../store/stores.ts'
import { quietLog } from '../../store/testing.ts'
import { createEgress } from '../egress-post.ts'
import { careless, maker } from '../testing.ts'

const { dataDir, keyFile, url, nowMs } = JSON.parse(process.argv[2] ?? '') as {
  readonly dataDir: string
  readonly keyFile: string
  readonly url: string
  readonly nowMs: number
}
const options = { dataDir, keyFile, clock: { now: () => nowMs }, log: quietLog }
const stores = await openStores(options)
const { privacy } = await openPeople({ stores, options }, 'household', {
  sharing: {
    recipients: [maker('acme', url)],
    egress: createEgress(),
    sources: { 'sharing.manufacturer-quality': async () => careless },
  },
})
await privacy.sharing.drain()
