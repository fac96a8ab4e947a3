/** One path bent in one to three ways that have opened doors elsewhere. */
export function mutated(path: string, pick: (below: number) => number, port: number): string {
  let out = path
  const spot = () => pick(Math.max(1, out.length))
  const insert = (text: string) => {
    const at = spot()
    out = out.slice(0, at) + text + out.slice(at)
  }
  const encode = (prefix: string) => {
    const at = spot()
    out =
      out.slice(0, at) +
      prefix +
      (out.codePointAt(at) ?? 47).toString(16).padStart(2, '0') +
      out.slice(at + 1)
  }
  const ways: readonly (() => void)[] = [
    () => encode('%'),
    () => encode('%25'),
    () => encode('%2525'),
    () => encode('%U00'),
    () => (out = out.replaceAll('/', '%2f')),
    () => (out = out.replaceAll('/', '%252F')),
    () => (out = out.replaceAll('/', '//')),
    () => (out = out.replaceAll('/', '\\')),
    () => (out = out.replaceAll('/', '%5c')),
    () => insert('/../'),
    () => insert('/./'),
    () => insert('%2e%2e/'),
    () => insert('%2e%2e%2f'),
    () => insert('..;/'),
    () => insert(';x'),
    () => insert(';jsessionid=1'),
    () => insert('%00'),
    () => insert('%09'),
    () => insert('%0d%0aX:1'),
    () => insert('%c0%ae%c0%ae/'),
    () => insert('\u00ef\u00bc\u008f'),
    () => insert('%'),
    () => insert('?'),
    () => insert('%3f'),
    () => insert('#'),
    () => insert('%23'),
    () => insert('\t'),
    () => (out = Array.from(out, (c, i) => (i % 2 === 0 ? c.toUpperCase() : c)).join('')),
    () => (out = out.toUpperCase()),
    () => (out = `/health/..${out}`),
    () => (out = `/api/gate/..${out}`),
    () => (out = `/assets/..${out}`),
    () => (out = `/api/claim/..;${out}`),
    () => (out = `http://127.0.0.1:${port}${out}`),
    () => (out = `http://evil.example${out}`),
    () => (out = `//evil.example${out}`),
    () => (out = `${out}/`),
    () => (out = `${out}.json`),
    () => (out = `${out}?home=__proto__`),
    () => (out += '/'.repeat(50)),
    () => (out += '/..'.repeat(60)),
    () => (out += 'a'.repeat(8000)),
    () => (out = out.slice(1)),
  ]
  for (let n = pick(3); n >= 0; n--) ways[pick(ways.length)]!()
  return out.replaceAll(/[\r\n ]/g, '')
}
