// Fails when a message is missing, unused or not translated. `--write` brings the files up to date instead; new Chinese is then written by hand.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const web = dirname(import.meta.dirname)
const cli = join(dirname(web), 'node_modules', '@lingui', 'cli', 'dist', 'lingui.js')
const run = (...args: string[]): number =>
  spawnSync(process.execPath, [cli, ...args, '--config', join(web, 'lingui.config.ts')], {
    cwd: web,
    stdio: 'inherit',
  }).status ?? 1

function untranslated(folder: string): string[] {
  return readdirSync(folder).flatMap((file) => {
    const text = readFileSync(join(folder, file), 'utf8').replaceAll(/"\n"/g, '')
    return [...text.matchAll(/^msgid "(.+)"\nmsgstr ""$/gm)].map(([, message]) => `${file}: ${message}`)
  })
}

if (process.argv.includes('--write')) {
  for (const locale of ['en', 'zh-Hans'])
    if (!existsSync(join(web, 'src', 'locales', locale)))
      mkdirSync(join(web, 'src', 'locales', locale), { recursive: true })
  process.exitCode = run('extract', '--clean', '--workers', '1')
} else {
  const inSync = run('check', 'sync', '--clean', '--workers', '1') === 0
  const missing = untranslated(join(web, 'src', 'locales', 'zh-Hans'))
  for (const message of missing) process.stderr.write(`not translated: ${message}\n`)
  if (!inSync)
    process.stderr.write(
      'The message files are not what the code says: run web/scripts/messages.ts --write, then translate.\n',
    )
  if (!inSync || missing.length > 0) process.exitCode = 1
}
