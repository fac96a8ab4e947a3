import { AppError, newId, type SubjectId } from '@eaves/model'
import type { PasskeyAssertion, PasskeyAsked, PasskeyAttestation, PasskeyRow } from '@eaves/model/api'
import { isoInstant } from '../deps.ts'
import type { Site } from '../http/entry.ts'
import { whileSignedIn, type AccountDeps } from './accounts.ts'
import type { AccountTable } from './data.ts'
import { self, withinLimits, type Who } from './limits.ts'
import type { Notices } from './notices.ts'
import {
  addPasskey,
  keepPasskeyHandle,
  ownPasskeys,
  passkeyByCredential,
  removePasskey,
  renamePasskey,
  usePasskey,
} from './passkey-store.ts'
import type { Prover } from './proofs.ts'
import { asSelf, asSignIn, openAccount, ownAccount } from './store.ts'
import { createTickets } from './tickets.ts'
import type { PasskeyTable } from './ways-data.ts'

export interface PasskeyDeps extends AccountDeps {
  readonly notices: Notices
}
/** What a challenge was made for: it is taken once, there and nowhere else. */
interface Challenge {
  readonly purpose: string
  readonly challenge: string
  readonly site: Site
}
export interface Passkeys {
  readonly requestSignIn: (site: Site, address: string) => Promise<PasskeyAsked>
  readonly requestProof: (prover: Prover, site: Site) => Promise<PasskeyAsked>
  /** Whose passkey signed the challenge; throws for any that did not. The authenticator knew its user, so this is both factors. */
  readonly signedIn: (given: Signed, site: Site) => Promise<AccountTable>
  readonly proved: (prover: Prover, given: Signed, site: Site) => Promise<void>
  readonly requestAdd: (prover: Prover, site: Site) => Promise<PasskeyAsked>
  readonly add: (
    prover: Prover,
    given: {
      readonly flow: string
      readonly response: PasskeyAttestation
      readonly name?: string | undefined
    },
    site: Site,
  ) => Promise<PasskeyRow>
  readonly list: (subject: SubjectId) => Promise<PasskeyRow[]>
  readonly rename: (subject: SubjectId, id: string, name: string) => Promise<void>
  readonly remove: (subject: SubjectId, id: string) => Promise<void>
}
export interface Signed {
  readonly flow: string
  readonly response: PasskeyAssertion
}

const lifeMs = 5 * 60 * 1000
const most = 20
const signInPurpose = 'sign-in'
const proofPurpose = ({ session }: Prover) => `proof ${session}`
const addPurpose = ({ session }: Prover) => `add ${session}`

/** Only who signs in by passkey pays for the library. */
const webAuthn = () => import('@simplewebauthn/server')
/**
 * Nobody is asked who made their authenticator, and what says so all the same is not looked at: certificates name addresses
 * at which the library would ask whether they still hold. // pp.3.1 T11
 */
