/** What makes a home safer, or quieter, is never held up: no proof, and no question first. */
const unasked: Readonly<Record<string, readonly string[]>> = {
  lock: ['lock'],
  garageDoor: ['stop'],
  cover: ['stop'],
  alarmPanel: ['arm'],
  siren: ['turnOff'],
}
/** A file of its own: the first page of the app carries it. // pp.5.1 */
export const isUnasked = (capability: string, command: string): boolean =>
  Object.hasOwn(unasked, capability) && unasked[capability]!.includes(command)
