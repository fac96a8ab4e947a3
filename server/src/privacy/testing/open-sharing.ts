// A person before recipients: says yes and no, and sees what leaves and what is told.
import { hasCode, type ErrorCode, type SubjectId } from '@eaves/model'
import { myRecipients, type SharingSet } from '@eaves/model/api'
import type { SharedCategory } from '@eaves/policy'
import { openPeople, type TestPeople } from '../../people/testing.ts'
import type { TestClock, TestStores } from '../../store/testing.ts'
import type { PrivacyDeps } from '../privacy.ts'
import type { Registered } from '../recipients.ts'
import { careless, caughtEgress, maker } from '../testing.ts'

export const purpose = 'sharing.manufacturer-quality'
export const refused = (code: ErrorCode) => (error: unknown) => hasCode(error, code)

export interface Here extends TestPeople {
  readonly subject: SubjectId
  readonly clock: TestClock
  readonly out: ReturnType<typeof caughtEgress>
  /** Says yes or no to kinds of information, to the text that is shown. */
  readonly say: (
    given: boolean,
    categories?: readonly SharedCategory[],
    more?: { readonly id?: string; readonly gpc?: boolean; readonly sha?: string },
  ) => Promise<unknown>
  readonly mine: () => ReturnType<TestPeople['privacy']['sharing']['mine']>
  readonly reports: () => { readonly day: string; readonly report: Record<string, unknown> }[]
  readonly run: () => Promise<void>
}

/** A claimed server with recipients, whose way out is caught. */
export async function open(
  at: TestStores,
  recipients: readonly Registered[] = [
    maker('acme', 'https://acme.test/'),
    maker('beta', 'https://beta.test/'),
  ],
  more: Partial<PrivacyDeps['sharing']> = {},
): Promise<Here> {
  const out = caughtEgress()
  const t = await openPeople(at, 'household', {
    sharing: {
      recipients,
      egress: out,
      sources: { [purpose]: async () => careless },
      ...more,
    },
  })
  const { subject } = await t.claimed()
  const { sharing } = t.privacy
  const clock = at.options.clock as TestClock
  const mine = async () => myRecipients.parse(await sharing.mine(subject, { locale: 'en', gpc: false }))
  return {
    ...t,
    subject,
    clock,
    out,
    mine,
    say: async (given, categories = ['device.use'], { id = 'acme', gpc = false, sha } = {}) => {
      const known = (await mine()).recipients.find((each) => each.id === id)?.sharing[0]
      return sharing.choose(subject, id, wish(given, categories, sha ?? known?.notice.sha256 ?? ''), {
        surface: 'app',
        gpc,
      })
    },
    reports: () => out.bodies.map((body) => JSON.parse(body)),
    run: async () => {
      await sharing.daily()
      await sharing.drain()
    },
  }
}
const wish = (given: boolean, categories: readonly SharedCategory[], sha: string): SharingSet => ({
  purpose,
  locale: 'en',
  noticeSha256: sha,
  choices: categories.map((category) => ({ category, given })),
})
