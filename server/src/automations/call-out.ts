import { AppError, type HomeId, type OperatingRole, type SubjectId } from '@eaves/model'
import { isWithin } from '../deps.ts'
import type { Homes } from '../homes/homes.ts'
import { EgressRefused, may, NothingLeft, type Egress, type Principal } from '../privacy/privacy.ts'
import type { Stops } from '../store/stops.ts'
import { takeOf, type Chain } from './chain.ts'
import type { CallEnded, CallWish } from './world.ts'

export interface CallsOutDeps {
  readonly egress: Pick<Egress, 'post'>
  readonly stops: Pick<Stops, 'of'>
  readonly homes: Pick<Homes, 'relationsOf'>
  readonly role: OperatingRole
  readonly now: () => number
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const mostAnHour = 60
const mostADay = 500
const longestBytes = 16_384
const patienceMs = 10_000
const unreached: ReadonlySet<unknown> = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED'])

/** Whoever may let a home call addresses: it is what may give others one of the home's own. // pp.5.1 */
export function mayCallOut(role: OperatingRole, principal: Principal, home: HomeId): boolean {
  return may(principal, 'hook.manage', { kind: 'home', home }, { operatingRole: role }).allow
}

/** Calls from one home to addresses of others. Neither address nor host, nor what is sent, is in any log. // pp.3.1 */
export class CallsOut {
  readonly #deps: CallsOutDeps
  readonly #home: HomeId
  readonly #ended = new AbortController()
  /** When it called, within the last day. */
  #calls: number[] = []

  constructor(deps: CallsOutDeps, home: HomeId) {
    this.#deps = deps
    this.#home = home
  }

  /** Whatever is on its way is given up. */
  stop(): void {
    this.#ended.abort()
  }

  /** Throws what speaks against it; what comes of it is told later. */
  begin(by: SubjectId, chain: Chain, wish: CallWish, ended: CallEnded): void {
    this.demand(by)
    const body = JSON.stringify(wish.body ?? {})
    if (Buffer.byteLength(body) > longestBytes) throw new AppError('automation.call-too-big')
    this.#count(chain)
    const began = this.#deps.now()
    void this.#send(wish.url, body).then((code) => ended(code, this.#deps.now() - began))
  }

  /** Asked anew at each call: of whoever wrote it, as they stand now. */
  demand(by: SubjectId): void {
    const { homes, role, stops } = this.#deps
    const principal: Principal = { kind: 'person', subject: by, ...homes.relationsOf(by) }
    if (!mayCallOut(role, principal, this.#home)) throw new AppError('auth.forbidden') // pp.5.1
    if (stops.of(by).restricted) throw new AppError('automation.call-resting') // pp.4.4.c
  }

  #count(chain: Chain): void {
    const now = this.#deps.now()
    this.#calls = this.#calls.filter((at) => isWithin(dayMs, at, now))
    const inHour = this.#calls.filter((at) => isWithin(hourMs, at, now)).length
    const isFull = inHour >= mostAnHour || this.#calls.length >= mostADay
    if (isFull || !takeOf(chain, 'calls', now)) throw new AppError('automation.too-many-calls')
    this.#calls.push(now)
  }

  /** Once, and never again: nobody knows whether the other would do it twice. Answers why it did not go well. */
  async #send(url: string, body: string): Promise<string | undefined> {
    try {
      const { status } = await this.#deps.egress.post({
        url,
        namedBy: 'client', // T11
        headers: { 'content-type': 'application/json', 'user-agent': 'Eaves' },
        body,
        signal: AbortSignal.any([this.#ended.signal, AbortSignal.timeout(patienceMs)]),
        isAnswerRead: false,
      })
      return codeOfStatus(status)
    } catch (error) {
      if (error instanceof EgressRefused) return 'automation.call-address'
      const isUnreached = error instanceof NothingLeft || unreached.has((error as { code?: unknown }).code)
      return isUnreached ? 'automation.call-unreached' : 'automation.call-unanswered'
    }
  }
}

function codeOfStatus(status: number): string | undefined {
  if (status >= 200 && status < 300) return undefined
  if (status >= 300 && status < 400) return 'automation.call-moved'
  return status >= 400 && status < 500 ? 'automation.call-refused' : 'automation.call-fault'
}
