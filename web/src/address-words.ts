/**
 * Everything that the app puts behind the ? of its own addresses, and what it can hold; those of the API stand in the server.
 * A browser keeps addresses in its history. `npm run check` compares it with the code. // pp.2.2.3
 */
export const addressWords = {
  again: 'random id of a connection',
  at: 'a date',
  by: 'random id of a device',
  compare: 'before',
  in: 'random id of a room',
  join: 'random id of what is joining',
  next: 'a path of the app',
  room: 'random id of a room',
  span: 'day, week, month or year',
  v: 'random ids of devices, with parts and the words of their attributes',
  template: 'the word of a template for an automation',
  version: 'a version of the texts',
  with: 'the word of a driver',
} as const satisfies Readonly<Record<string, string>>
