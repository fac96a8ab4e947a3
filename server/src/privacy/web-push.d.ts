/** What is used of web-push, which brings no types: it encrypts and signs, and opens no connection here. */
declare module 'web-push' {
  interface Options {
    readonly vapidDetails: {
      readonly subject: string
      readonly publicKey: string
      readonly privateKey: string
    }
    readonly urgency: 'normal' | 'high'
    readonly TTL: number
    readonly contentEncoding: 'aes128gcm'
  }
  interface Details {
    readonly headers: Readonly<Record<string, string | number>>
    readonly body: Buffer
  }
  const webPush: {
    readonly generateRequestDetails: (
      subscription: {
        readonly endpoint: string
        readonly keys: { readonly p256dh: string; readonly auth: string }
      },
      payload: string,
      options: Options,
    ) => Details
  }
  export default webPush
}
