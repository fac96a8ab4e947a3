const ofPerson = '/api/live/tickets'
let path = ofPerson
/** Where the live connection gets its ticket: a wall panel has tickets of its own. */
export const ticketPath = (): string => path
export function liveAsPanel(): void {
  path = '/api/panel/tickets'
}
/** Somebody has signed in here, or the browser is no panel any more. */
export function liveAsPerson(): void {
  path = ofPerson
}
