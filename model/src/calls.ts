/** So many values go with one call of an address. */
export const mostCalledValues = 32

/** What stands in place of what comes after the host, for whoever may not know it. */
const hidden = '…'
export const hiddenAddress = (host: string): string => `https://${host}/${hidden}`
export const isHiddenAddress = (url: string): boolean => url.endsWith(`/${hidden}`)
/** Whom it leads to, which is all that is told of an address. */
export const hostOf = (url: string): string => URL.parse(url)?.host ?? ''
