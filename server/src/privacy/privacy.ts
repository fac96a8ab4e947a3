import {
  AppError,
  type Locale,
  type OperatingRole,
  type Purpose,
  type Region,
  type SubjectId,
} from '@eaves/model'
import type {
  Acts,
  AgreementState,
  ChoiceRow,
  Choices,
  Contact,
  DocumentEntry,
  Gate,
  PromiseEntry,
  Receipt,
  VersionChanges,
  VersionEntry,
} from '@eaves/model/api'
import { opensWhenLimited, type Decision, type PublicationWish, type Verb } from '@eaves/policy'
import type { Activity } from '../activity/activity.ts'
import type { Stops } from '../store/stops.ts'
import { isoInstant, type Clock, type Log } from '../deps.ts'
import type { Db, Facts } from '../store/stores.ts'
import { createAgreements, isStillTold, type Stand, type Use } from './agreements.ts'
import { createCatalogue, ownVersions, type TextVersion } from './catalogue.ts'
import { createChoices, optional } from './choices.ts'
import { contactOf, controllerName } from './contact.ts'
import type { AgreementTable, PolicyVersionTable } from './data.ts'
import { withEditions } from './editions.ts'
import { changesBetween, changesInWords, promisesOf, versionsOf, type Evidence } from './history.ts'
import { createMinors, type GuardianLinks, type Minors } from './minors.ts'
import { homeNotices, notices, switches } from './notices.ts'
import type { Operator } from './operator.ts'
import { inForceOf, publishTexts, type InForce } from './publish.ts'
import { receiptOf } from './receipt.ts'
import { createSharing, type Sharing, type SharingDeps } from './sharing.ts'
import { createSigner } from './signing.ts'
import { keptText, shown, type ShownDocument } from './shown.ts'
import { createUse, type StaffLook } from './use.ts'
import { accountOf, asGate, asPerson, claimantAddress, type ActsHandle } from './store.ts'
import type { Vault } from './vault.ts'

export {
  caseRules,
  closed,
  deadlineOf,
  decide,
  extensionOf,
  guardianRoles,
  isFreshProof,
  isVerb,
  isWithinHours,
  keeperRoles,
  markPassed,
  may,
  mayChange,
  mayGrant,
  mayObject,
  mayRemove,
  isUnasked,
  mustConfirm,
  nextTurn,
  placeFaults,
  reaches,
  regimeOf,
  resumedAt,
  roleSafety,
  roleVerbs,
  verbs,
  type DeviceFacts,
  type Limits,
  type Place,
  type Principal,
  type Relations,
  type Resource,
  type Standing,
  type Verb,
} from '@eaves/policy'
export { smtpSender, type SmtpSettings } from './egress.ts'
export { AnswerTooLong, LedOnTooOften, type EgressGet, type Got } from './egress-get.ts'
export { createEgress, EgressRefused, isPublicAddress, NothingLeft, type Egress } from './egress-post.ts'
export { newPushKey, pushOut, type PushOut } from './egress-push.ts'
export { NotTaken, twilioTexts, webhookTexts, type SendText } from './egress-texts.ts'
export { complaintsFor } from './complaints.ts'
export { described, type DescribedField } from './described.ts'
export { periodAfter } from './period.ts'
export { readRecipients, type ReadSecret, type Registered } from './recipients.ts'
export type { Source } from './release.ts'
export { readOperator, type Operator } from './operator.ts'
export { PolicyNotices } from './policy-notices.ts'
export { minorEntries } from './minor-routes.ts'
export { asGuardianOf } from './store.ts'
export { needsGuardian, type GuardianActor, type GuardianLinks, type Minors } from './minors.ts'
export { retentionEntries, shownReport, shownState } from './retention-routes.ts'
export { Retention } from './retention.ts'
export { rulesAt } from './sharing-consents.ts'
export { nothingShared, type Sharing } from './sharing.ts'
export { checkSigned, createSigner } from './signing.ts'
export { privacyEntries } from './routes.ts'
export type { TextVersion } from './catalogue.ts'
export type { Vault } from './vault.ts'

