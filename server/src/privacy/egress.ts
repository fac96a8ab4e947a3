/** A message that leaves by SMTP. */
export interface Outgoing {
  readonly to: { readonly address: string }
  readonly locale: string
  readonly subject: string
  readonly text: string
}
export interface SmtpSettings {
  /** smtp:// or smtps://, with user and password when the server asks for them. */
  readonly url: string
  readonly from: string
}

const timeoutMs = 20_000

/**
 * Hands mail to the configured server. // pp.3.1
 * Off this machine it insists on TLS, for a sign-in code on the wire is a sign-in. // pp.5.1
 */
export function smtpSender({ url, from }: SmtpSettings): {
  readonly send: (message: Outgoing) => Promise<void>
  readonly close: () => void
} {
  let transport: Promise<import('nodemailer').Transporter> | undefined
  const connect = async () => {
    const { createTransport } = await import('nodemailer')
    const { hostname, port, protocol, username, password } = new URL(url)
    const host = hostname.replace(/^\[|\]$/g, '')
    const local = host === 'localhost' || host === '::1' || host.startsWith('127.')
    const secure = protocol === 'smtps:'
    return createTransport({
      host,
      port: port === '' ? (secure ? 465 : 587) : Number(port),
      secure,
      requireTLS: !secure && !local,
      ignoreTLS: !secure && local,
      ...(username === ''
        ? {}
        : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    })
  }
  return {
    send: async ({ to, locale, subject, text }) => {
      const ready = await (transport ??= connect())
      await ready.sendMail({
        from,
        to: { name: '', address: to.address },
        subject,
        text,
        headers: { 'Content-Language': locale, 'Auto-Submitted': 'auto-generated' },
      })
    },
    close: () => void transport?.then((ready) => ready.close()),
  }
}
