/** The server cannot start; the message says what is wrong and what to do, in a sentence for a person. */
export class StartError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StartError'
  }
}