async function isUnattested(attestationObject: string): Promise<boolean> {
  const { decodeAttestationObject } = await import('@simplewebauthn/server/helpers')
  try {
    const object = decodeAttestationObject(bytes(attestationObject))
    const kind: string = object.get('fmt')
    return kind === 'none' || (kind === 'packed' && object.get('attStmt').get('x5c') === undefined)
  } catch {
    return false
  }
}
const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'))
const text = (from: Uint8Array) => Buffer.from(from).toString('base64url')
const numeric = /^(?:\d+\.){3}\d+$|^\[/

/** Passkeys by WebAuthn: discoverable, with the user verified by the authenticator, at the name the request came to. // T13 */
export function createPasskeys(deps: PasskeyDeps): Passkeys {
  const { facts, vault, clock, random, notices } = deps
  const challenges = createTickets<Challenge>({ clock, random, lifeMs })
  const take = (flow: string, purpose: string, site: Site): string => {
    const made = challenges.redeem(flow)
    if (made === undefined || made.purpose !== purpose || made.site.origin !== site.origin)
      throw new AppError('auth.passkey-wrong')
    return made.challenge
  }
  const ask = async (purpose: string, site: Site, who: Who): Promise<PasskeyAsked> => {
    named(site)
    await withinLimits(vault.counters, 'passkey', who)
    const { generateAuthenticationOptions } = await webAuthn()
    const options = await generateAuthenticationOptions({
      rpID: site.host,
      challenge: random(new Uint8Array(32)).slice(),
      userVerification: 'required',
      timeout: lifeMs,
    })
    return {
      flow: challenges.issue({ purpose, challenge: options.challenge, site }),
      options: { ...options },
    }
  }
  return {
    requestSignIn: (site, address) => ask(signInPurpose, site, { address }),
    requestProof: (prover, site) => ask(proofPurpose(prover), site, self(prover.subject)),
    signedIn: async ({ flow, response }, site) =>
      verify(deps, response, take(flow, signInPurpose, site), site),
    proved: async (prover, { flow, response }, site) => {
      const { subject } = await verify(deps, response, take(flow, proofPurpose(prover), site), site)
      if (subject !== prover.subject) throw new AppError('auth.passkey-wrong')
    },
    requestAdd: async (prover, site) => {
      named(site)
      await withinLimits(vault.counters, 'passkey', self(prover.subject))
      const options = await creation(deps, prover.subject, site)
      return {
        flow: challenges.issue({ purpose: addPurpose(prover), challenge: options.challenge, site }),
        options: { ...options },
      }
    },
    add: async (prover, { flow, response, name }, site) => {
      const row = await registered(
        deps,
        prover,
        { response, name },
        take(flow, addPurpose(prover), site),
        site,
      )
      notices.tell(prover.subject, { kind: 'passkey-added', name: row.name })
      return row
    },
    list: async (subject) => {
      const handle = asSelf(facts, subject)
      const cells = await handle.cells()
      return (await ownPasskeys(handle)).map((row) =>
        shown(row, cells.open('passkey', 'name', row.id, row.name)),
      )
    },
    rename: async (subject, id, name) => {
      const handle = asSelf(facts, subject)
      const sealed = await handle.seal('passkey', 'name', id, name)
      if (!(await renamePasskey(handle, id, sealed))) throw new AppError('auth.not-found')
    },
    remove: async (subject, id) => {
      const handle = asSelf(facts, subject)
      const row = await removePasskey(handle, id)
      if (row === undefined) throw new AppError('auth.not-found')
      const name = await handle.open('passkey', 'name', id, row.name)
      notices.tell(subject, { kind: 'passkey-removed', name })
    },
  }
}

/** A passkey belongs to a name; browsers make none for a bare network address. */
function named({ host }: Site): void {
  if (numeric.test(host)) throw new AppError('auth.passkey-name')
}

function demandRoom(own: readonly PasskeyTable[]): void {
  if (own.length >= most) throw new AppError('input.conflict', { detail: `The most is ${most} passkeys.` })
}

async function creation({ facts, random }: PasskeyDeps, subject: SubjectId, site: Site) {
  const handle = asSelf(facts, subject)
  const account = await ownAccount(handle)
  if (account === undefined) throw new AppError('auth.required')
  const own = await ownPasskeys(handle)
  demandRoom(own)
  const made = text(random(new Uint8Array(32)))
  const sealed = account.email ?? account.phone
  const column = account.email === null ? 'phone' : 'email'
  const { generateRegistrationOptions } = await webAuthn()
  return generateRegistrationOptions({
    rpName: 'Eaves',
    rpID: site.host,
    // The person's own device shows it, to tell the accounts of a household apart.
    userName: sealed === null ? 'Eaves' : await handle.open('account', column, subject, sealed),
    userID: bytes(account.passkey_handle ?? (await keepPasskeyHandle(facts, subject, made))),
    challenge: random(new Uint8Array(32)).slice(),
    attestationType: 'none',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    excludeCredentials: own.map((row) => ({ id: row.credential_id, transports: transportsOf(row) })),
    timeout: lifeMs,
  })
}

async function registered(
  deps: PasskeyDeps,
  prover: Prover,
  given: { readonly response: PasskeyAttestation; readonly name?: string | undefined },
  challenge: string,
  site: Site,
): Promise<PasskeyRow> {
  const { facts, clock, random } = deps
  const { subject } = prover
  const { response } = given
  if (!(await isUnattested(response.response.attestationObject))) throw new AppError('auth.passkey-wrong')
  const { verifyRegistrationResponse } = await webAuthn()
  const verified = await verifyRegistrationResponse({
    response: {
      ...response,
      response: { ...response.response, transports: response.response.transports ?? [] },
      clientExtensionResults: {},
    },
    expectedChallenge: challenge,
    expectedOrigin: site.origin,
    expectedRPID: site.host,
    requireUserVerification: true,
  }).catch(() => undefined)
  if (verified?.verified !== true) throw new AppError('auth.passkey-wrong')
  const { credential, credentialDeviceType, credentialBackedUp } = verified.registrationInfo
  const handle = asSelf(facts, subject)
  const id = newId(random)
  const name = given.name ?? 'Passkey'
  const row: PasskeyTable = {
    subject,
    id,
    credential_id: credential.id,
    public_key: text(credential.publicKey),
    counter: credential.counter,
    transports: (response.response.transports ?? []).join(' '),
    kind: credentialDeviceType,
    backed_up: credentialBackedUp ? 1 : 0,
    host: site.host,
    name: await handle.seal('passkey', 'name', id, name),
    created_at: clock.now(),
    last_used_at: null,
  }
  await whileSignedIn(deps, prover, async () => {
    // Counted again: any number of challenges may have been asked for before the first answer.
    demandRoom(await ownPasskeys(handle))
    if (!(await addPasskey(handle, row))) throw new AppError('input.conflict')
  })
  return shown(row, name)
}

/** Checks an answer to a challenge: origin, name, signature, user verified, counter, and that it is the account its authenticator names. */
async function verify(
  { facts, clock, notices }: PasskeyDeps,
  response: PasskeyAssertion,
  challenge: string,
  site: Site,
): Promise<AccountTable> {
  const handle = asSignIn(facts, 'security')
  const row = await passkeyByCredential(handle, response.id)
  const account = row === undefined ? undefined : await openAccount(handle, row.subject)
  if (row === undefined || account === undefined) throw new AppError('auth.passkey-wrong')
  const { verifyAuthenticationResponse } = await webAuthn()
  const verified = await verifyAuthenticationResponse({
    response: { ...response, response: assertionOf(response), clientExtensionResults: {} },
    expectedChallenge: challenge,
    expectedOrigin: site.origin,
    expectedRPID: site.host,
    requireUserVerification: true,
    // The counter is compared below, where a copy can be told from an error.
    credential: { id: row.credential_id, publicKey: bytes(row.public_key), counter: 0 },
  }).catch(() => undefined)
  if (
    verified?.verified !== true ||
    row.host !== site.host ||
    response.response.userHandle !== account.passkey_handle ||
    verified.authenticationInfo.credentialDeviceType !== row.kind
  )
    throw new AppError('auth.passkey-wrong')
  const { newCounter, credentialBackedUp } = verified.authenticationInfo
  if ((newCounter > 0 || row.counter > 0) && newCounter <= row.counter) {
    const name = await asSelf(facts, row.subject).open('passkey', 'name', row.id, row.name)
    notices.tell(row.subject, { kind: 'passkey-copied', name })
    throw new AppError('auth.passkey-wrong')
  }
  const used = { counter: newCounter, backed_up: credentialBackedUp ? 1 : 0, last_used_at: clock.now() }
  if (!(await usePasskey(handle, row, used))) throw new AppError('auth.passkey-wrong')
  return account
}

function assertionOf({ response }: PasskeyAssertion) {
  const { clientDataJSON, authenticatorData, signature, userHandle } = response
  return { clientDataJSON, authenticatorData, signature, userHandle }
}

const transportsOf = ({ transports }: PasskeyTable): string[] =>
  transports === '' ? [] : transports.split(' ')

function shown(row: PasskeyTable, name: string): PasskeyRow {
  return {
    id: row.id,
    name,
    host: row.host,
    synced: row.backed_up === 1,
    createdAt: isoInstant(row.created_at),
    ...(row.last_used_at === null ? {} : { lastUsedAt: isoInstant(row.last_used_at) }),
  }
}
