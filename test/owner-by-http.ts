import assert from 'node:assert/strict'
import { api, until, type Running } from './server.ts'

/** Both acts on the documents that the server offers now. */
export async function actsOn(server: Running): Promise<Record<string, unknown>> {
  const documents = (await api(server.base).call('GET', '/api/documents')).body as {
    document: string
    locale: string
    sha256: string
  }[]
  const of = (name: string) =>
    documents.find((each) => each.document === name && each.locale === 'en')!.sha256
  return {
    agreement: { act: 'accept', sha256: of('agreement') },
    privacy: { act: 'acknowledge', sha256: of('privacy') },
    locale: 'en',
    region: 'EU',
    age: '18-plus',
  }
}

/** Claims a fresh server as the app does, and returns the cookie of the sign-in. */
export async function claimByHttp(
  server: Running,
  wish: Readonly<Record<string, unknown>> = {},
): Promise<{ readonly cookie: string; readonly body: any }> {
  const code = await until(() => server.claimCode(), 'the claim code on the console')
  const made = await api(server.base).call('POST', '/api/claim', {
    code,
    identifier: { email: 'ada@example.org' },
    acts: await actsOn(server),
    ...wish,
  })
  assert.equal(made.status, 201, made.text)
  return { cookie: made.headers.get('set-cookie')!.split(';')[0]!, body: made.body }
}
