interface TrustedTypes {
  readonly createPolicy: (
    name: string,
    rules: {
      readonly createHTML?: (html: string) => string
      readonly createScriptURL?: (address: string) => string
    },
  ) => { readonly createScriptURL: (address: string) => unknown }
}
const trustedTypes = (): TrustedTypes | undefined =>
  (globalThis as { readonly trustedTypes?: TrustedTypes }).trustedTypes
/**
 * Our content policy refuses every string that would become markup. React Aria empties its announcer with one, so the empty string alone passes.
 */
export function allowEmptyHtml(): void {
  trustedTypes()?.createPolicy('default', {
    createHTML: (html) => {
      if (html !== '') throw new TypeError('Markup from a string is refused.')
      return html
    },
  })
}

/** The one address from which a script of ours may be started by name. */
export function workerAddress(): string {
  const address = '/worker.js'
  const policy = trustedTypes()?.createPolicy('eaves-worker', {
    createScriptURL: (asked) => {
      if (asked !== address) throw new TypeError('Another script is refused.')
      return asked
    },
  })
  return (policy?.createScriptURL(address) ?? address) as string
}
