// What the tests need from the machine beside npm's packages. As root on Debian it is installed; otherwise it is named.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

interface Need {
  readonly debian: readonly string[]
  readonly tests: string
  readonly isThere: () => boolean
}

const needs: readonly Need[] = [
  {
    debian: ['chromium'],
    tests: 'browser journeys',
    isThere: () => onPath('chromium', 'chromium-browser', 'google-chrome'),
  },
  {
    debian: ['mosquitto', 'mosquitto-clients'],
    tests: 'tests against a foreign MQTT broker',
    isThere: () => onPath('mosquitto') && onPath('mosquitto_pub'),
  },
  {
    debian: ['postgresql'],
    tests: 'tests on PostgreSQL',
    isThere: () => process.env.EAVES_TEST_POSTGRES_URL !== undefined || postgresFolder() !== undefined,
  },
  { debian: ['fonts-noto-cjk'], tests: 'Chinese screenshots', isThere: hasChineseFont },
  {
    debian: ['libnss3-tools'],
    tests: 'a browser that trusts the hub’s own authority',
    isThere: () => onPath('certutil'),
  },
  { debian: ['iproute2'], tests: 'runs in an empty network namespace', isThere: () => onPath('ip') },
]

/** Installs what is missing where that is possible and returns one line per group of tests that cannot run. */
export function prepareMachine(say: (line: string) => void): string[] {
  let missing = needs.filter((need) => !need.isThere())
  if (missing.length > 0 && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const packages = missing.flatMap((need) => need.debian)
    say(`Installing from Debian what the tests need: ${packages.join(', ')}.`)
    const isInstalled = apt('update') && apt('install', '-y', '--no-install-recommends', ...packages)
    if (!isInstalled) say('apt-get did not succeed; going on without.')
    missing = needs.filter((need) => !need.isThere())
  }
  return missing.map((need) => `not run: ${need.tests} (Debian: apt-get install ${need.debian.join(' ')})`)
}

/** The folder of PostgreSQL's programs with the highest version, if there is one. */
export function postgresFolder(): string | undefined {
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : []
  const folders = versions
    .toSorted((a, b) => Number(b) - Number(a))
    .map((version) => `/usr/lib/postgresql/${version}/bin`)
  const candidates = [...folders, ...pathFolders()]
  return candidates.find(
    (folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')),
  )
}

function onPath(...names: string[]): boolean {
  return pathFolders().some((folder) => names.some((name) => existsSync(join(folder, name))))
}

function pathFolders(): string[] {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  // Debian keeps daemons where an ordinary user's PATH does not look.
  return [...folders, '/usr/sbin', '/sbin']
}

function hasChineseFont(): boolean {
  if (process.platform !== 'linux') return true
  const list = spawnSync('fc-list', [':lang=zh-cn', 'family'], { encoding: 'utf8' })
  return list.status === 0
    ? list.stdout.trim() !== ''
    : existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc')
}

function apt(...args: string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return spawnSync('apt-get', ['-q', ...args], { env, stdio: ['ignore', 2, 2] }).status === 0
}