export interface PrivacyDeps {
  readonly facts: Db<Facts>
  readonly role: OperatingRole
  readonly clock: Clock
  readonly log: Log
  readonly activity: Pick<Activity, 'noteWithin'>
  readonly vault: Pick<Vault, 'ownKey'>
  /** What people have stopped. */
  readonly stops: Stops
  /** Who answers for whom; nobody for anybody when left out. */
  readonly links?: GuardianLinks
  /** Required in hosted. */
  readonly operator?: Operator | undefined
  /** Who may get something, and how it would leave. */
  readonly sharing: Pick<
    SharingDeps,
    'recipients' | 'services' | 'jobs' | 'egress' | 'sources' | 'isMinor' | 'isHalted' | 'isPromised'
  >
  /** Every published version of the texts, the one of now last; tests put others here. */
  readonly versions?: readonly TextVersion[] | undefined
  /** What the operator wants of a publication. */
  readonly wish?: PublicationWish | undefined
  /** What this server did last, for the page that says how promises are kept. */
  readonly evidence?: () => readonly Evidence[]
}

/** The promise as the rest of the server meets it. */
export interface Privacy {
  /** Publishes the texts of this program; call once before serving. // fm.date */
  readonly start: () => Promise<void>
  readonly documents: (locale?: Locale) => DocumentEntry[]
  /** The version that is offered here; in hosted it may be an edition of its own. */
  readonly version: () => string
  /** One text of any version that is or was offered here. // fm.date */
  readonly document: (id: string, version: string, locale: string) => ShownDocument | undefined
  /** Every version with its changes, and when it takes effect here: the announcement. // pp.7.1 pp.7.3 */
  readonly versions: (locale: Locale) => VersionEntry[]
  readonly changes: (from: string, to: string, locale: Locale) => VersionChanges
  readonly promises: (locale: Locale) => PromiseEntry[]
  /** The page itself, with what signing up collects and why; reads nothing about anybody. // sa.4 */
  readonly gate: (locale: Locale, claimed: boolean) => Gate
  /** What stands beside the fields of the page about a home. // pp.lb.3 */
  readonly homeNotices: (locale: Locale) => Gate['notices']
  readonly contact: (locale: Locale, claimed: boolean, forMember: boolean) => Promise<Contact>
  /** The acts on the texts of now, for whoever says yes without the page (`--agree`). */
  readonly currentActs: (locale: Locale, region: Region) => Acts
  /** Throws policy.document-changed unless the acts name the current texts in their own language. */
  readonly checkActs: (acts: Acts) => void
  /** Writes acts and choices in the transaction of the handle. */
  readonly recordActs: (
    handle: ActsHandle,
    subject: SubjectId,
    acts: Acts,
    choices: Choices,
    surface: string,
  ) => Promise<void>
  /** Whether the person's acts open anything; in the limited state only what `agreementOpens` says. // sa.1 */
  readonly agreementCurrent: (subject: SubjectId) => Promise<boolean>
  /** Whether the person's acts open this route. // sa.1 pp.7.3 */
  readonly agreementOpens: (
    subject: SubjectId,
    route: { readonly verb: Verb; readonly way: string },
  ) => Promise<boolean>
  readonly stand: (subject: SubjectId) => Promise<Stand>
  readonly agreementState: (subject: SubjectId, locale: Locale) => Promise<Omit<AgreementState, 'acts'>>
  /** Whether a use is one that the person was told of; ask it before anything new is done with what is known. // pp.5.6 */
  readonly covers: (subject: SubjectId, use: Use) => Promise<boolean>
  /** Called after a person has agreed or refused, so that what they have open ends or goes on. */
  readonly onAgreementChanged: (listener: (subject: SubjectId) => void) => () => void
  readonly act: (subject: SubjectId, acts: Acts, surface: string) => Promise<void>
  readonly refuse: (subject: SubjectId, locale: Locale, region: Region, surface: string) => Promise<void>
  /** Who answers for this server, as every copy and receipt prints it. */
  readonly controller: () => string
  /** Whose law the person signed up under. */
  readonly regionOf: (subject: SubjectId) => Promise<Region>
  readonly acts: (subject: SubjectId) => Promise<AgreementTable[]>
  readonly choices: (subject: SubjectId) => Promise<ChoiceRow[]>
  readonly setChoice: (
    subject: SubjectId,
    purpose: string,
    given: boolean,
    surface: string,
  ) => Promise<ChoiceRow>
  /** Whether this purpose holds for the person: an optional one while it is chosen, and none that they were not told of. // pp.5.6 */
  readonly has: (subject: SubjectId, purpose: Purpose) => Promise<boolean>
  /** Whether what is kept by a choice stays: a purpose that rests for want of an agreement loses nothing. */
  readonly isChosen: (subject: SubjectId, purpose: Purpose) => Promise<boolean>
  /** Minors and the adults who answer for them. // pp.6 */
  readonly minors: Minors
  readonly receipt: (subject: SubjectId, purpose: string) => Promise<Receipt | undefined>
  /** Whether something of the person may be used for a purpose now: chosen where that is needed, neither refused nor restricted. */
  readonly mayUse: (subject: SubjectId, purpose: Purpose) => Promise<boolean>
  /** Whether staff may open something of the person for a case, at this moment. // pp.5.1 */
  readonly mayOpen: (look: StaffLook) => Promise<Decision>
  /** Whether the person refused this purpose. */
  readonly objects: (subject: SubjectId, purpose: Purpose) => boolean
  /** What leaves to whom, and the choices about it. // pp.3.1 */
  readonly sharing: Sharing
  readonly sharingReceipt: (
    subject: SubjectId,
    recipient: string,
    purpose: string,
  ) => Promise<Receipt | undefined>
}

