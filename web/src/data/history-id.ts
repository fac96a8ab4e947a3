export interface HistoryOf {
  readonly device: string
  readonly part: string
  readonly capability: string
  readonly attribute: string
}
/** How a value stands in an address of the app. */
export const idOf = ({ device, part, capability, attribute }: HistoryOf): string =>
  [device, part, capability, attribute].map(encodeURIComponent).join('/')
