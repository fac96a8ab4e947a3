import { t } from '@lingui/core/macro'
import type { SceneSetting } from '@eaves/model/api'
import { attributeName } from '../../words/later/capabilities.ts'
import { formatLater } from '../../words/later/values.ts'
import { withUnit } from '../../words/numbers.ts'
import { row } from '../../words/time.ts'
import { sendable } from './editor-model.ts'

/** "At once", "3 s", "1 min". */
export function fadeTime(seconds: number): string {
  if (seconds === 0) return t`At once`
  const count = withUnit(seconds % 60 === 0 ? seconds / 60 : seconds, undefined)
  return seconds % 60 === 0 ? t`${count}\u00a0min` : t`${count}\u00a0s`
}

/** The same behind what changes: "over 3 s". */
export function fadeWords(seconds: number): string {
  const time = fadeTime(seconds)
  return seconds === 0 ? t({ context: 'fade', message: 'at once' }) : t`over ${time}`
}

/** "On, 40%": what the scene asks of a device. */
export function wordsOf(settings: readonly SceneSetting[]): string {
  const sent = sendable(settings)
  const time = sent.find(({ transitionSeconds }) => transitionSeconds !== undefined)?.transitionSeconds
  return row([
    ...sent.flatMap(({ capability, values }) =>
      capability === 'lock'
        ? [t`Locked`]
        : Object.entries(values).map(([attribute, value]) => {
            const said = formatLater(capability, attribute, value)
            // A number of degrees or percent alone does not say what of the colour it is.
            return capability === 'color' && (attribute === 'hue' || attribute === 'saturation')
              ? `${attributeName(capability, attribute)} ${said}`
              : said
          }),
    ),
    ...(time === undefined ? [] : [fadeWords(time)]),
  ])
}
