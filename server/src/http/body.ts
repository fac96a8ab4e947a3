import { AppError } from '@eaves/model'

const depthLimit = 32

/** Reads a JSON body within its limit: 413 when larger, 400 when not JSON, not UTF-8 or nested too deep. */
export async function readJson(request: Request, maxBytes: number): Promise<unknown> {
  const declared = Number(request.headers.get('content-length') ?? 0)
  if (declared > maxBytes)
    throw new AppError('input.too-large', { detail: `The limit here is ${maxBytes} bytes.` })
  if (request.body === null) return undefined
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
      size += chunk.length
      if (size > maxBytes)
        throw new AppError('input.too-large', { detail: `The limit here is ${maxBytes} bytes.` })
      chunks.push(chunk)
    }
  } catch (error) {
    // Whoever breaks off in the middle is no fault of the server's, and must not fill its log.
    throw error instanceof AppError
      ? error
      : new AppError('input.malformed', { detail: 'The body broke off.' })
  }
  if (size === 0) return undefined
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/(?:[\w.+-]+\+)?json\b/i.test(type))
    throw new AppError('input.malformed', { detail: 'The content type must be application/json.' })
  return parseJson(Buffer.concat(chunks))
}

export function parseJson(bytes: Uint8Array): unknown {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new AppError('input.malformed', { detail: 'The body is not UTF-8.' })
  }
  return parseText(text)
}

/** Parses one text of JSON from outside; no value of it has a prototype of the sender's choice. */
export function parseText(text: string): unknown {
  if (tooDeep(text))
    throw new AppError('input.malformed', {
      detail: `The body is nested more than ${depthLimit} levels deep.`,
    })
  let value: unknown
  let isPrototype = false
  try {
    // Only a text that may hold the name pays for being looked through; copied into another object the name would become its prototype.
    value = /__proto__|\\u00/.test(text)
      ? JSON.parse(text, (key, each: unknown) => ((isPrototype ||= key === '__proto__'), each))
      : JSON.parse(text)
  } catch {
    throw new AppError('input.malformed', { detail: 'The body is not JSON.' })
  }
  if (isPrototype)
    throw new AppError('input.unknown-field', { errors: [{ path: '__proto__', code: 'unknown-field' }] })
  return value
}

function tooDeep(text: string): boolean {
  let depth = 0
  let inString = false
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (inString) {
      if (c === 92) i++
      else if (c === 34) inString = false
    } else if (c === 34) inString = true
    else if (c === 91 || c === 123) {
      if (++depth > depthLimit) return true
    } else if (c === 93 || c === 125) depth--
  }
  return false
}
