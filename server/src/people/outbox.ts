import { randomBytes } from 'node:crypto'
import { chmod, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../deps.ts'
import { Undeliverable, type Message, type Sender } from './mail.ts'
import { textWords } from './text-templates.ts'

const dayMs = 24 * 60 * 60 * 1000
const hourMs = 60 * 60 * 1000

/**
 * Puts messages as files into a folder that only its owner may open, until real sending is configured.
 * Files go after a day: they hold addresses, and a code is dead after minutes. // pp.ret.1
 */
export class Outbox implements Sender {
  readonly #folder: string
  readonly #clock: Clock
  #timer: NodeJS.Timeout | undefined
  constructor(folder: string, clock: Clock) {
    this.#folder = folder
    this.#clock = clock
  }

  async start(): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    await chmod(this.#folder, 0o700)
    await this.sweep()
    this.#timer = setInterval(() => void this.sweep().catch(() => undefined), hourMs)
    this.#timer.unref()
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
  }

  async send(message: Message): Promise<void> {
    if (message.to.kind === 'phone' && message.sms === undefined) throw new Undeliverable()
    const instant = new Date(this.#clock.now()).toISOString()
    const name = `${instant.replaceAll(':', '-')}-${randomBytes(5).toString('hex')}.${message.to.kind === 'email' ? 'eml' : 'txt'}`
    const unfinished = join(this.#folder, `.${name}`)
    const file = await open(unfinished, 'wx', 0o600)
    try {
      await file.writeFile(message.to.kind === 'email' ? asMail(message, this.#clock.now()) : asText(message))
    } finally {
      await file.close()
    }
    await rename(unfinished, join(this.#folder, name))
  }

  /** Removes what is older than a day. */
  async sweep(): Promise<void> {
    for (const name of await readdir(this.#folder)) {
      if (!/\.(eml|txt)$/.test(name)) continue
      const path = join(this.#folder, name)
      const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Infinity }))
      if (mtimeMs < this.#clock.now() - dayMs) await rm(path, { force: true })
    }
  }
}

/** The template, its parameters a line each, and the words that they make. */
function asText({ to, locale, sms }: Message): string {
  if (sms === undefined) throw new Undeliverable()
  const parameters = Object.values(sms.parameters).map((value) => `    ${value}\n`)
  return `To: ${to.address}\nTemplate: ${sms.template}\n\n${parameters.join('')}\n${textWords(sms, locale)}\n`
}

function asMail(message: Message, nowMs: number): string {
  const subject = /^[\x20-\x7e]*$/.test(message.subject)
    ? message.subject
    : `=?utf-8?B?${Buffer.from(message.subject).toString('base64')}?=`
  const headers = [
    `To: ${message.to.address}`,
    `Subject: ${subject}`,
    `Date: ${new Date(nowMs).toUTCString().replace('GMT', '+0000')}`,
    `Content-Language: ${message.locale}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
  ]
  return `${headers.join('\r\n')}\r\n\r\n${message.text.replaceAll('\n', '\r\n')}`
}
