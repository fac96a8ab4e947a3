import { t } from '@lingui/core/macro'
import { lasting } from './moments.ts'
import { placeName, whoName, type Names } from './names.ts'
import type { TriggerOf } from './shape.ts'

type Asked = Pick<TriggerOf<'place'>, 'who' | 'place' | 'is' | 'forSeconds'>

/** Who comes to a place by name, or leaves it. */
export function placeTriggerPhrase(asked: Asked, names: Names): string {
  const { who, is, forSeconds } = asked
  if (forSeconds !== undefined) return placePhrase(asked, names)
  const where = placeName(names, asked.place)
  const isThere = is === 'there'
  if (who === 'anyone')
    return isThere ? t`the first one comes to “${where}”` : t`the first one leaves “${where}”`
  if (who === 'everyone') return isThere ? t`everyone is at “${where}”` : t`everyone has left “${where}”`
  const name = whoName(names, who)
  return isThere ? t`${name} comes to “${where}”` : t`${name} leaves “${where}”`
}

export function placePhrase({ who, place, is, forSeconds }: Asked, names: Names): string {
  const where = placeName(names, place)
  const isThere = is === 'there'
  const said = (): string => {
    if (who === 'anyone') return isThere ? t`anyone is at “${where}”` : t`not everyone is at “${where}”`
    if (who === 'everyone') return isThere ? t`everyone is at “${where}”` : t`nobody is at “${where}”`
    const name = whoName(names, who)
    return isThere ? t`${name} is at “${where}”` : t`${name} is not at “${where}”`
  }
  return lasting(said(), forSeconds)
}
