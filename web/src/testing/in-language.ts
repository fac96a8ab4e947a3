import { join } from 'node:path'
import type { Locale } from '@eaves/model'
import { createServer, type ViteDevServer } from 'vite'

const web = join(import.meta.dirname, '..', '..')

export interface InLanguage {
  /** A module of the app as the browser gets it, its words in place. */
  readonly load: <M>(path: string) => Promise<M>
  readonly speak: (locale: Locale) => Promise<void>
  readonly close: () => Promise<void>
}
/** The app's words are put in by its build; this is that build without a page, a port or a watch. */
export async function openInLanguage(): Promise<InLanguage> {
  const server: ViteDevServer = await createServer({
    configFile: join(web, 'vite.config.ts'),
    root: web,
    appType: 'custom',
    logLevel: 'error',
    cacheDir: join(web, '..', '.cache', 'vite-words'),
    optimizeDeps: { noDiscovery: true, include: [] },
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  })
  const load = async <M>(path: string): Promise<M> => (await server.ssrLoadModule(path)) as M
  const { i18n } = await load<typeof import('@lingui/core')>('@lingui/core')
  return {
    load,
    async speak(locale) {
      for (const part of ['first', 'later', 'automations']) {
        const { messages } = await load<{ messages: Parameters<typeof i18n.load>[1] }>(
          `/src/locales/${locale}/${part}.po`,
        )
        i18n.load(locale, messages as never)
      }
      i18n.activate(locale)
    },
    close: () => server.close(),
  }
}
