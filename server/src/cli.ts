import { StartError } from './start-error.ts'

interface Verb {
  readonly help: string
  readonly run: (args: readonly string[]) => Promise<number | undefined>
}

const verbs: Readonly<Record<string, Verb>> = {
  serve: {
    help: 'start the server; with --demo a household on simulated devices in ./data-demo [--time HH:MM: the hour it begins at there]',
    run: async (args) => (await import('./serve.ts')).serve(args),
  },
  setup: {
    help: 'claim a fresh server without a browser: --owner ADDRESS --home NAME --agree [--zone Z] [--locale en|zh-Hans] [--region EU|CN|US|other] [--json]',
    run: async (args) => (await import('./setup.ts')).setup(args),
  },
  kit: {
    help: 'make the recovery kit that opens backups, shown once: [--new: another in its place] | --check FILE|-: whether this is it [--json]',
    run: async (args) => (await import('./backup/verb.ts')).kit(args, await verbParts()),
  },
  backup: {
    help: 'back up data and vault, then restore them in rehearsal: [--to DIR --vault-to DIR] (EAVES_BACKUP_DIR, EAVES_VAULT_BACKUP_DIR) [--json]',
    run: async (args) => (await import('./backup/verb.ts')).backup(args, await verbParts()),
  },
  restore: {
    help: 'restore into an empty place: --data FILE --vault FILE --kit FILE|- [--to DATA] [--dry-run: only say what it would do] [--json]',
    run: async (args) => (await import('./backup/restore-verb.ts')).restore(args, await verbParts()),
  },
  replay: {
    help: 'on data that was put back by other means than restore: carries out once more what its vault has erased since, and ends all sign-ins [--json]',
    run: async (args) => (await import('./backup/replay-verb.ts')).replay(args, await verbParts()),
  },
  operator: {
    help: 'who works for a hosted service: add NAME --role support|privacy|operator (prints a link once) | list | remove NAME [--json]',
    run: async (args) =>
      (await import('./staff/verb.ts')).operator(args, {
        tenant: (await import('./house.ts')).tenant,
        accounts: (await import('./house-staff.ts')).staffAccountsOf,
      }),
  },
  wipe: {
    help: 'end everything: keys, data and outbox of this server; without options it says what would go: --yes --name NAME [--json]',
    run: async (args) => (await import('./wipe.ts')).wipe(args),
  },
  demo: {
    help: 'ask a running demonstration: link | faults | fault DEVICE none|offline|slow|stuck|low-battery [--json]',
    run: async (args) => (await import('./demo/verb.ts')).demo(args),
  },
  'verify-receipt': {
    help: 'check a saved receipt without a server: FILE --keys FILE (the saved answer of /api/contact) [--json]',
    run: async (args) => (await import('./verify-receipt.ts')).verifyReceipt(args),
  },
  retention: {
    help: 'the daily removal: without an option the last passes, with --dry-run what it would remove now and what it holds back [--json]',
    run: async (args) => (await import('./retention-verb.ts')).retention(args),
  },
  driver: {
    help: 'for authors of drivers: new NAME | list | check NAME [--json]',
    run: async (args) => (await import('./driver.ts')).driver(args),
  },
}
/** Verbs of the contract whose feature is not built: refused by name. */
const later = ['doctor', 'export']

async function verbParts() {
  const { tenant, version, systemRandom } = await import('./house.ts')
  return { tenant, version, random: (bytes: number) => systemRandom(new Uint8Array(bytes)) }
}

/** Runs one verb of the command line; says what is wrong on stderr and sets the exit code. */
export async function run(args: readonly string[]): Promise<void> {
  const [name = 'help', ...rest] = args
  process.umask(0o077) // whatever this program writes is its owner's alone // pp.5.1
  try {
    process.exitCode = await dispatch(name, rest)
  } catch (error) {
    if (!(error instanceof StartError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = error.exitCode
  }
}

async function dispatch(name: string, rest: readonly string[]): Promise<number | undefined> {
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined
  if (verb !== undefined && !rest.includes('--help')) return verb.run(rest)
  if (verb !== undefined) {
    process.stdout.write(`eaves ${name}: ${verb.help}\n`)
    return 0
  }
  if (['help', '--help', '-h'].includes(name)) {
    process.stdout.write(
      `Eaves, the smart home that never eavesdrops.\n\n${Object.entries(verbs)
        .map(([n, v]) => `  eaves ${n}  ${v.help}`)
        .join('\n')}\n`,
    )
    return 0
  }
  throw new StartError(
    later.includes(name)
      ? `"eaves ${name}" is not in this version yet. "eaves help" lists what is.`
      : `"${name}" is not a verb of eaves. "eaves help" lists them.`,
  )
}
