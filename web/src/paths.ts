/** Every address of the app in one place. */
export const paths = {
  start: '/',
  home: (home: string) => `/homes/${home}`,
  rooms: (home: string) => `/homes/${home}/rooms`,
  room: (home: string, room: string) => `/homes/${home}/rooms/${room}`,
  device: (home: string, device: string) => `/homes/${home}/devices/${device}`,
  add: (home: string) => `/homes/${home}/add`,
  me: '/me',
  claim: '/claim',
  welcome: '/welcome',
  gate: '/gate',
  signIn: '/sign-in',
  createHome: '/create-home',
  onboarding: (home: string, onboarding: string) => `/homes/${home}/add/${onboarding}`,
  /** One of the pages under Me. */
  mine: (page: string) => `/me/${page}`,
  documents: '/documents',
  document: (document: string) => `/documents/${document}`,
  contact: '/contact',
} as const
