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
}
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
  const name = deviceName(known, entry.device)
  if (entry.kind === 'command')
    return capital(commands(name, entry.capability, entry.command, entry.args ?? {}))
  const value = formatLater(entry.capability, entry.attribute, entry.value)
  return t`${name}: ${value}`
}

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
