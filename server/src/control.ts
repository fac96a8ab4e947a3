import { chmodSync, rmSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { join, relative } from 'node:path'
import { AppError, isAppError } from '@eaves/model'
import type { StaffRequest } from './staff/verb.ts'
import { StartError } from './start-error.ts'
import type { House } from './house.ts'
import { claimHouse, problemLine, type SetupRequest } from './setup-act.ts'

/** The longest path a Unix socket takes. */
const longestPath = 100
const longestLine = 16_384
const socketPath = (dataDir: string): string => {
  const path = join(dataDir, 'control.sock')
  const near = relative(process.cwd(), path)
  return near.length < path.length ? near : path
}

/** The socket in the data folder through which the command line reaches the running server; only its owner may open it. */
export async function openControl(
  dataDir: string,
  house: House,
  /** Answers what is not a claim; undefined when it does not know it either. */
  more?: (asked: unknown) => Promise<object | undefined>,
): Promise<{ readonly stop: () => void }> {
  const path = socketPath(dataDir)
  if (path.length > longestPath)
    throw new StartError(
      `The path of the data folder ${dataDir} is too long for a socket. Use a shorter one with EAVES_DATA.`,
    )
  rmSync(path, { force: true }) // the folder's lock is ours, so nobody listens there any more
  const server = createServer((socket) => void answer(socket, house, more))
  const mask = process.umask(0o077)
  try {
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(path, resolve))
  } finally {
    process.umask(mask)
  }
  chmodSync(path, 0o600)
  return { stop: () => void server.close() }
}

async function answer(
  socket: Socket,
  house: House,
  more: ((asked: unknown) => Promise<object | undefined>) | undefined,
): Promise<void> {
  socket.on('error', () => socket.destroy())
  socket.setTimeout(10_000, () => socket.destroy())
  try {
    const asked: unknown = JSON.parse(await lineOf(socket))
    socket.setTimeout(0) // a backup takes its time
    const answered = (await more?.(asked)) ?? { made: await claimHouse(house, asked) }
    socket.end(`${JSON.stringify(answered)}\n`)
  } catch (error) {
    socket.end(
      `${JSON.stringify({ problem: problemLine(error), claimed: isAppError(error) && error.code === 'claim.claimed' })}\n`,
    )
  }
}

/** The first line that comes; too long a one ends the conversation. */
function lineOf(socket: Socket): Promise<string> {
  let text = ''
  return new Promise((resolve, reject) => {
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
      if (text.endsWith('\n')) resolve(text)
      else if (text.length > longestLine) socket.destroy()
    })
    socket.on('close', () => reject(new Error('The other side left.')))
  })
}

export type ControlRequest =
  | SetupRequest
  | { readonly demo: unknown }
  | { readonly backup: { readonly data: string; readonly vault: string } }
  | { readonly makeKit: 'first' | 'new' }
  | { readonly checkKit: string }
  | { readonly operator: StaffRequest }
  | { readonly end: 'wipe' }
  | { readonly retention: unknown }

/** Asks the running server; undefined when none runs on this folder. */
export async function askControl(
  dataDir: string,
  request: ControlRequest,
): Promise<{ readonly made?: unknown; readonly problem?: string; readonly claimed?: boolean } | undefined> {
  const socket = await new Promise<Socket | undefined>((resolve) => {
    const trying = connect(socketPath(dataDir), () => resolve(trying))
    trying.once('error', () => resolve(undefined))
  })
  if (socket === undefined) return undefined
  socket.write(`${JSON.stringify(request)}\n`)
  let text = ''
  try {
    for await (const chunk of socket.setEncoding('utf8')) text += chunk as string
  } catch {
    // Said below: what ends in the midst of a word has not answered.
  }
  if (!text.endsWith('\n'))
    return {
      problem: problemLine(new AppError('server.busy', { detail: 'It ended before it answered.' })),
    }
  return JSON.parse(text) as { made?: unknown; problem?: string; claimed?: boolean }
}
