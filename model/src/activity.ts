/** What a person sorts their own activity by. */
export const activityGroups = ['signing-in', 'account', 'privacy', 'homes', 'commands'] as const
export type ActivityGroup = (typeof activityGroups)[number]

/**
 * The closed list of acts that a person's own activity knows, each with its group. A line holds one of these words and no
 * text of anybody's. A new act is a line here, a sentence in the app and a call of the activity front. // pp.2.2.3
 */
export const activityKinds = {
  'account-made': 'signing-in',
  'sign-in': 'signing-in',
  /** Only where an account is known; whoever tried is not told. */
  'sign-in-failed': 'signing-in',
  'sign-out': 'signing-in',
  'sign-out-everywhere': 'signing-in',
  'sign-in-ended': 'signing-in',
  'recovery-code-used': 'signing-in',
  'password-set': 'account',
  'password-removed': 'account',
  'recovery-codes-made': 'account',
  'address-changed': 'account',
  'passkey-added': 'account',
  'passkey-removed': 'account',
  'second-factor-added': 'account',
  'second-factor-removed': 'account',
  'token-made': 'account',
  'token-ended': 'account',
  agreement: 'privacy',
  'agreement-refused': 'privacy',
  'choice-given': 'privacy',
  'choice-withdrawn': 'privacy',
  'guardian-given': 'privacy',
  'guardian-withdrawn': 'privacy',
  /** By the adult who answers for this person. */
  'guardian-saw': 'privacy',
  'guardian-copy-asked': 'privacy',
  'guardian-copy-taken': 'privacy',
  'guardian-erasure-asked': 'privacy',
  'guardian-took-back': 'privacy',
  export: 'privacy',
  'home-made': 'homes',
  'home-removed': 'homes',
  'home-joined': 'homes',
  'home-left': 'homes',
  'member-added': 'homes',
  'member-changed': 'homes',
  'member-removed': 'homes',
  'invitation-made': 'homes',
  'invitation-ended': 'homes',
  'home-offered': 'homes',
  'home-taken-over': 'homes',
  'home-offer-ended': 'homes',
  'locked-out': 'homes',
  'about-changed': 'homes',
  'confirm-changed': 'homes',
  'history-changed': 'homes',
  'mode-set': 'homes',
  /** Lets a home know whether they are there, or no more. */
  'presence-shared': 'privacy',
  'presence-ended': 'privacy',
  'place-shared': 'privacy',
  'place-ended': 'privacy',
  'places-shown': 'privacy',
  'places-hidden': 'privacy',
  'pin-set': 'homes',
  'pin-removed': 'homes',
  'panel-added': 'homes',
  'panel-changed': 'homes',
  'panel-code-made': 'homes',
  'panel-removed': 'homes',
  'alarm-armed': 'homes',
  'alarm-disarmed': 'homes',
  'alarm-changed': 'homes',
  'alarm-code-changed': 'homes',
  'credential-made': 'homes',
  'credential-ended': 'homes',
  /** A command to a lock, an alarm or a limit that keeps a home safe. */
  'command-sensitive': 'commands',
  'device-held': 'commands',
  'device-let-go': 'commands',
} as const satisfies Record<string, ActivityGroup>
export type ActivityKind = keyof typeof activityKinds

/** By what an act came: the app, a program with a token, the server's own command line. */
export const actSurfaces = ['app', 'api', 'cli'] as const
export type ActSurface = (typeof actSurfaces)[number]
