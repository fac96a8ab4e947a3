/** The modes that every home has; its people may add names of their own. */
export const builtInModes = ['home', 'away', 'night', 'vacation'] as const
export type BuiltInMode = (typeof builtInModes)[number]
export const mostOwnModes = 10
/** What a home is in before anybody said so. */
export const firstMode: BuiltInMode = 'home'
export const isBuiltInMode = (mode: string): mode is BuiltInMode =>
  (builtInModes as readonly string[]).includes(mode)
