import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core'

const programs = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const program = programs.find((path) => existsSync(path))
export const hasChromium = program !== undefined

const quietly = {
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
}
/** A browser that asks nothing of anybody by itself. */
export const openBrowser = (): Promise<Browser> => chromium.launch({ executablePath: program!, ...quietly })
/** One that keeps what it is told in a folder, as a person's own does. */
export const openKeeping = (folder: string): Promise<BrowserContext> =>
  chromium.launchPersistentContext(folder, {
    executablePath: program!,
    ...quietly,
    locale: 'en-GB',
    viewport: { width: 390, height: 844 },
  })

export interface Visit {
  readonly context: BrowserContext
  readonly page: Page
  /** What went wrong so far: requests to elsewhere, violations of the content policy, faults of the page. */
  readonly faults: readonly string[]
  /** Every request that carried something, as "METHOD path". */
  readonly sent: readonly string[]
  /** Acts so far: clicks, and fields typed. */
  readonly acts: () => number
  readonly click: (target: Locator) => Promise<void>
  readonly type: (target: Locator, text: string) => Promise<void>
  /** Violations found by axe, light and dark, by the name of the rule. */
  readonly axe: () => Promise<readonly string[]>
  /** Runs an expression over the debugging protocol, which the page's own policy does not concern. */
  readonly evaluate: <T>(expression: string) => Promise<T>
}
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** In the dark only what goes by colour can differ. */
const runOnly = {
  light: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  dark: ['color-contrast', 'link-in-text-block'],
}

const keptIn = (caches: string): string => `(async () => {
  const found = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })]
  for (const name of ${caches})
    for (const request of await (await caches.open(name)).keys())
      found.push(request.url, await (await (await caches.open(name)).match(request)).text())
  for (const { name } of await indexedDB.databases()) {
    const db = await new Promise((resolve) => { const open = indexedDB.open(name); open.onsuccess = () => resolve(open.result) })
    for (const table of db.objectStoreNames)
      found.push(JSON.stringify(await new Promise((resolve) => { const all = db.transaction(table).objectStore(table).getAll(); all.onsuccess = () => resolve(all.result) })))
    db.close()
  }
  return found.join('\\n')
})()`
/** Everything that this browser keeps of the app, as one text: an expression for `evaluate`. */
export const everythingKept = keptIn('await caches.keys()')
/** Whether it keeps this word beside the files of the app; cheap enough to be asked again and again. */
export const isKept = (word: string): string =>
  `${keptIn("(await caches.keys()).filter((name) => !name.startsWith('eaves-app-'))")}.then((all) => all.includes(${JSON.stringify(word)}))`

/** A person with a fresh browser in front of the app at `base`. Without its worker unless told: it fetches each file of the app before it is of use. */
export async function visit(
  browser: Browser,
  base: string,
  locale = 'en-GB',
  viewport = { width: 390, height: 844 },
  { hasWorker = false } = {},
): Promise<Visit> {
  const context = await browser.newContext({
    viewport,
    locale,
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
    colorScheme: 'light',
    serviceWorkers: hasWorker ? 'allow' : 'block',
  })
  const page = await context.newPage()
  const faults: string[] = []
  const sent: string[] = []
  let acts = 0
  const port = new URL(base).port
  const own = (url: string) => {
    const { hostname, port: asked, protocol } = new URL(url)
    return (
      protocol === 'data:' ||
      protocol === 'blob:' ||
      (['127.0.0.1', 'localhost'].includes(hostname) && asked === port)
    )
  }
  context.on('request', (request) => {
    if (!own(request.url())) faults.push(`request to elsewhere: ${request.url()}`)
    if (request.method() !== 'GET') sent.push(`${request.method()} ${new URL(request.url()).pathname}`)
  })
  page.on('websocket', (socket) => {
    if (!own(socket.url())) faults.push(`socket to elsewhere: ${socket.url()}`)
  })
  page.on('console', (message) => {
    if (/content.security.policy|trusted ?types?/i.test(message.text())) faults.push(message.text())
  })
  page.on('pageerror', (error) => {
    faults.push(`page: ${error.message}`)
  })
  const session = await context.newCDPSession(page)
  const evaluate = async <T>(expression: string): Promise<T> => {
    const answer = await session.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
      allowUnsafeEvalBlockedByCSP: true,
    })
    if (answer.exceptionDetails)
      throw new Error(answer.exceptionDetails.exception?.description ?? answer.exceptionDetails.text)
    return answer.result.value as T
  }
  return {
    context,
    page,
    faults,
    sent,
    evaluate,
    acts: () => acts,
    async click(target) {
      acts++
      await target.click()
    },
    async type(target, text) {
      acts++
      await target.fill(text)
    },
    async axe() {
      if (!(await evaluate<boolean>('globalThis.axe !== undefined'))) await evaluate(`${axeSource};0`)
      const found: string[] = []
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        // Colours move over 200 ms; measured half-way they are neither of the two.
        for (
          let turn = 0;
          turn < 100 &&
          (await evaluate<boolean>("document.getAnimations().some((each) => each.playState === 'running')"));
          turn++
        )
          await page.waitForTimeout(20)
        found.push(
          ...(await evaluate<string[]>(
            `axe.run(document, ${JSON.stringify({ runOnly: runOnly[colorScheme], resultTypes: ['violations'], preload: false })}).then((result) => result.violations.map((each) => '${colorScheme} ' + each.id + ': ' + each.nodes.map((node) => node.target.join(' ')).join(', ')))`,
          )),
        )
      }
      await page.emulateMedia({ colorScheme: 'light' })
      return found
    },
  }
}

/** Answers the question that is asked of everybody who signs up. */
export async function chooseAge(page: Page, age = '18 or older'): Promise<void> {
  await page.getByRole('button', { name: /How old are you/ }).click()
  await page.getByRole('option', { name: age, exact: true }).click()
}
