// Catches messages left readable or lying about for ever, and a server that fails when mail does.
import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, stat, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { SMTPServer } from 'smtp-server'
import { smtpSender } from '../privacy/privacy.ts'
import { quietLog, testClock } from '../store/testing.ts'
import { codeText } from './mail-text.ts'
import { createMail, Outbox, type Message } from './people.ts'

const message = (kind: 'email' | 'phone', locale: 'en' | 'zh-Hans' = 'en'): Message => ({
  to: { kind, address: kind === 'email' ? 'ada@example.org' : '+4915123456789' },
  locale,
  ...codeText(locale, '012345', 5),
})

test('the outbox holds messages its owner alone can read, and removes them after a day', async () => {
  const root = await mkdtemp(join(tmpdir(), 'eaves-outbox-'))
  const folder = join(root, 'data.outbox')
  const clock = testClock(Date.now())
  const outbox = new Outbox(folder, clock)
  try {
    await outbox.start()
    await outbox.send(message('email', 'zh-Hans'))
    await outbox.send(message('phone'))
    const names = (await readdir(folder)).toSorted()
    assert.match(
      names.join(),
      /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z-[0-9a-f]{10}\.(eml|txt),.*\.(eml|txt)$/,
    )
    assert.equal((await stat(folder)).mode & 0o777, 0o700)
    for (const name of names) {
      assert.equal((await stat(join(folder, name))).mode & 0o777, 0o600)
      const text = await readFile(join(folder, name), 'utf8')
      // A text message shows its parameter as well as its words.
      assert.deepEqual(new Set(text.match(/\b\d{6}\b/g)), new Set(['012345']))
      assert.match(
        text,
        name.endsWith('.eml') ? /^To: ada@example\.org\r\nSubject: =\?utf-8\?B\?/ : /^To: \+4915123456789\n/,
      )
    }
    clock.advance(24 * 3_600_000 + 60_000)
    await utimes(join(folder, names[0]!), clock.now() / 1000, clock.now() / 1000)
    await outbox.sweep()
    assert.deepEqual(await readdir(folder), [names[0]])
  } finally {
    await outbox.stop()
    await rm(root, { recursive: true })
  }
})

test('a message is tried again and then given up, and posting never waits or throws', async () => {
  let tries = 0
  const sent: Message[] = []
  const email = {
    send: async (each: Message) => {
      tries += 1
      if (tries < 3) throw new Error('the server is away')
      sent.push(each)
    },
  }
  const phone = {
    send: async () => {
      throw new Error('always')
    },
  }
  const mail = createMail({ email, phone, log: quietLog, retryAfterMs: [1, 1] })
  mail.post(message('email'))
  mail.post(message('phone'))
  assert.equal(sent.length, 0)
  await mail.settled()
  assert.deepEqual([tries, sent.length], [3, 1])
})

test('with SMTP set, e-mail reaches the server with its code and both languages intact', async () => {
  const received: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      let text = ''
      stream
        .setEncoding('utf8')
        .on('data', (chunk: string) => (text += chunk))
        .on('end', () => {
          received.push(text)
          done()
        })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.server.address()
  const sender = smtpSender({
    url: `smtp://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    from: 'eaves@example.org',
  })
  try {
    await sender.send(message('email', 'zh-Hans'))
    assert.match(received[0]!, /^To: ada@example\.org/m)
    assert.match(received[0]!, /^From: eaves@example\.org/m)
    const body = received[0]!.split('\r\n\r\n').slice(1).join('\r\n\r\n')
    assert.match(
      /^Content-Transfer-Encoding: base64/m.test(received[0]!)
        ? Buffer.from(body, 'base64').toString()
        : body,
      /012345/,
    )
  } finally {
    sender.close()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }
})
