import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { StartError } from '../start-error.ts'

const keyBytes = 32
const pattern = /^[A-Za-z0-9_-]{43}\s*$/

/** Reads the key-encryption key. It is made only when there is no vault yet: a new key would open nothing of an old one. // pp.5.1 */
export function readKeyFile(path: string, hasVault: boolean): Uint8Array {
  if (!existsSync(path)) {
    if (hasVault)
      throw new StartError(
        `The key file ${path} is missing, and without it the data cannot be read. Put it back, or name it in EAVES_KEY_FILE; nothing has been changed.`,
      )
    make(path)
  }
  refuseReadable(path)
  const text = readFileSync(path, 'utf8')
  if (!pattern.test(text))
    throw new StartError(
      `The key file ${path} does not hold a key. Put back the file that was made with this data folder; nothing has been changed.`,
    )
  return Buffer.from(text.trim(), 'base64url')
}

function make(path: string): void {
  const folder = dirname(path)
  if (!existsSync(folder)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    chmodSync(folder, 0o700)
  }
  const file = openSync(path, 'wx', 0o600)
  try {
    writeSync(file, `${randomBytes(keyBytes).toString('base64url')}\n`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  // The name itself must survive a power cut, or the vault would outlive its key.
  syncFolder(folder)
}

function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

// Windows has no such bits; there the folder's own rights protect it.
function refuseReadable(path: string): void {
  if (process.platform === 'win32') return
  if ((statSync(path).mode & 0o077) !== 0)
    throw new StartError(`The key file ${path} can be read by others on this machine. Run: chmod 600 ${path}`)
  if ((statSync(dirname(path)).mode & 0o022) !== 0)
    throw new StartError(
      `The folder of the key file can be written by others on this machine. Run: chmod 700 ${dirname(path)}`,
    )
}
