// The browser of the person, which keeps what it is told in a folder as a real one does.
import type { BrowserContext, Page } from 'playwright-core'
import { everythingKept, openKeeping } from './browser.ts'

export interface Profile {
  readonly folder: string
  /** Signs in by the cookie and looks at the home, at what is held, and for something, until the app keeps the home. */
  readonly lookAround: (
    base: string,
    cookie: string,
    home: string,
    about: { readonly search: string; readonly name: string },
  ) => Promise<void>
  /** Opens the app as it was left, lets it notice what there is to notice, and answers everything that the browser keeps for it. */
  readonly openAgain: (base: string, name: string) => Promise<string>
  /** Puts something into the browser as the app could. */
  readonly plant: (base: string, expression: string) => Promise<void>
  /** Writes everything to the folder. */
  readonly close: () => Promise<void>
}

export function openProfile(folder: string): Profile {
  let context: BrowserContext | undefined
  const open = async (): Promise<Page> => {
    context ??= await openKeeping(folder)
    return context.pages()[0] ?? context.newPage()
  }
  /** The policy of the page does not concern the debugging protocol. */
  const evaluate = async (page: Page, expression: string): Promise<unknown> => {
    const session = await page.context().newCDPSession(page)
    const answer = await session.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
      allowUnsafeEvalBlockedByCSP: true,
    })
    await session.detach()
    if (answer.exceptionDetails !== undefined) throw new Error(answer.exceptionDetails.text)
    return answer.result.value as unknown
  }
  const kept = async (page: Page) => String(await evaluate(page, everythingKept))
  const waitFor = async (page: Page, what: string, check: (text: string) => boolean): Promise<string> => {
    for (let turn = 0; turn < 150; turn++) {
      const text = await kept(page)
      if (check(text)) return text
      await page.waitForTimeout(100)
    }
    throw new Error(`The browser never came to: ${what}`)
  }
  return {
    folder,
    async lookAround(base, cookie, home, { search, name }) {
      const page = await open()
      const [key, value] = cookie.split('=') as [string, string]
      await page.context().addCookies([{ name: key, value, url: base, expires: Date.now() / 1000 + 86_400 }])
      await page.goto(`${base}/`)
      await page.goto(`${base}/homes/${home}`)
      await page.goto(`${base}/me/privacy/held`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.goto(`${base}/search`)
      const field = page.getByRole('searchbox').or(page.getByRole('textbox')).first()
      if (await field.isVisible()) await field.fill(search)
      await page.goto(`${base}/`)
      await waitFor(page, 'keeping the home', (text) => text.includes(name))
      await this.close()
    },
    async openAgain(base, name) {
      const page = await open()
      await page.goto(`${base}/`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      // What the app forgets it forgets as soon as the server has said that nobody is signed in.
      return waitFor(page, 'forgetting the home', (text) => !text.includes(name))
    },
    async plant(base, expression) {
      const page = await open()
      await page.goto(`${base}/`)
      await evaluate(page, expression)
      await this.close()
    },
    async close() {
      await context?.close()
      context = undefined
    },
  }
}