/** The front of the privacy slice: documents, gate, agreements and choices. */
export function createPrivacy(deps: PrivacyDeps): Privacy {
  const { facts, role, clock, log, activity, vault, operator, stops, links = nobodys } = deps
  const signer = createSigner(vault)
  const versions = deps.versions ?? ownVersions()
  const catalogue = createCatalogue(versions)
  let rows: readonly PolicyVersionTable[] = []
  let inForce: InForce = { effectiveAt: 0, raised: [] }
  const agreements = createAgreements({ facts, clock, catalogue, activity, inForce: () => inForce })
  const ledger = createChoices({
    facts,
    clock,
    activity,
    isStillTold: (past, purpose, atMs) => isStillTold(catalogue, past, purpose, atMs),
  })
  const evidence = (): readonly Evidence[] => [
    ...(deps.evidence?.() ?? []),
    ...(rows[0] === undefined ? [] : [publishedHere(rows)]),
  ]
  const minors = createMinors({ facts, clock, catalogue, activity, links })
  agreements.onChanged(minors.forget)
  const agreementCurrent = async (subject: SubjectId) =>
    (await agreements.isCurrent(subject)) && !(await minors.mustActAnew(subject))
  const sharing = createSharing({
    ...deps.sharing,
    isMinor: async (subject) => (await deps.sharing.isMinor(subject)) || minors.isMinor(subject), // pp.6
    facts,
    role,
    clock,
    log,
    vault,
    activity,
    agreementCovers: async (subject, purpose) =>
      (await agreementCurrent(subject)) && (await agreements.covers(subject, { purpose })), // pp.5.6 pp.7.3
  })
  const signed = async (subject: SubjectId, found: Omit<Receipt, 'jws'> | undefined) => {
    if (found === undefined) return undefined
    // The version that the person was under when they answered, whatever came after it.
    const version = await agreements.versionAt(subject, Date.parse(found.header.created_at))
    const { processing } = found
    const whole = {
      ...found,
      processing: { ...processing, policy_version: version ?? processing.policy_version },
    }
    return { ...whole, jws: await signer.sign('eaves-receipt', whole) }
  }
  return {
    sharing,
    sharingReceipt: async (subject, recipient, purpose) =>
      signed(subject, await sharing.receipt(subject, recipient, purpose, controllerName(role, operator))),
    start: async () => {
      catalogue.use(await withEditions(facts, { role, operator }, versions))
      rows = await publishTexts({ facts, catalogue, clock, log, wish: deps.wish ?? {} })
      inForce = inForceOf(rows, catalogue.now.version)
      await sharing.start()
    },
    documents: catalogue.entries,
    version: () => catalogue.now.version,
    document: (id, version, locale) => {
      const found = catalogue.find(id, version, locale)
      return found === undefined ? keptText(rows, id, version, locale) : shown(found, catalogue.versions)
    },
    versions: (locale) => versionsOf(catalogue, rows, locale, clock.now()),
    changes: (from, to, locale) => changesBetween(catalogue, from, to, locale),
    promises: (locale) => promisesOf(locale, evidence()),
    gate: (locale, claimed) => ({
      role,
      claimed,
      documents: catalogue.entries(locale),
      purposes: switches(locale),
      notices: notices(locale),
    }),
    homeNotices,
    contact: async (locale, claimed, forMember) => ({
      ...contactOf(
        {
          role,
          claimed,
          operator,
          address: forMember && role === 'household' ? await claimantAddress(asGate(facts)) : undefined,
        },
        locale,
      ),
      keys: [...(await signer.keys())],
    }),
    currentActs: (locale, region) => ({
      agreement: { act: 'accept', sha256: catalogue.current('agreement', locale).sha256 },
      privacy: { act: 'acknowledge', sha256: catalogue.current('privacy', locale).sha256 },
      locale,
      region,
      // Whoever stands at the console of a server is taken to be of age.
      age: '18-plus',
    }),
    checkActs: catalogue.check,
    recordActs: async (handle, subject, acts, choices, surface) => {
      await agreements.record(handle, subject, acts, surface)
      await ledger.record(handle, subject, choices, acts, surface)
    },
    agreementCurrent,
    minors,
    agreementOpens: async (subject, route) => {
      const { standing, agreed } = await agreements.stand(subject)
      if (await minors.mustActAnew(subject)) return false // pp.6
      if (standing !== 'limited') return standing !== 'none' && standing !== 'leaving' // sa.1
      return opensWhenLimited(route, [
        catalogue.now.promised,
        ...(agreed === undefined ? [] : [agreed.promised]),
      ]) // pp.7.3
    },
    stand: agreements.stand,
    agreementState: async (subject, locale) => {
      const { standing, agreed } = await agreements.stand(subject)
      const { now } = catalogue
      const row = rows.find((each) => each.version === now.version)
      const waits = standing === 'notice_pending' || standing === 'old_terms' || standing === 'limited'
      return {
        current: standing === 'current' || standing === 'notice_pending' || standing === 'old_terms',
        standing,
        ...(waits && agreed !== undefined && row !== undefined
          ? {
              notice: {
                from: agreed.version,
                version: now.version,
                publishedAt: isoInstant(row.published_at),
                effectiveAt: isoInstant(row.effective_at),
                changes: changesInWords(agreed, now, locale),
              },
            }
          : {}),
      }
    },
    covers: agreements.covers,
    onAgreementChanged: (listener) => {
      const ends = [agreements.onChanged(listener), minors.onChanged(listener)]
      return () => ends.forEach((end) => end())
    },
    act: async (subject, acts, surface) => {
      await agreements.act(subject, acts, surface, await minors.mustActAnew(subject))
      if (acts.age !== undefined && (await minors.state(subject)).age === undefined)
        await minors.stateOwnAge(subject, acts.age) // pp.6
    },
    refuse: agreements.refuse,
    acts: agreements.list,
    controller: () => controllerName(role, operator),
    regionOf: async (subject) => (await accountOf(asPerson(facts, subject)))?.region ?? 'other',
    choices: ledger.list,
    setChoice: async (subject, asked, given, surface) => {
      // What a person was not told of they cannot choose yet; taking back is always open. // pp.5.6
      if (given && !(await agreements.covers(subject, { purpose: optional(asked) })))
        throw new AppError('policy.agreement-required')
      return ledger.set(subject, asked, given, surface)
    },
    has: async (subject, purpose) =>
      (await agreements.covers(subject, { purpose })) && ledger.has(subject, purpose), // pp.5.6
    isChosen: ledger.isKept,
    ...createUse({
      role,
      stops,
      agreements,
      ledger,
      minors,
      accountOf: (subject) => accountOf(asPerson(facts, subject)),
    }),
    objects: (subject, purpose) => stops.of(subject).objections.has(purpose), // pp.4.4.b
    receipt: async (subject, asked) => {
      const purpose = optional(asked)
      const events = await ledger.events(subject, purpose)
      const given = await ledger.has(subject, purpose)
      return signed(
        subject,
        receiptOf(subject, purpose, events, { controller: controllerName(role, operator), given }),
      )
    },
  }
}

const nobodys: GuardianLinks = { guardiansOf: () => [], childrenOf: () => [] }

const publishedHere = (rows: readonly PolicyVersionTable[]): Evidence => ({
  clauses: ['fm.date', 'pp.7.1'],
  kind: 'published',
  atMs: Math.max(...rows.map((row) => row.published_at)),
  count: new Set(rows.map(({ version }) => version)).size,
})
