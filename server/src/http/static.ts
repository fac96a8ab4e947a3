import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { appPolicy, baseHeaders } from './headers.ts'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
  '.json': 'application/json',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8',
}
interface StaticFile {
  readonly path: string
  readonly type: string
  readonly immutable: boolean
  body?: { readonly plain: Buffer; readonly gzip: Buffer | undefined; readonly tag: string }
}
export interface AppFiles {
  /** The answer for a file of the app, or for a page of it; undefined when the name is neither. */
  readonly serve: (
    path: string,
    accept: { readonly gzip: boolean; readonly html: boolean; readonly tag: string | undefined },
  ) => Response | undefined
}

/** The app's files by a map made at start: a request names a key of it, never a path on disk. */
export function createAppFiles(folder: string): AppFiles {
  const files = new Map<string, StaticFile>()
  if (existsSync(folder)) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const type = types[extname(entry.name)]
      if (!entry.isFile() || type === undefined) continue
      const path = join(entry.parentPath, entry.name)
      const key = path.slice(folder.length).replaceAll('\\', '/')
      files.set(key, { path, type, immutable: key.startsWith('/assets/') })
    }
  }
  return {
    serve(path, accept) {
      const found = files.get(path)
      if (found !== undefined && path !== '/index.html') return fileResponse(found, accept)
      const page = files.get('/index.html')
      return page !== undefined && (accept.html || path === '/') && !path.startsWith('/assets/')
        ? fileResponse(page, accept)
        : undefined
    },
  }
}

function fileResponse(
  file: StaticFile,
  accept: { readonly gzip: boolean; readonly tag: string | undefined },
): Response {
  file.body ??= load(file.path)
  const headers: Record<string, string> = {
    ...baseHeaders,
    'content-type': file.type,
    etag: file.body.tag,
    vary: 'accept-encoding',
    'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    'content-security-policy': appPolicy,
  }
  if (accept.tag === file.body.tag) return new Response(null, { status: 304, headers })
  if (accept.gzip && file.body.gzip !== undefined)
    return new Response(new Uint8Array(file.body.gzip), {
      headers: { ...headers, 'content-encoding': 'gzip' },
    })
  return new Response(new Uint8Array(file.body.plain), { headers })
}

function load(path: string): NonNullable<StaticFile['body']> {
  const plain = readFileSync(path)
  const packable = /\.(js|css|html|svg|json|webmanifest)$/.test(path) && plain.length > 1024
  return {
    plain,
    gzip: packable ? gzipSync(plain, { level: 9 }) : undefined,
    tag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`,
  }
}
