// One run at a time may change node_modules or web/dist. A lock is a folder, because mkdir is atomic everywhere.
import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { root, say } from './ground.mjs'

const cache = join(root, '.cache')
const heartbeatMs = 5_000
const silentMs = 60_000
const pollMs = 250

/** Runs `work` while holding the named lock, waiting for whoever holds it now. */
export async function withLock(name, work) {
  const path = join(cache, `${name}.lock`)
  mkdirSync(cache, { recursive: true })
  await acquire(path)
  const heartbeat = setInterval(() => touch(path), heartbeatMs)
  const release = () => rmSync(path, { recursive: true, force: true })
  process.once('exit', release)
  try {
    return await work()
  } finally {
    clearInterval(heartbeat)
    process.off('exit', release)
    release()
  }
}

async function acquire(path) {
  let seen = { touchedMs: -1, sinceMs: performance.now() }
  let spoken = false
  for (;;) {
    try {
      mkdirSync(path)
      writeFileSync(join(path, 'pid'), String(process.pid))
      return
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    const touchedMs = lastTouchMs(path)
    if (touchedMs !== seen.touchedMs) seen = { touchedMs, sinceMs: performance.now() }
    const pid = holder(path)
    // Our own waiting is the clock: a laptop that slept must not make a living holder look silent.
    if ((pid !== undefined && !isAlive(pid)) || performance.now() - seen.sinceMs > silentMs) {
      breakLock(path, pid)
      continue
    }
    if (!spoken)
      say(`Another run${pid === undefined ? '' : ` (process ${pid})`} is setting up; waiting for it.`)
    spoken = true
    await sleep(pollMs)
  }
}

// Renaming is atomic, so of two waiters one breaks the lock. If a new holder slipped in between, it gets it back.
function breakLock(path, stalePid) {
  const aside = `${path}.${randomBytes(6).toString('hex')}`
  try {
    renameSync(path, aside)
  } catch (error) {
    if (error.code === 'ENOENT') return
    throw error
  }
  if (holder(aside) !== stalePid) {
    try {
      renameSync(aside, path)
      return
    } catch {
      // A third run holds the lock now: the one set aside is nobody's.
    }
  }
  rmSync(aside, { recursive: true, force: true })
}

function holder(path) {
  try {
    const pid = Number(readFileSync(join(path, 'pid'), 'utf8'))
    return Number.isInteger(pid) && pid > 0 ? pid : undefined
  } catch {
    return undefined
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function lastTouchMs(path) {
  try {
    return statSync(path).mtimeMs
  } catch {
    return 0
  }
}

function touch(path) {
  const now = new Date()
  try {
    utimesSync(path, now, now)
  } catch {
    // The lock was broken by a run that thought us dead; the next step fails on its own terms.
  }
}
