import * as start from './0001-start.ts'
import * as credentialScope from './0002-credential-scope.ts'
import * as accounts from './0003-accounts.ts'
import * as messages from './0004-messages.ts'
import * as family from './0005-family.ts'
import * as activity from './0006-activity.ts'
import * as familyWays from './0007-family-ways.ts'
import * as homeAbout from './0008-home-about.ts'
import * as panels from './0009-panels.ts'
import * as panelCodes from './0010-panel-codes.ts'
import * as shares from './0011-shares.ts'
import * as addressWaysBack from './0012-address-ways-back.ts'
import * as rights from './0020-rights.ts'
import * as recipients from './0022-recipients.ts'
import * as backup from './0024-backup.ts'
import * as policyChanges from './0026-policy-changes.ts'
import * as retentionRuns from './0028-retention-runs.ts'
import * as minors from './0029-minors.ts'
import * as staff from './0030-staff.ts'
import * as openErasures from './0031-open-erasures.ts'
import * as askedBy from './0032-asked-by.ts'
import * as recipientTerms from './0033-recipient-terms.ts'
import * as erasureTells from './0034-erasure-tells.ts'
import * as corrections from './0035-corrections.ts'
import * as automations from './0036-automations.ts'
import * as rollups from './0037-rollups.ts'
import * as scenes from './0038-scenes.ts'
import * as inbox from './0039-inbox.ts'
import * as energy from './0040-energy.ts'
import * as questions from './0041-questions.ts'
import * as energyCorrections from './0043-energy-corrections.ts'
import * as modes from './0045-modes.ts'
import * as presence from './0046-presence.ts'
import * as alarm from './0047-alarm.ts'
import * as vacation from './0048-vacation.ts'
import * as hooks from './0049-hooks.ts'
import * as calendars from './0050-calendars.ts'
import * as holds from './0051-holds.ts'
import * as timeline from './0053-timeline.ts'
import * as insights from './0056-insights.ts'
import * as sceneVersions from './0057-scene-versions.ts'
import * as calendarAddresses from './0058-calendar-addresses.ts'
import * as priceLists from './0060-price-lists.ts'
import * as namedPlaces from './0066-named-places.ts'

/** Words of a dialect that migrations are written in. */
export interface Words {
  readonly int: string
  readonly real: string
  readonly end: string
  readonly clustered: string
}
export interface Migration {
  readonly number: number
  readonly name: string
  /** A program that does not know this number must not open the store. */
  readonly breaking: boolean
  readonly facts: (words: Words) => readonly string[]
  readonly history: (words: Words) => readonly string[]
  readonly vault: (words: Words) => readonly string[]
}
/** In order, up only; a migration imports nothing of ours. */
export const migrations: readonly Migration[] = [
  start,
  credentialScope,
  accounts,
  messages,
  family,
  activity,
  familyWays,
  homeAbout,
  panels,
  panelCodes,
  shares,
  addressWaysBack,
  rights,
  recipients,
  backup,
  policyChanges,
  retentionRuns,
  minors,
  staff,
  openErasures,
  askedBy,
  recipientTerms,
  erasureTells,
  corrections,
  automations,
  rollups,
  scenes,
  inbox,
  energy,
  questions,
  energyCorrections,
  modes,
  presence,
  alarm,
  vacation,
  hooks,
  calendars,
  holds,
  timeline,
  insights,
  sceneVersions,
  calendarAddresses,
  priceLists,
  namedPlaces,
]
export type StoreName = 'facts' | 'history' | 'vault'
