import { t } from '@lingui/core/macro'
import type { DeviceView } from '@eaves/model'
import type { Member, TimelineActor, TimelineEntry } from '@eaves/model/api'
import { codeWords } from '../../words/errors.ts'
import { formatLater } from '../../words/later/values.ts'
import { isolated } from '../../words/later/reach.ts'
import { commands } from '../automations/said.ts'

export interface Known {
  readonly devices: readonly DeviceView[]
  readonly members: readonly Member[]
  readonly automations: readonly { readonly id: string; readonly name: string }[]
  readonly scenes: readonly { readonly id: string; readonly name: string }[]
}
type CommandTold = Extract<TimelineEntry, { kind: 'scene' }>['commands'][number]
const nameIn = (all: readonly { readonly id: string; readonly name: string }[], id: string) => {
  const found = all.find((each) => each.id === id)
  return found && isolated(found.name)
}
const deviceName = ({ devices }: Known, id: string): string => nameIn(devices, id) ?? t`A device that is gone`
const capital = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1)

/** What happened, in one line. */
export function whatWords(entry: TimelineEntry, known: Known): string {
  if (entry.kind === 'run')
    return nameIn(known.automations, entry.automation) ?? t`An automation that is gone`
  if (entry.kind === 'scene') {
    const scene = nameIn(known.scenes, entry.scene) ?? t`A scene that is gone`
    return entry.isUndo === true ? t`${scene}, put back` : scene
  }
  if (entry.kind === 'command') return commandWords(entry, known)
  const name = deviceName(known, entry.device)
  const value = formatLater(entry.capability, entry.attribute, entry.value)
  return t`${name}: ${value}`
}

/** What one device was told. */
export const commandWords = ({ device, capability, command, args }: CommandTold, known: Known): string =>
  capital(commands(deviceName(known, device), capability, command, args ?? {}))
/** What came of it, where that is not what was meant. */
export const endOf = ({ status, code }: CommandTold): string | undefined => endWords(status, code)
export const hasFailed = ({ status }: Pick<CommandTold, 'status'>): boolean =>
  status === 'failed' || status === 'timed-out'

function actorWords(by: TimelineActor, { members }: Known): string {
  if (by.kind === 'somebody') return t`Somebody`
  if (by.kind === 'home') return t`The home itself`
  const member = members.find(({ accountId }) => accountId === by.person)
  if (member?.you === true) return t`You`
  return member?.name === undefined ? t`Somebody of the home` : isolated(member.name)
}

/** Who or what did it, and what came of it where that is not what was meant. */
export function whoWords(entry: TimelineEntry, known: Known): string {
  if (entry.kind === 'change') return t`By itself, or at the device`
  if (entry.kind === 'scene') {
    const who = entry.by.kind === 'home' ? t`Scene, by an automation` : actorWords(entry.by, known)
    return entry.commands.some(hasFailed) ? t`${who} · not everything followed` : who
  }
  if (entry.kind === 'command') {
    const who = actorWords(entry.by, known)
    const ended = endWords(entry.status, entry.code)
    return ended === undefined ? who : `${who} · ${ended}`
  }
  const device = entry.trigger?.device
  const from = device === undefined ? undefined : deviceName(known, device)
  const by = from === undefined ? t`Automation` : t`Automation, set off by ${from}`
  if (entry.result === 'failed') return t`${by} · it failed`
  if (entry.result === 'stopped') return t`${by} · it was stopped`
  return entry.result === 'running' ? t`${by} · it is still going` : by
}

function endWords(status: string, code: string | undefined): string | undefined {
  if (status === 'failed' || status === 'timed-out')
    return (code === undefined ? undefined : codeWords(code)?.title) ?? t`It did not follow`
  return status === 'confirmed' ? undefined : t`Sent, not confirmed`
}
