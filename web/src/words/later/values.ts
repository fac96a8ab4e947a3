import { t } from '@lingui/core/macro'
import type { VendorValue } from '@eaves/model'
import { capabilities, isCapability } from '@eaves/model'
import { formatReading, formatVendor, word } from '../values.ts'
import { valueWords } from './value-words.ts'

/** The word for a named value, also of those that only the device page shows. */
export const laterWord = (value: string): string => valueWords[value]?.() ?? word(value)

/** A value of a capability in words, also where it is a plain yes or no. */
export function formatLater(capability: string, attribute: string, value: VendorValue | undefined): string {
  if (value === undefined || value === null) return t`Unknown`
  if (typeof value === 'string') return isFreeText(capability, attribute) ? value : laterWord(value)
  if (typeof value === 'boolean' && !isSpoken(capability, attribute)) return value ? t`Yes` : t`No`
  return typeof value === 'object' ? formatVendor(value) : formatReading(capability, attribute, value)
}
/** Yes and no have words of their own there. */
const spoken: readonly string[] = [
  'onOff',
  'contact',
  'lock',
  'occupancy',
  'waterLeak',
  'rain',
  'smoke',
  'carbonMonoxide',
  'gasAlarm',
  'vibration',
  'tamper',
  'tracker',
]
const isSpoken = (capability: string, attribute: string): boolean =>
  spoken.includes(capability) || (capability === 'battery' && attribute === 'low')
const isFreeText = (capability: string, attribute: string): boolean =>
  isCapability(capability) && capabilities[capability].attributes[attribute]?.type === 'text'
