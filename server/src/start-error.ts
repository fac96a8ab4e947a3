/** The server cannot start; the message says what is wrong and what to do, in a sentence for a person. */
export class StartError extends Error {
  readonly exitCode: number
  constructor(sentence: string, options?: ErrorOptions & { readonly exitCode?: number }) {
    super(sentence, options)
    this.name = 'StartError'
    this.exitCode = options?.exitCode ?? 2
  }
}
