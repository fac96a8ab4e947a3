import type { TestClock } from '../store/testing.ts'
import type { Prover } from './proofs.ts'
import { here, nobody, openPeople, site, whole } from './testing.ts'

export const email = 'ada@example.org'
export const phone = '+4915123456789'
export const hourMs = 3_600_000
type Typed = { readonly email: string } | { readonly phone: string }

/** Somebody who is signed in, and how their addresses change. */
export async function opened(at: Parameters<typeof openPeople>[0]) {
  const t = await openPeople(at, 'hosted')
  const clock = at.options.clock as TestClock
  const { subject, recoveryCodes } = await t.claimed(email)
  const signIn = async (identifier: Typed) => {
    clock.advance(61_000)
    const { flow } = await t.people.signIn.requestCode({ identifier, address: here.address })
    return t.people.signIn.byCode({ flow, code: await t.lastCode() }, here, nobody)
  }
  const { session } = whole(await signIn({ email }))
  const prover: Prover = { subject, session: session.row.id, address: here.address }
  /** Signs in anew and proves from there, as somebody does days later. */
  const again = async (): Promise<Prover> => ({
    ...prover,
    session: (await t.people.signIn.known(subject, here, nobody)).session.row.id,
  })
  /** Asks for a code to the address and has it ready. */
  const asked = async (identifier: Typed, by = prover) => {
    clock.advance(61_000)
    const { flow } = await t.people.addresses.request(by, { identifier })
    return { flow, code: await t.lastCode() }
  }
  const change = async (identifier: Typed, by = prover) => {
    await t.people.addresses.confirm(by, await asked(identifier, by), site)
    await t.people.settled()
  }
  const read = () => t.people.profile.read(subject)
  /** The ways back that an address has got: in a link by e-mail, to be typed by text message. */
  const waysBack = (address: string) =>
    t.sent
      .filter(({ to }) => to.address === address)
      .flatMap(({ text, sms, to }) =>
        to.kind === 'phone'
          ? sms?.template === 'notice.address-undo'
            ? [sms.parameters.code!]
            : []
          : (/http:\/\/localhost:8420\/undo#([a-z2-7]+)/.exec(text)?.[1] ?? []),
      )
  const link = () =>
    t.sent.flatMap(({ text }) => /http:\/\/localhost:8420\/undo#([a-z2-7]+)/.exec(text)?.[1] ?? []).at(-1)!
  return {
    t,
    clock,
    subject,
    prover,
    again,
    signIn,
    asked,
    change,
    read,
    link,
    waysBack,
    recoveryCodes,
    session,
  }
}
