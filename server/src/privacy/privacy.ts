import type { Locale, OperatingRole, Purpose, Region, SubjectId } from '@eaves/model'
import type { Acts, ChoiceRow, Choices, Contact, DocumentEntry, Gate, Receipt } from '@eaves/model/api'
import { summaries, type PolicyDocument } from '@eaves/policy'
import type { Activity } from '../activity/activity.ts'
import type { Clock, Log } from '../deps.ts'
import type { Db, Facts } from '../store/stores.ts'
import { createAgreements } from './agreements.ts'
import { createCatalogue, entryOf, type Catalogue } from './catalogue.ts'
import { createChoices, optional } from './choices.ts'
import { contactOf, controllerName } from './contact.ts'
import type { AgreementTable } from './data.ts'
import { createMinors, type GuardianLinks, type Minors } from './minors.ts'
import { homeNotices, notices, switches } from './notices.ts'
import type { Operator } from './operator.ts'
import { receiptOf } from './receipt.ts'
import { createSigner } from './signing.ts'
import {
  accountOf,
  asGate,
  asPerson,
  claimantAddress,
  publish,
  publishedTexts,
  type ActsHandle,
} from './store.ts'
import type { Vault } from './vault.ts'

export {
  closed,
  decide,
  guardianRoles,
  isFreshProof,
  isVerb,
  isWithinHours,
  keeperRoles,
  may,
  mayChange,
  mayGrant,
  mayRemove,
  isUnasked,
  mustConfirm,
  nextTurn,
  placeFaults,
  reaches,
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
export { createEgress, EgressRefused, type Egress } from './egress-post.ts'
export { newPushKey, pushOut, type PushOut } from './egress-push.ts'
export { NotTaken, twilioTexts, webhookTexts, type SendText } from './egress-texts.ts'
export { readOperator, type Operator } from './operator.ts'
export { minorEntries } from './minor-routes.ts'
export { needsGuardian, type GuardianLinks, type Minors } from './minors.ts'
export { retentionEntries, shownReport, shownState } from './retention-routes.ts'
export { Retention } from './retention.ts'
export { checkSigned } from './signing.ts'
export { privacyEntries } from './routes.ts'
export type { Vault } from './vault.ts'

export interface PrivacyDeps {
  readonly facts: Db<Facts>
  readonly role: OperatingRole
  readonly clock: Clock
  readonly log: Log
  readonly activity: Pick<Activity, 'noteWithin'>
  readonly vault: Pick<Vault, 'ownKey'>
  /** Who answers for whom; nobody for anybody when left out. */
  readonly links?: GuardianLinks
  /** Required in hosted. */
  readonly operator?: Operator | undefined
}

/** A document as it is shown: its parts in order, the table of what is collected filled in. */
export interface ShownDocument extends DocumentEntry {
  readonly sections: PolicyDocument['sections']
  readonly summary: readonly string[]
}

/** The promise as the rest of the server meets it. */
export interface Privacy {
  /** Publishes the texts of this program; call once before serving. // fm.date */
  readonly start: () => Promise<void>
  readonly documents: (locale?: Locale) => DocumentEntry[]
  readonly document: (id: string, version: string, locale: string) => ShownDocument | undefined
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
  readonly agreementCurrent: (subject: SubjectId) => Promise<boolean>
  /** Called after a person has agreed or refused, so that what they have open ends or goes on. */
  readonly onAgreementChanged: (listener: (subject: SubjectId) => void) => () => void
  readonly act: (subject: SubjectId, acts: Acts, surface: string) => Promise<void>
  readonly refuse: (subject: SubjectId, locale: Locale, region: Region, surface: string) => Promise<void>
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
  /** Whether this purpose holds for the person: a required one always, an optional one while it is chosen. */
  readonly has: (subject: SubjectId, purpose: Purpose) => Promise<boolean>
  /** Minors and the adults who answer for them. // pp.6 */
  readonly minors: Minors
  readonly receipt: (subject: SubjectId, purpose: string) => Promise<Receipt | undefined>
}

/** The front of the privacy slice: documents, gate, agreements and choices. */
export function createPrivacy({
  facts,
  role,
  clock,
  log,
  activity,
  vault,
  operator,
  links = nobodys,
}: PrivacyDeps): Privacy {
  const signer = createSigner(vault)
  const catalogue = createCatalogue()
  const agreements = createAgreements({ facts, clock, catalogue, activity })
  const ledger = createChoices({ facts, clock, activity })
  const minors = createMinors({ facts, clock, catalogue, activity, links })
  agreements.onChanged(minors.forget)
  return {
    start: () => publishAll(facts, catalogue, clock, log),
    documents: catalogue.entries,
    document: (id, version, locale) => {
      const found = catalogue.find(id, version, locale)
      return found === undefined
        ? undefined
        : { ...entryOf(found), sections: found.document.sections, summary: summaries[found.document.locale] }
    },
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
    agreementCurrent: async (subject) =>
      (await agreements.isCurrent(subject)) && !(await minors.mustActAnew(subject)),
    minors,
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
    regionOf: async (subject) => (await accountOf(asPerson(facts, subject)))?.region ?? 'other',
    choices: ledger.list,
    setChoice: ledger.set,
    has: ledger.has,
    receipt: async (subject, asked) => {
      const purpose = optional(asked)
      const events = await ledger.events(subject, purpose)
      const found = receiptOf(subject, purpose, events, controllerName(role, operator))
      return found && { ...found, jws: await signer.sign('eaves-receipt', found) }
    },
  }
}

const nobodys: GuardianLinks = { guardiansOf: () => [], childrenOf: () => [] }

/** A text that changed under its version keeps its first row; the changed one is published under its hash, and people are asked again. // fm.date */
async function publishAll(facts: Db<Facts>, catalogue: Catalogue, clock: Clock, log: Log): Promise<void> {
  const handle = asGate(facts)
  const before = await publishedTexts(handle)
  const rows = catalogue.entries().map(({ document, version, locale, sha256, publishedAt }) => {
    const same = before.find(
      (each) => each.document === document && each.locale === locale && each.version === version,
    )
    const changed = same !== undefined && same.sha256 !== sha256
    if (changed) log.warn('a document differs from the one published here under its version')
    return {
      document,
      version: changed ? `${version}+${sha256.slice(0, 12)}` : version,
      locale,
      sha256,
      effective_at: Date.parse(publishedAt),
      published_at: clock.now(),
    }
  })
  await publish(handle, rows)
}
