/** The files of a data folder on SQLite. */
export const fileNames = { facts: 'eaves.db', history: 'history.db', vault: 'vault.db' } as const
export type StoreFile = keyof typeof fileNames
