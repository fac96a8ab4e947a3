import type { Category } from '@eaves/model'

/** One thing that the app keeps in a browser. */
export interface Stored {
  readonly store: 'localStorage' | 'caches' | 'cookie'
  readonly name: string
  /** `setting`: how this browser shows the app. `content`: something of a home. `credential`: proves who one is. `app`: files of ours, the same for everybody. */
  readonly class: 'setting' | 'content' | 'credential' | 'app'
  readonly category?: Category
  readonly holds: string
  readonly until: string
}

/** Everything that this app keeps on a device, beside what lives in a page's memory. A test compares it with the code. // pp.0 */
export const stored: readonly Stored[] = [
  {
    store: 'cookie',
    name: 'the sign-in',
    class: 'credential',
    holds: 'a random secret that no script can read',
    until: 'signing out, or the end of the sign-in',
  },
  {
    store: 'caches',
    name: 'eaves-last-seen',
    class: 'content',
    category: 'user.household.home',
    holds:
      'the homes, rooms and devices of one account and its own place in each home, as they were last seen, and when',
    until:
      'signing out, another sign-in, the end of the sign-in, becoming a wall panel, or 7 days; of one home also no longer being in it',
  },
  {
    store: 'caches',
    name: 'eaves-home-points',
    class: 'content',
    category: 'user.presence',
    holds:
      'for each home where its person switched that on here: the point that counts as home, those of named places that they pointed out, the radius around them, and what was told last; the points are never sent',
    until:
      'switching it off, no longer sharing, no longer being in that home, signing out, another sign-in, the end of the sign-in, or becoming a wall panel',
  },
  {
    store: 'caches',
    name: 'eaves-app-',
    class: 'app',
    holds: 'files of the app, never an answer of the server',
    until: 'the next version',
  },
  {
    store: 'localStorage',
    name: 'eaves.home',
    class: 'content',
    category: 'user.household.home',
    holds: 'the random ids of the home opened last and of the person signed in',
    until: 'signing out, somebody else signing in, or no longer being in that home',
  },
  {
    store: 'localStorage',
    name: 'eaves.device-label',
    class: 'setting',
    holds: 'that the person lets sign-ins be labelled with make and model',
    until: 'signing out',
  },
  { store: 'localStorage', name: 'eaves.locale', class: 'setting', holds: 'the language', until: 'changed' },
  { store: 'localStorage', name: 'eaves.theme', class: 'setting', holds: 'light or dark', until: 'changed' },
  {
    store: 'localStorage',
    name: 'eaves.shortcuts',
    class: 'setting',
    holds: 'that single-letter shortcuts are off',
    until: 'changed',
  },
  {
    store: 'localStorage',
    name: 'eaves.hold',
    class: 'setting',
    holds: 'that locks ask in a dialogue instead of being held',
    until: 'changed',
  },
]
