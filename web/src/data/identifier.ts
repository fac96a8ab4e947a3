import type { Identifier } from '@eaves/model/api'

/** What the one field seems to hold while it is typed. */
export function kindOf(text: string): 'email' | 'phone' | undefined {
  const typed = text.trim()
  if (typed === '') return undefined
  return /^[+(]?[\d\s().-]+$/.test(typed) ? 'phone' : 'email'
}

/** The address as it is sent, or undefined when it cannot be one. The code to read phone numbers is only fetched for a number. */
export async function readIdentifier(
  text: string,
  country: string | undefined,
): Promise<Identifier | undefined> {
  const typed = text.trim()
  if (kindOf(typed) === 'email')
    return typed.length <= 254 && /^[^\s@]+@[^\s@]+$/.test(typed) ? { email: typed } : undefined
  if (kindOf(typed) === undefined) return undefined
  const { parsePhoneNumberFromString, isSupportedCountry } = await import('libphonenumber-js/min')
  const number = parsePhoneNumberFromString(
    typed,
    country !== undefined && isSupportedCountry(country) ? country : undefined,
  )
  return number?.isPossible() === true ? { phone: number.number } : undefined
}
/** The country of a number typed without its code: the one the page's languages name, else none. */
export const likelyCountry = (languages: readonly string[] = navigator.languages): string | undefined =>
  languages.flatMap((tag) => /-([A-Z]{2})$/.exec(tag)?.[1] ?? [])[0]
