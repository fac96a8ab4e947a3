/** Kind of resource each verb acts on; a verb asked of any other kind is denied. */
export const verbs = {
  'public.read': 'public',
  'self.read': 'self',
  'self.edit': 'self',
  'token.manage': 'self',
  'session.manage': 'self',
  'home.list': 'self',
  'home.create': 'self',
  'home.join': 'self',
  'panel.self': 'self',
  'instance.read': 'instance',
  'instance.backup': 'instance',
  'instance.answer': 'instance',
  'home.read': 'home',
  'home.about': 'home',
  'home.edit': 'home',
  'home.delete': 'home',
  'home.transfer': 'home',
  'home.lock': 'home',
  'floor.edit': 'home',
  'room.edit': 'home',
  'member.read': 'home',
  'member.manage': 'home',
  'member.guard': 'home',
  'member.self': 'home',
  'device.read': 'home',
  'picture.read': 'home',
  'device.edit': 'home',
  'device.remove': 'home',
  'device.command': 'home',
  'device.onboard': 'home',
  'connection.read': 'home',
  'connection.manage': 'home',
  'credential.manage': 'home',
  'history.read': 'home',
  'command.read': 'home',
  'scene.read': 'home',
  'scene.run': 'home',
  'scene.edit': 'home',
  'automation.read': 'home',
  'automation.edit': 'home',
  'hook.manage': 'home',
  'energy.read': 'home',
  'energy.edit': 'home',
  'mode.read': 'home',
  'mode.set': 'home',
  'presence.read': 'home',
  'alarm.read': 'home',
  'alarm.use': 'home',
  'alarm.manage': 'home',
  'vacation.manage': 'home',
  'person.contact': 'person',
  'console.read': 'console',
  'queue.read': 'console',
  'retention.read': 'console',
  'case.ask': 'console',
  'case.open': 'case',
} as const satisfies Record<string, 'public' | 'self' | 'instance' | 'home' | 'person' | 'console' | 'case'>

/** An act that an entry of the API, a live message or an MQTT topic asks for. */
export type Verb = keyof typeof verbs
type VerbOn<K> = { [V in Verb]: (typeof verbs)[V] extends K ? V : never }[Verb]
export type HomeVerb = VerbOn<'home'>
export type SelfVerb = VerbOn<'self'>
export type PersonVerb = VerbOn<'person'>
export type ConsoleVerb = VerbOn<'console'>

export function isVerb(text: string): text is Verb {
  return Object.hasOwn(verbs, text)
}
