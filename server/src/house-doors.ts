import { join } from 'node:path'
import type { Hono } from 'hono'
import { houseEntries, type EntryParts } from './house-entries.ts'
import type { House } from './house-shape.ts'
import { createApp } from './http/app.ts'
import type { Entry } from './http/entry.ts'
import type { GuardDeps } from './http/guard.ts'
import { createAppFiles } from './http/static.ts'

/** What answers requests: every entry of the server, and the app made of them. */
export type Doors = Pick<House, 'entries' | 'app'>

export function doorsOf(
  parts: Omit<EntryParts, 'all' | 'claimed'>,
  guard: GuardDeps & Pick<EntryParts, 'claimed'>,
  root: string,
): Doors {
  const entries: Entry[] = []
  entries.push(...houseEntries({ ...parts, claimed: guard.claimed, all: () => entries }))
  return {
    entries,
    app: (origins, cookie) =>
      createApp(entries, {
        ...guard,
        log: parts.log,
        honourGpc: parts.privacy.sharing.honourGpc,
        during: parts.activity.during,
        origins,
        files: createAppFiles(join(root, 'web/dist')),
        cookieName: cookie.name,
        secureCookies: cookie.secure,
      }) as unknown as Hono<never>,
  }
}
