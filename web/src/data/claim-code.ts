/** The code of a claim link: it stands after the # so that it is never sent in an address. // T8 */
export function codeInFragment(fragment: string): string | undefined {
  let code: string
  try {
    code = decodeURIComponent(fragment.replace(/^#/, '')).trim()
  } catch {
    return undefined
  }
  return code === '' || code.length > 64 ? undefined : code
}
