// Catches a page about backups that a keeper cannot follow to a working backup, that hides a failure, or that anybody else is shown.
import assert from 'node:assert/strict'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { hasChromium, openBrowser, visit } from './browser.ts'
import { joinByHttp, asSignedIn } from './join-by-http.ts'
import { claimByHttp } from './owner-by-http.ts'
import { household, type Running } from './server.ts'

const skip = hasChromium ? false : 'not run: Chromium is missing'

/** The app leads a browser to this name. */
const appOf = (server: Running) => server.base.replace('127.0.0.1', 'localhost')

async function signedIn(
  browser: Awaited<ReturnType<typeof openBrowser>>,
  server: Running,
  cookie: string,
  locale: string,
) {
  const at = await visit(browser, appOf(server), locale)
  const [name, value] = cookie.split('=') as [string, string]
  await at.context.addCookies([{ name, value, url: appOf(server) }])
  return at
}

test(
  'a keeper is led to a kit and a backup, sees how it went and what failed, in both languages; a guest is not',
  { skip, timeout: 110_000 },
  async () => {
    const house = household()
    const browser = await openBrowser()
    const [data, vault] = [join(house.dir, 'disk'), join(house.dir, 'stick')]
    try {
      const server = await house.start({ EAVES_BACKUP_DIR: data, EAVES_VAULT_BACKUP_DIR: vault })
      const { cookie } = await claimByHttp(server)
      const owner = asSignedIn(server, cookie)
      const { id } = await owner<{ id: string }>('POST', '/api/homes', { name: 'Elm', zone: 'UTC' })
      const at = await signedIn(browser, server, cookie, 'en-GB')
      await at.page.goto(`${appOf(server)}/homes/${id}`)
      await at.page.getByRole('link', { name: 'Make the recovery kit' }).waitFor()
      assert.deepEqual(await at.axe(), [])
      await at.page.goto(`${appOf(server)}/me/privacy`)
      await at.page.getByText('This server has no recovery kit').waitFor()
      await at.page.goto(`${appOf(server)}/me`)
      await at.click(at.page.getByRole('link', { name: /^Backup/ }))
      await at.page.getByRole('heading', { level: 1, name: 'Backup' }).waitFor()
      await at.page.getByRole('heading', { name: 'Make the recovery kit' }).waitFor()
      await at.page.getByText('No backup yet').waitFor()
      assert.equal(await at.page.getByRole('button', { name: 'Back up now' }).count(), 0, 'no kit, no backup')
      assert.deepEqual(await at.axe(), [])

      const made = await house.run(['kit', '--json'])
      const { mark } = JSON.parse(made.stdout) as { mark: string }
      await at.page.goto(`${appOf(server)}/homes/${id}`)
      await at.page.getByRole('link', { name: 'Connect your devices' }).waitFor()
      assert.equal(await at.page.getByRole('link', { name: 'Make the recovery kit' }).count(), 0)
      await at.page.goto(`${appOf(server)}/me/backup`)
      await at.click(at.page.getByRole('button', { name: 'Back up now' }))
      await at.page.getByText(/Last backup .*restored in rehearsal/).waitFor({ timeout: 20_000 })
      await at.page.getByText(`Mark ${mark}`).waitFor()
      await at.page.getByText(/entries restored and compared/).waitFor()
      await at.page.getByText('Next backup').waitFor()
      assert.deepEqual(await at.axe(), [])

      rmSync(data, { recursive: true })
      writeFileSync(data, 'a disk that is gone')
      await at.click(at.page.getByRole('button', { name: 'Back up now' }))
      await at.page
        .getByText(/did not work\. One of the two folders cannot be used/)
        .waitFor({ timeout: 20_000 })
      await at.page.getByText(/Last backup .*restored in rehearsal/).waitFor()
      rmSync(data)
      mkdirSync(data)

      await at.context.setOffline(true)
      await at.page.getByText('This device is offline.').first().waitFor()
      assert.equal(await at.page.getByRole('button', { name: 'Back up now' }).isDisabled(), true)
      await at.context.setOffline(false)

      const zh = await signedIn(browser, server, cookie, 'zh-CN')
      await zh.page.goto(`${appOf(server)}/me/backup`)
      await zh.page.getByRole('heading', { level: 1, name: '备份' }).waitFor()
      await zh.page.getByRole('button', { name: '立即备份' }).waitFor()
      assert.deepEqual(await zh.axe(), [])

      const invited = await owner<{ code: string }>(
        'POST',
        `/api/homes/${id}/invitations`,
        { role: 'adult' },
        201,
      )
      const ben = await joinByHttp(server, house, 'ben@example.org', invited.code)
      const his = await signedIn(browser, server, ben.cookie, 'en-GB')
      await his.page.goto(`${appOf(server)}/me`)
      await his.page.getByRole('link', { name: /Notifications/ }).waitFor()
      assert.equal(await his.page.getByRole('link', { name: /^Backup/ }).count(), 0)
      await his.page.goto(`${appOf(server)}/me/privacy`)
      await his.page.getByText('No request is open.').waitFor()
      assert.equal(await his.page.getByText('recovery kit').count(), 0)
      await his.page.goto(`${appOf(server)}/me/backup`)
      await his.page.getByText('There is nothing here.').waitFor()
      assert.deepEqual([...at.faults, ...zh.faults, ...his.faults], [])
    } finally {
      await browser.close()
      await house.dispose()
    }
  },
)
