import { AppError } from '@eaves/model'
import type { ReadingFailure, ReadingMarks as Marks } from '@eaves/model/api'
import { AnswerTooLong, EgressRefused, LedOnTooOften, type EgressGet, type Got } from '../privacy/privacy.ts'

/** Nothing new came from an address, and why. */
export class NotFetched extends Error {
  override readonly name = 'NotFetched'
  readonly failure: ReadingFailure
  readonly retryAfterSeconds: number | undefined
  constructor(failure: ReadingFailure, retryAfterSeconds?: number) {
    super('An address was not read.')
    this.failure = failure
    this.retryAfterSeconds = retryAfterSeconds
  }
}
export interface Fetched {
  readonly text: string
  readonly marks: Marks
}
/** What is asked for, and how much of it is read. */
export interface Kind {
  readonly accept: string
  readonly mostCharacters: number
}

/** No character of UTF-8 that counts once takes more than three bytes. */
const bytesOfCharacter = 3
const longestMark = 500

/** An address as it is asked. */
export function addressOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined) throw refusedAddress('not-an-address')
  if (url.protocol !== 'https:') throw refusedAddress('not-https')
  if (url.username !== '' || url.password !== '') throw refusedAddress('has-password')
  url.hash = ''
  return url.href
}
export const refusedAddress = (code: string): AppError =>
  new AppError('input.invalid', { errors: [{ path: 'address', code }] })

/** What stands at the address; undefined where it is what it was. The server there learns this server's address and nothing else. // pp.3.1 */
export async function fetchText(
  egress: EgressGet,
  { accept, mostCharacters }: Kind,
  { address, marks }: { readonly address: string; readonly marks: Marks },
  signal: AbortSignal,
): Promise<Fetched | undefined> {
  const headers = {
    accept,
    'user-agent': 'Eaves',
    ...(marks.etag === undefined ? {} : { 'if-none-match': marks.etag }),
    ...(marks.lastModified === undefined ? {} : { 'if-modified-since': marks.lastModified }),
  }
  const longestBytes = bytesOfCharacter * mostCharacters
  const got = await egress.get({ url: address, headers, longestBytes, signal }).catch((error: unknown) => {
    throw new NotFetched(whyOf(error))
  })
  if (got.status === 304 && Object.keys(marks).length > 0) return undefined
  if (got.status !== 200) throw new NotFetched(statusWhy(got.status), got.retryAfterSeconds)
  const text = new TextDecoder().decode(got.body)
  if (text.length > mostCharacters) throw new NotFetched('too-long')
  return { text, marks: marksOf(got) }
}

function whyOf(error: unknown): ReadingFailure {
  if (error instanceof EgressRefused) return 'not-open-internet'
  if (error instanceof AnswerTooLong) return 'too-long'
  return error instanceof LedOnTooOften ? 'leads-on' : 'unreachable'
}

function statusWhy(status: number): ReadingFailure {
  if (status === 401 || status === 403) return 'denied'
  return status === 404 || status === 410 ? 'gone' : 'odd-answer'
}

function marksOf({ etag, lastModified }: Got): Marks {
  return {
    ...(etag === undefined || etag.length > longestMark ? {} : { etag }),
    ...(lastModified === undefined || lastModified.length > longestMark ? {} : { lastModified }),
  }
}
