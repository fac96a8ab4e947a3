// A program for claim-kill.test.ts: a thousand claims at once on the data folder it is given, until it ends or is killed.
import { systemClock } from '../deps.ts'
import { quietLog } from '../store/testing.ts'
import { openStores } from '../store/stores.ts'
import { here, openPeople } from './testing.ts'

const [dataDir = '', keyFile = ''] = process.argv.slice(2)
const options = { dataDir, keyFile, clock: systemClock, log: quietLog }
const stores = await openStores(options)
const t = await openPeople({ stores, options })
process.stdout.write('go\n')
await Promise.allSettled(
  Array.from({ length: 1_000 }, (_each, n) =>
    t.people.claim.claim({
      code: t.codes[0] ?? '',
      identifier: { email: `p${n % 3}@example.org` },
      acts: t.acts(),
      surface: 'app',
      place: here,
    }),
  ),
)
process.stdout.write('done\n')
setInterval(() => undefined, 60_000)
