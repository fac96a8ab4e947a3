import { domainToASCII } from 'node:url'
import { AppError } from '@eaves/model'
import type { Identifier } from '@eaves/model/api'

/** An e-mail address or phone number: `original` is where codes go, `lookup` finds the account and is never sent to. // pp.2.1.1 */
export interface KnownIdentifier {
  readonly kind: 'email' | 'phone'
  readonly original: string
  readonly lookup: string
}

const invalid = (path: 'email' | 'phone', code: string) =>
  new AppError('input.invalid', { errors: [{ path: `identifier.${path}`, code }] })
const local = /^[^\p{Cc}\p{Cf}\p{Z}"(),:;<>@[\]\\]{1,64}$/u
/** In no part of an address: what ends a header's line, and what is not seen. Joiners have a meaning in names of some scripts. */
const hidden = /[\p{Cc}\p{Z}]|(?![\u200c\u200d])\p{Cf}/u
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
/** Numbers that cost the sender much or ring nobody's own phone: never sent to. */
const notPersonal = new Set(['PREMIUM_RATE', 'TOLL_FREE', 'SHARED_COST', 'UAN', 'VOICEMAIL', 'PAGER'])

/** Brings what was typed to one form; throws a 422 that names the field when it can be nothing real. */
export async function readIdentifier(identifier: Identifier): Promise<KnownIdentifier> {
  return 'email' in identifier ? readEmail(identifier.email) : readPhone(identifier.phone)
}

/** Two spellings of one mailbox give one lookup: width, case, an international domain, a +tag. */
export function readEmail(text: string): KnownIdentifier {
  const original = text.trim().normalize('NFC')
  // The domain is read without them below, but the letter goes to the address as it stands here.
  if (/\p{Cc}/u.test(original)) throw invalid('email', 'email-form')
  const folded = original.normalize('NFKC')
  const at = folded.lastIndexOf('@')
  const name = folded.slice(0, Math.max(0, at)).toLowerCase()
  const domain = domainToASCII(folded.slice(at + 1)).toLowerCase()
  const labels = domain.split('.')
  if (
    at < 1 ||
    original.length > 254 ||
    hidden.test(original) ||
    !local.test(name) ||
    !local.test(original.slice(0, original.lastIndexOf('@')))
  )
    throw invalid('email', 'email-form')
  if (labels.length < 2 || !labels.every((part) => label.test(part))) throw invalid('email', 'email-domain')
  const untagged = name.replace(/\+.*$/, '')
  if (untagged === '' || untagged.startsWith('.') || untagged.endsWith('.'))
    throw invalid('email', 'email-form')
  return { kind: 'email', original, lookup: `${untagged}@${domain}` }
}

/** Only with its country code: a guess at the country would send a code to a stranger. */
export async function readPhone(text: string): Promise<KnownIdentifier> {
  const { parsePhoneNumberFromString } = await import('libphonenumber-js/max')
  const parsed = parsePhoneNumberFromString(text.trim().normalize('NFKC').replace(/^00/, '+'))
  if (parsed === undefined)
    throw invalid('phone', text.trim().startsWith('+') ? 'phone-form' : 'phone-country')
  const type = parsed.getType()
  if (!parsed.isValid() || (type !== undefined && notPersonal.has(type))) throw invalid('phone', 'phone-form')
  return { kind: 'phone', original: parsed.number, lookup: parsed.number }
}
