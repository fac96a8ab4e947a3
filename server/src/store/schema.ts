import type { DataMap, Field, Purpose, TableMap } from '@eaves/model'
import * as activity from '../activity/data.ts'
import * as alarm from '../alarm/data.ts'
import * as automations from '../automations/data.ts'
import * as calendars from '../calendars/data.ts'
import * as hooks from '../hooks/data.ts'
import * as backup from '../backup/data.ts'
import * as commands from '../commands/data.ts'
import * as devices from '../devices/data.ts'
import * as drivers from '../drivers/data.ts'
import * as history from '../history/data.ts'
import * as homes from '../homes/data.ts'
import * as notifications from '../notifications/data.ts'
import * as panels from '../panels/data.ts'
import * as presence from '../presence/data.ts'
import * as people from '../people/data.ts'
import * as privacy from '../privacy/data.ts'
import * as rights from '../rights/data.ts'
import * as energy from '../energy/data.ts'
import * as modes from '../modes/data.ts'
import * as scenes from '../scenes/data.ts'
import * as staff from '../staff/data.ts'
import * as vacation from '../vacation/data.ts'
import * as store from './data.ts'

/** Facts: accounts, agreements, homes, devices, commands, jobs. A file of its own on SQLite. */
export interface Facts {
  instance: store.InstanceTable
  account: people.AccountTable
  recovery_code: people.RecoveryCodeTable
  session: people.SessionTable
  token: people.TokenTable
  push_subscription: notifications.PushSubscriptionTable
  inbox: notifications.InboxTable
  notice_rules: notifications.NoticeRulesTable
  notice_question: notifications.NoticeQuestionTable
  sign_in_flow: people.SignInFlowTable
  replaced_secret: people.ReplacedSecretTable
  passkey: people.PasskeyTable
  totp: people.TotpTable
  address_undo: people.AddressUndoTable
  agreement: privacy.AgreementTable
  consent_event: privacy.ConsentEventTable
  policy_version: privacy.PolicyVersionTable
  disclosure: privacy.DisclosureTable
  disclosure_outcome: privacy.DisclosureOutcomeTable
  release: privacy.ReleaseTable
  recipient_version: privacy.RecipientVersionTable
  policy_notice: privacy.PolicyNoticeTable
  retention_run: privacy.RetentionRunTable
  retention_result: privacy.RetentionResultTable
  retention_fault: privacy.RetentionFaultTable
  activity_log: activity.ActivityLogTable
  search_log: activity.SearchLogTable
  home: homes.HomeTable
  home_about: homes.HomeAboutTable
  member: homes.MemberTable
  member_pin: homes.MemberPinTable
  panel: panels.PanelTable
  invitation: homes.InvitationTable
  transfer: homes.TransferTable
  floor: homes.FloorTable
  room: homes.RoomTable
  device: devices.DeviceTable
  connection: drivers.ConnectionTable
  credential: drivers.CredentialTable
  command: commands.CommandTable
  device_hold: commands.DeviceHoldTable
  scene: scenes.SceneTable
  scene_version: scenes.SceneVersionTable
  energy_meter: energy.EnergyMeterTable
  energy_correction: energy.EnergyCorrectionTable
  price_source: energy.PriceSourceTable
  energy_price: energy.EnergyPriceTable
  home_mode: modes.HomeModeTable
  mode_change: modes.ModeChangeTable
  presence: presence.PresenceTable
  home_place: presence.HomePlaceTable
  alarm: alarm.AlarmTable
  alarm_code: alarm.AlarmCodeTable
  alarm_event: alarm.AlarmEventTable
  vacation: vacation.VacationTable
  automation: automations.AutomationTable
  automation_version: automations.AutomationVersionTable
  automation_run: automations.AutomationRunTable
  automation_hook: hooks.AutomationHookTable
  home_calendar: calendars.HomeCalendarTable
  calendar_source: calendars.CalendarSourceTable
  request: rights.RequestTable
  request_step: rights.RequestStepTable
  request_package: rights.RequestPackageTable
  erasure: rights.ErasureTable
  tombstone: rights.TombstoneTable
  breach_case: rights.BreachCaseTable
  staff: staff.StaffTable
  support_case: staff.SupportCaseTable
  access_log: staff.AccessLogTable
  backup_run: backup.BackupRunTable
  job: store.JobTable
  partition_lease: store.PartitionLeaseTable
  migration: store.MigrationTable
}

/** Histories: what devices reported. A file of its own on SQLite, the same database on PostgreSQL. */
export interface History {
  series: history.SeriesTable
  sample: history.SampleTable
  sample_text: history.SampleTextTable
  sample_hour: history.BucketTable
  sample_day: history.BucketTable
  state_hour: history.StateHourTable
  live_state: history.LiveStateTable
}

/** The vault: keys, blind indexes, limits. Always a file of its own. */
export interface VaultTables {
  key: privacy.VaultKeyTable
  own_key: privacy.VaultOwnKeyTable
  blind_key: privacy.VaultBlindKeyTable
  blind: privacy.VaultBlindTable
  counter: privacy.VaultCounterTable
  check_value: privacy.VaultCheckValueTable
  tombstone: privacy.VaultTombstoneTable
}

