import { createHash } from 'node:crypto'
import type { Locale } from '@eaves/model'
import { guideWords, type GuideWords, type SystemSteps } from './guide-words.ts'
import type { Authority } from './served.ts'

/** What a plain connection may be given: a page or a file, with nothing secret and nothing personal in it. */
export interface PlainFile {
  readonly type: string
  readonly body: Buffer
  /** The name under which it is saved; undefined = shown. */
  readonly saveAs?: string
  readonly policy?: string
}

const style = `
:root{color-scheme:light dark;--bg:#f8f7f3;--ink:#16191d;--muted:#565c63;--line:#dcd9d0;--card:#fff;--accent:#006c9d;--on:#fff}
@media (prefers-color-scheme:dark){:root{--bg:#0c1015;--ink:#eceae4;--muted:#a3a9b1;--line:#2a3038;--card:#141a21;--accent:#7cc4ec;--on:#06141d}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:1rem/1.6 system-ui,"PingFang SC","Noto Sans SC",sans-serif}
main{max-width:40rem;margin:0 auto;padding:1.5rem 1.25rem 4rem;display:grid;gap:1.25rem}
header{display:flex;justify-content:space-between;gap:1rem;align-items:center}
h1{font-size:1.6rem;line-height:1.25;margin:0}h2{font-size:1.15rem;margin:.75rem 0 0}p,ol{margin:0}
ol{padding-inline-start:1.3rem;display:grid;gap:.5rem}
a{color:var(--accent)}header a{padding:.7rem .2rem;white-space:nowrap}
.go,.take{display:block;text-align:center;padding:.85rem 1rem;border-radius:.9rem;text-decoration:none;font-weight:600}
.go{background:var(--accent);color:var(--on)}.take{border:1px solid var(--line);background:var(--card)}
.muted{color:var(--muted);font-size:.92rem}
code{display:block;width:24ch;max-width:100%;font:600 1rem/1.7 ui-monospace,Menlo,Consolas,monospace;overflow-wrap:anywhere}
.card,details{border:1px solid var(--line);border-radius:.9rem;background:var(--card);padding:1rem}
details{padding:0}summary{padding:.85rem 1rem;font-weight:600;cursor:pointer}
details>div{padding:0 1rem 1rem;display:grid;gap:.9rem}
.all{display:grid;gap:.6rem}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
`
const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`

/** The address of the page and of each file. */
export const guidePath = '/phone'
const paths = {
  certificate: '/eaves-hub.crt',
  text: '/eaves-hub.pem',
  profile: '/eaves-hub.mobileconfig',
} as const

/** The page that leads a phone to trusting the hub, and the files it hands out; undefined for anything else. */
export function guidePages(
  authority: () => Authority,
  app: () => readonly string[],
): (path: string, language: string | undefined) => PlainFile | undefined {
  return (path, language) => {
    const hub = authority()
    if (path === paths.certificate)
      return { type: 'application/x-x509-ca-cert', body: hub.der, saveAs: 'eaves-hub.crt' }
    if (path === paths.text)
      return { type: 'application/x-pem-file', body: Buffer.from(hub.pem), saveAs: 'eaves-hub.pem' }
    if (path === paths.profile)
      return { type: 'application/x-apple-aspen-config', body: Buffer.from(profile(hub)) }
    const locale = localeOf(path, language)
    if (locale === undefined) return undefined
    return { type: 'text/html; charset=utf-8', body: Buffer.from(page(locale, hub, app())), policy }
  }
}

function localeOf(path: string, language: string | undefined): Locale | undefined {
  if (path === `${guidePath}/en`) return 'en'
  if (path === `${guidePath}/zh-Hans`) return 'zh-Hans'
  if (path !== guidePath && path !== '/') return undefined
  const first = /\b(zh|en)\b/i.exec(language ?? '')?.[1]?.toLowerCase()
  return first === 'zh' ? 'zh-Hans' : 'en'
}

function page(locale: Locale, authority: Authority, [first, ...others]: readonly string[]): string {
  const words = guideWords[locale]
  const otherPath = `${guidePath}/${locale === 'en' ? 'zh-Hans' : 'en'}`
  const link = (address: string) => `<a href="${escape(address)}/">${escape(address)}</a>`
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${words.title}</title><style>${style}</style></head>
<body><main>
<header><h1>${words.title}</h1><a href="${otherPath}" lang="${locale === 'en' ? 'zh-Hans' : 'en'}">${words.other}</a></header>
<p>${words.lead}</p>
<section class="card all" aria-labelledby="fp"><h2 id="fp">${words.fingerprint}</h2><p><code>${authority.fingerprint}</code></p><p>${words.compare}</p></section>
<h2>${words.pick}</h2>
<div class="all">${words.systems.map((each) => system(each, words, authority)).join('\n')}</div>
${first === undefined ? '' : `<a class="go" href="${escape(first)}/">${words.open}</a>`}
<p class="muted">${words.openHint}${others.length === 0 ? '' : ` ${words.otherAddress} ${others.map(link).join(' · ')}`}</p>
<h2>${words.limitsTitle}</h2><p>${words.limits}</p>
<p class="muted"><a href="${paths.text}">${words.text}</a></p>
</main></body></html>
`
}

function system(each: SystemSteps, words: GuideWords, authority: Authority): string {
  const steps = each.steps.map((step) => `<li>${escape(step.replace('NAME', authority.name))}</li>`).join('')
  return `<details><summary>${each.system}</summary><div><a class="take" href="${paths[each.file]}">${words[each.file]}</a><ol>${steps}</ol></div></details>`
}

/** The authority as a configuration profile, which is how phones of one maker take it. */
function profile(authority: Authority): string {
  const id = (part: string) => {
    const hex = createHash('sha256').update(part).update(authority.der).digest('hex')
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`.toUpperCase()
  }
  const entry = (key: string, value: string) => `<key>${key}</key>${value}`
  const text = (value: string) => `<string>${escape(value)}</string>`
  const common = (part: string, type: string) =>
    [
      entry('PayloadType', text(type)),
      entry('PayloadVersion', '<integer>1</integer>'),
      entry('PayloadIdentifier', text(`eaves.${part}.${id(part)}`)),
      entry('PayloadUUID', text(id(part))),
      entry('PayloadDisplayName', text(authority.name)),
    ].join('')
  const root = `<dict>${common('authority', 'com.apple.security.root')}${entry('PayloadCertificateFileName', text('eaves-hub.crt'))}${entry('PayloadContent', `<data>${authority.der.toString('base64')}</data>`)}</dict>`
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>${common('profile', 'Configuration')}${entry('PayloadContent', `<array>${root}</array>`)}</dict></plist>
`
}

const escape = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
