import type { HomeId, SubjectId } from '@eaves/model'
import type { AutomationBody } from '@eaves/model/api'
import type { Homes } from '../homes/homes.ts'
import { Pace } from '../pace.ts'
import type { HomeAutomations } from './home.ts'
import { mendBodies, type FactsDb } from './store.ts'

/** Stands where somebody was named who was erased; nobody has this id. */
export const nobody = 'a'.repeat(26) as SubjectId

/** Sentences name people whose coming and going they hear. Of who is erased no name stays in any, nor in how it read before. // pp.4.4.a */
export async function forgetPerson(
  { facts, homes }: { readonly facts: FactsDb; readonly homes: Pick<Homes, 'ids' | 'turns'> },
  openOf: (home: HomeId) => HomeAutomations | undefined,
  subject: SubjectId,
): Promise<void> {
  const without = (body: AutomationBody): AutomationBody | undefined => {
    const text = JSON.stringify(body)
    return text.includes(subject)
      ? (JSON.parse(text.replaceAll(subject, nobody)) as AutomationBody)
      : undefined
  }
  // They may have left a home that still names them, and nothing says which: a server of many takes its time over it.
  const pace = new Pace()
  for (const home of homes.ids()) {
    await pace.keep()
    await homes.turns.take(home, async () => {
      await mendBodies(facts, home, without)
      const of = openOf(home)
      for (const kept of [...(of?.kept.values() ?? [])]) {
        const body = without(kept.body)
        if (body !== undefined) of?.take({ ...kept, body })
      }
    })
  }
}
