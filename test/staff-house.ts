import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Secret, TOTP } from 'otpauth'
import type { StaffRole } from '@eaves/model'
import { stepUpMs } from '@eaves/policy'
import type { Dialect } from '../server/src/store/testing.ts'
import { assertOk, openFamily, type FamilyHouse } from './family-house.ts'
import type { Answer, InHouse } from './in-house.ts'

const operator = {
  controller: { name: 'Hearth Cooperative', address: '12 Mill Lane, Cork, Ireland' },
  privacyContact: 'privacy@hearth.test',
  complaintChannel: 'complaints@hearth.test',
  dataProtectionOfficer: { name: 'The data protection officer', contact: 'dpo@hearth.test' },
  euRepresentative: { notRequired: 'established in the European Union' },
  affiliatesUrl: 'https://hearth.test/affiliates',
}

/** The environment of a hosted server, its operator named in a file of the folder. */
export function hostedIn(dir: string): Readonly<Record<string, string>> {
  const file = join(dir, 'operator.json')
  writeFileSync(file, JSON.stringify(operator))
  return { EAVES_ROLE: 'hosted', EAVES_OPERATOR_FILE: file }
}

/** Somebody who works there, signed in. */
export interface Worker {
  readonly name: string
  readonly password: string
  readonly totp: string
  readonly cookie: () => string
  readonly ask: (method: string, path: string, body?: unknown) => Promise<Answer>
  /** Signs in anew, half a minute later: a code works once. */
  readonly again: () => Promise<Answer>
  /** The same, unless the last proof is still fresh. */
  readonly prove: () => Promise<void>
}
export interface HostedHouse extends FamilyHouse {
  readonly work: (name: string, role: StaffRole) => Promise<Worker>
}

/** A hosted service with a home in it. */
export async function openHosted(
  dialect: Dialect = 'sqlite',
  more: Parameters<typeof openFamily>[2] = {},
): Promise<HostedHouse> {
  const dir = mkdtempSync(join(tmpdir(), 'eaves-operator-'))
  const family = await openFamily(dialect, undefined, { ...more, env: { ...more.env, ...hostedIn(dir) } })
  return Object.assign(Object.create(family) as FamilyHouse, {
    work: (name: string, role: StaffRole) => work(family, name, role),
    end: async () => {
      await family.end()
      rmSync(dir, { recursive: true, force: true })
    },
  })
}

/** The secret of a new session, as the answer sets it. */
export const cookieIn = ({ headers }: Answer): string =>
  /^[^=]+=([^;]*)/.exec(headers.find(([name]) => name === 'set-cookie')?.[1] ?? '')?.[1] ?? ''

export const codeOf = (secret: string, nowMs: number): string =>
  new TOTP({ secret: Secret.fromBase32(secret), digits: 6, period: 30 }).generate({ timestamp: nowMs })

/** Somebody who works there, from the link to the first sign-in. */
export async function work(
  { house, call, clock }: Pick<InHouse, 'house' | 'call' | 'clock'>,
  name: string,
  role: StaffRole,
): Promise<Worker> {
  const { code } = await house.staff!.accounts.add({ name, role })
  const look = assertOk(await call({ method: 'POST', path: '/api/operator/enrolment', body: { code } }))
  const password = `${name} remembers this`
  const entered = await call({
    method: 'POST',
    path: '/api/operator/enrolment/confirm',
    body: { code, password, totp: codeOf(look.secret, clock.now()) },
  })
  assertOk(entered, 204)
  let cookie = cookieIn(entered)
  let provedAt = clock.now()
  const again = async () => {
    clock.advance(30_000)
    const body = { name, password, totp: codeOf(look.secret, clock.now()) }
    const answer = await call({ method: 'POST', path: '/api/operator/sign-in', body })
    if (answer.status !== 204) return answer
    cookie = cookieIn(answer)
    provedAt = clock.now()
    return answer
  }
  return {
    name,
    password,
    totp: look.secret,
    cookie: () => cookie,
    ask: async (method, path, body) => {
      clock.advance(1) // so that what comes after is later
      return call({ method, path, cookie, body })
    },
    again,
    prove: async () => {
      if (clock.now() - provedAt > stepUpMs - 60_000) assertOk(await again(), 204)
    },
  }
}
