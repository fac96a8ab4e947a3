/** Words of the household: roles of people in a home, safety classes, operating roles. */
export const roles = ['owner', 'admin', 'adult', 'child', 'guest', 'kiosk'] as const
/** What a member is in one home; `kiosk` is a wall panel. The word "role" alone means the operating role. */
export type HomeRole = (typeof roles)[number]

/** Who must prove who they are before a lock, a garage door or an alarm obeys them. */
export const confirmers = ['nobody', 'guests', 'everybody'] as const
export type Confirmers = (typeof confirmers)[number]

export const operatingRoles = ['household', 'hosted'] as const
export type OperatingRole = (typeof operatingRoles)[number]

/** How much harm a wrong command can do: lights are comfort, cameras privacy, heating limits safety, locks security. */
export const safetyClasses = ['comfort', 'privacy', 'safety', 'security'] as const
export type SafetyClass = (typeof safetyClasses)[number]

/** Who lives in a home, in one word; nobody has to say. // pp.2.2.1 */
export const familyStatuses = ['alone', 'couple', 'family', 'generations', 'shared', 'other'] as const
export type FamilyStatus = (typeof familyStatuses)[number]

export const locales = ['en', 'zh-Hans'] as const
export type Locale = (typeof locales)[number]

/** True when the text names a zone of the IANA time zone database. */
export function isZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text })
    return true
  } catch {
    return false
  }
}