/** Tables whose rows are only ever added; the same as the map says, as a type. */
export type AppendOnly =
  | 'agreement'
  | 'consent_event'
  | 'policy_version'
  | 'disclosure'
  | 'disclosure_outcome'
  | 'recipient_version'
  | 'access_log'

/** Every table and column of the three stores with its classification: one left out does not compile. // pp.0 */
export const dataMap = {
  facts: {
    instance: store.instance,
    account: people.account,
    recovery_code: people.recoveryCode,
    session: people.session,
    token: people.token,
    push_subscription: notifications.pushSubscription,
    inbox: notifications.inbox,
    notice_rules: notifications.noticeRules,
    notice_question: notifications.noticeQuestion,
    sign_in_flow: people.signInFlow,
    replaced_secret: people.replacedSecret,
    passkey: people.passkey,
    totp: people.totp,
    address_undo: people.addressUndo,
    agreement: privacy.agreement,
    consent_event: privacy.consentEvent,
    policy_version: privacy.policyVersion,
    disclosure: privacy.disclosure,
    disclosure_outcome: privacy.disclosureOutcome,
    release: privacy.release,
    recipient_version: privacy.recipientVersion,
    policy_notice: privacy.policyNotice,
    retention_run: privacy.retentionRun,
    retention_result: privacy.retentionResult,
    retention_fault: privacy.retentionFault,
    activity_log: activity.activityLog,
    search_log: activity.searchLog,
    home: homes.home,
    home_about: homes.homeAbout,
    member: homes.member,
    member_pin: homes.memberPin,
    panel: panels.panel,
    invitation: homes.invitation,
    transfer: homes.transfer,
    floor: homes.floor,
    room: homes.room,
    device: devices.device,
    connection: drivers.connection,
    credential: drivers.credential,
    command: commands.command,
    device_hold: commands.deviceHold,
    scene: scenes.scene,
    scene_version: scenes.sceneVersion,
    energy_meter: energy.energyMeter,
    energy_correction: energy.energyCorrection,
    price_source: energy.priceSource,
    energy_price: energy.energyPrice,
    home_mode: modes.homeMode,
    mode_change: modes.modeChange,
    presence: presence.presence,
    home_place: presence.homePlace,
    alarm: alarm.alarm,
    alarm_code: alarm.alarmCode,
    alarm_event: alarm.alarmEvent,
    vacation: vacation.vacation,
    automation: automations.automation,
    automation_version: automations.automationVersion,
    automation_run: automations.automationRun,
    automation_hook: hooks.automationHook,
    home_calendar: calendars.homeCalendar,
    calendar_source: calendars.calendarSource,
    request: rights.request,
    request_step: rights.requestStep,
    request_package: rights.requestPackage,
    erasure: rights.erasure,
    tombstone: rights.tombstone,
    breach_case: rights.breachCase,
    staff: staff.staff,
    support_case: staff.supportCase,
    access_log: staff.accessLog,
    backup_run: backup.backupRun,
    job: store.job,
    partition_lease: store.partitionLease,
    migration: store.migration,
  } satisfies DataMap<Facts>,
  history: {
    series: history.series,
    sample: history.sample,
    sample_text: history.sampleText,
    sample_hour: history.sampleHour,
    sample_day: history.sampleDay,
    state_hour: history.stateHour,
    live_state: history.liveState,
  } satisfies DataMap<History>,
  vault: {
    key: privacy.vaultKey,
    own_key: privacy.vaultOwnKey,
    blind_key: privacy.vaultBlindKey,
    blind: privacy.vaultBlind,
    counter: privacy.vaultCounter,
    check_value: privacy.vaultCheckValue,
    tombstone: privacy.vaultTombstone,
  } satisfies DataMap<VaultTables>,
}

/** A table's classification as code that loops over the map sees it. */
export interface TableEntry extends Omit<TableMap<Record<string, unknown>>, 'columns'> {
  readonly columns: Readonly<Record<string, Field>>
}
export type StoreMap = Readonly<Record<string, TableEntry>>

export interface MapRow {
  readonly store: 'facts' | 'history' | 'vault'
  readonly table: string
  readonly column: string
  readonly entry: TableEntry
  readonly field: Field
}
/** Every column of every store, for what is generated from the map: notices, documents, export, erasure. */
export function mapRows(): readonly MapRow[] {
  return (['facts', 'history', 'vault'] as const).flatMap((name) =>
    Object.entries(dataMap[name] as StoreMap).flatMap(([table, entry]) =>
      Object.entries(entry.columns).map(([column, field]) => ({ store: name, table, column, entry, field })),
    ),
  )
}
/** The purposes a table may be read or written for. */
export function purposesOf(entry: TableEntry): readonly Purpose[] {
  return Object.keys(entry.purposes) as Purpose[]
}
