import { openInHouse } from './in-house.ts'
import { sampleOf } from './sample-body.ts'
const h = await openInHouse('sqlite')
for (const e of h.house.entries) { let s: unknown; try { s = e.body ? sampleOf(e.body, { zone: 'Europe/Berlin', email: 'x@example.org' }) : undefined } catch (x) { s = String(x) }
 console.log(e.method, e.path, e.access.kind, 'verb' in e.access ? e.access.verb : '', (e.access as any).withoutAgreement ?? '', (e.access as any).beforeClaim ?? '', JSON.stringify(s), e.body ? e.body.safeParse(s).success : '') }
await h.end()
