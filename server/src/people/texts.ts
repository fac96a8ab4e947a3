import { newId } from '@eaves/model'
import type { Clock, Log } from '../deps.ts'
import { StartError } from '../start-error.ts'
import { createTurn } from './accounts.ts'
import { NotTaken, type SendText } from '../privacy/privacy.ts'
import { Undeliverable, type Message, type Sender } from './mail.ts'
import { hasCode, segmentsOf, textWords, type TextUse } from './text-templates.ts'
import {
  areCodesEntered,
  areCodesUnused,
  countCode,
  holdReasons,
  isCeilingReached,
  takeFromCeiling,
  withinTextLimits,
  type HoldReason,
  type TextCounters,
} from './text-limits.ts'

export interface TextsDeps {
  readonly counters: TextCounters
  readonly send: SendText
  readonly countries: readonly string[]
  /** Segments in a day of UTC. */
  readonly dailyCeiling: number
  readonly clock: Clock
  readonly log: Log
}
export type TextAlert = 'sms-ceiling' | 'sms-unused' | 'sms-failing'
/** The way of text messages: templates only, within limits, and what a keeper must know of it. */
export interface Texts extends Sender {
  /** Notes that a code sent to this number was entered. */
  readonly entered: (number: string) => Promise<void>
  readonly alerts: () => Promise<TextAlert[]>
}

/** Kinds of number that a person carries; the rest costs much or reaches nobody's pocket. */
const carried = new Set(['MOBILE', 'FIXED_LINE_OR_MOBILE'])
/** Tries that failed in a row before a keeper is told. */
const failuresTold = 2
/** Messages refused in a row before a keeper is told: anybody can give a number that does not exist. */
const refusalsTold = 6

/** Sends text messages through the service that the operator set. Nothing here shows in any answer. // T13 pp.3.1.4 */
export async function createTexts(deps: TextsDeps): Promise<Texts> {
  const { counters, send, countries, dailyCeiling, log } = deps
  const phones = await import('libphonenumber-js/max')
  const unknown = countries.find((code) => !phones.isSupportedCountry(code))
  if (unknown !== undefined)
    throw new StartError(`EAVES_SMS_COUNTRIES holds "${unknown}", which is no country with phone numbers.`)
  const allowed = new Set<string>(countries)
  /** Messages under way: what was counted when they were first tried, and the id they keep. */
  const begun = new WeakMap<Message, string>()
  let failures = 0
  let refusals = 0

  const held = (reason: HoldReason): Undeliverable => {
    log.warn(holdReasons[reason])
    return new Undeliverable()
  }
  const begin = async (message: Message, number: string): Promise<string> => {
    const parsed = phones.parsePhoneNumberFromString(number)
    if (parsed?.country === undefined || !allowed.has(parsed.country)) throw held('country')
    const type = parsed.getType()
    if (type === undefined || !carried.has(type)) throw held('kind')
    if (!(await withinTextLimits(counters, number, message.askedFrom))) throw held('often')
    const id = newId()
    begun.set(message, id)
    return id
  }
  /** Judges one try and takes what it costs, one after another, so that tries side by side see each other. */
  const turn = createTurn()
  const admitted = (message: Message, template: TextUse['template'], text: string): Promise<string> =>
    turn(async () => {
      const number = message.to.address
      const id = begun.get(message) ?? (await begin(message, number))
      if (hasCode(template) && !(await areCodesEntered(counters, number))) throw held('unused')
      // Each try may be paid for, so each is counted.
      if (!(await takeFromCeiling(counters, segmentsOf(text), dailyCeiling))) throw held('ceiling')
      if (hasCode(template)) await countCode(counters, 'sent', number)
      return id
    })
  return {
    send: async (message) => {
      const { sms, locale, to } = message
      if (sms === undefined) throw new Undeliverable()
      const text = textWords(sms, locale)
      const id = await admitted(message, sms.template, text)
      try {
        await send({ id, to: to.address, locale, ...sms, text })
        failures = refusals = 0
      } catch (error) {
        if (error instanceof NotTaken && error.faulty) refusals += 1
        else failures += 1
        throw error instanceof NotTaken && error.final ? new Undeliverable() : error
      }
    },
    entered: (number) => countCode(counters, 'entered', number),
    alerts: async () => [
      ...((await isCeilingReached(counters, dailyCeiling)) ? ['sms-ceiling' as const] : []),
      ...((await areCodesUnused(counters)) ? ['sms-unused' as const] : []),
      ...(failures >= failuresTold || refusals >= refusalsTold ? ['sms-failing' as const] : []),
    ],
  }
}
