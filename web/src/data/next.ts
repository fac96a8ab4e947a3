/** Where to go on after a door: a path of this app and nothing else. */
export function safeNext(next: string | undefined): string {
  if (next === undefined || !/^\/(?![/\\])/.test(next)) return '/'
  const { pathname, search, hash, host } = new URL(next, 'http://here.invalid')
  return host === 'here.invalid' ? pathname + search + hash : '/'
}
