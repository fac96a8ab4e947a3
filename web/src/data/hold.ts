const key = 'eaves.hold'
/** Whether this browser asks in a dialogue where it would otherwise want a hold of one second. */
export const asksInsteadOfHold = (): boolean => localStorage.getItem(key) === 'ask'
export function askInsteadOfHold(ask: boolean): void {
  if (ask) localStorage.setItem(key, 'ask')
  else localStorage.removeItem(key)
}
