import type { SubjectId } from '@eaves/model'
import type { Clock, Log } from '../deps.ts'
import type { Job, Stores } from '../store/stores.ts'
import { asGate, noteTold, untold } from './store.ts'

const kind = 'policy-notice'
const firstAfterMs = 30_000
const batch = 200

export interface PolicyNoticesDeps {
  readonly stores: Pick<Stores, 'facts' | 'jobs'>
  readonly clock: Clock
  readonly log: Log
  readonly version: () => string
  /** Whether a large change waits for this person's answer. */
  readonly awaits: (subject: SubjectId) => Promise<boolean>
  /** By push or message; never fails and never waits. */
  readonly tell: (subject: SubjectId) => void
}

/** Tells everybody whom a new version waits for, once; what a crash cut short goes on at the next start. // pp.7.3 */
export class PolicyNotices {
  readonly #deps: PolicyNoticesDeps
  #isStopped = false

  constructor(deps: PolicyNoticesDeps) {
    this.#deps = deps
  }

  async start(): Promise<void> {
    const { stores, clock } = this.#deps
    stores.jobs.handle(kind, (job) => this.#job(job))
    await stores.jobs.enqueue({
      kind,
      key: `${kind} ${this.#deps.version()}`,
      runAt: clock.now() + firstAfterMs,
    })
  }

  stop(): void {
    this.#isStopped = true
  }

  async #job(_job: Job): Promise<void> {
    const told = await this.run()
    if (told > 0) this.#deps.log.info('policy notice sent', { count: told })
  }

  /** Whoever is told and not yet noted may be told twice, never not at all. */
  async run(): Promise<number> {
    const { stores, clock, awaits, tell } = this.#deps
    const version = this.#deps.version()
    const handle = asGate(stores.facts)
    let told = 0
    let after = ''
    for (;;) {
      const people = await untold(handle, version, after, batch)
      for (const subject of people) {
        if (this.#isStopped) return told
        after = subject
        if (!(await awaits(subject))) continue
        tell(subject)
        await noteTold(handle, { subject, version, told_at: clock.now() })
        told += 1
      }
      if (people.length < batch) return told
    }
  }
}
