import { t } from '@lingui/core/macro'
import type { Brought, BringReport, BringWhy, LeftWhy } from '@eaves/model/api'

const kinds: Readonly<Record<Brought['kind'], () => string>> = {
  preferences: () => t`Language and appearance`,
  home: () => t({ context: 'brought along', message: 'Home' }),
  floor: () => t({ context: 'brought along', message: 'Floor' }),
  room: () => t({ context: 'brought along', message: 'Room' }),
  about: () => t`What you noted about the home`,
}
export const nameOfBrought = ({ kind }: Brought): string => kinds[kind]()

const whys: Readonly<Record<BringWhy, () => string>> = {
  'here-already': () => t`It is here already and stays as it is.`,
  'not-owner': () => t`It is somebody else’s home: its owner brings it.`,
  'may-not-make-home': () => t`You may not make homes on this server.`,
  'too-many': () => t`There would be more than fit.`,
}
export const whyWords = (why: BringWhy): string => whys[why]()

const lefts: Readonly<Record<LeftWhy, () => string>> = {
  'way-in': () => t`What lets somebody in: sign-ins, passkeys, tokens, access data. Set it up anew here.`,
  agreement: () => t`What you agreed to and chose: it was said to that server. This one asks you itself.`,
  others: () => t`Other people: they come by an invitation, and decide themselves.`,
  device: () => t`Devices and their histories: pair them here. The copy keeps what was.`,
  record: () => t`That server’s own records, such as activity and requests.`,
}
/** Each reason once, with how many entries it is about. */
export function leftWords(
  left: BringReport['left'],
): readonly { readonly why: string; readonly rows: number }[] {
  const rows = new Map<LeftWhy, number>()
  for (const each of left) rows.set(each.why, (rows.get(each.why) ?? 0) + each.rows)
  return [...rows].map(([why, count]) => ({ why: lefts[why](), rows: count }))
}

const faults: Readonly<Record<string, () => string>> = {
  'not-an-archive': () =>
    t`This is no whole ZIP file. It may not have been downloaded to its end: download it again.`,
  broken: () => t`This file is damaged: download it again. Nothing was changed.`,
  'unsafe-name': () =>
    t`This ZIP was not made by Eaves: its files would lead out of their folder. Nothing was changed.`,
  'too-large': () =>
    t`This file is larger than a copy with homes and rooms can be here. Nothing was changed.`,
  'no-data': () => t`There is no data.json in this ZIP. Choose the copy as Eaves made it.`,
  'other-version': () =>
    t`This copy was made by a newer version of Eaves. Update this server, then try again.`,
}
export const faultWords = (code: string | undefined): string =>
  faults[code ?? '']?.() ??
  t`This file is no copy of Eaves, or was changed since it was made. Nothing was changed here.`
