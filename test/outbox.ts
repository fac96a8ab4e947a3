import { readdirSync } from 'node:fs'

/** Names of the letters in an outbox, oldest first; what is still being written begins with a dot and is none yet. */
export const lettersAt = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .toSorted()
