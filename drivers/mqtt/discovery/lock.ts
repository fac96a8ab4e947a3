import { put, type Args } from '../draft.ts'
import { codeOf, hasForm, refuseCode, unkept } from './codes.ts'
import { take, words, type Entity } from './entity.ts'

export function addLock(entity: Entity): void {
  readLock(entity)
  const topic = entity.topic('command_topic')
  const render = entity.renderer('command_template', ['value', 'code'])
  if (topic === undefined || render === undefined) return
  const form = entity.text('code_format')
  const say = (payload: string) => (args: Args) => {
    const code = codeOf(args)
    if (form !== undefined && (code === undefined || !hasForm(code, form))) refuseCode(code === undefined)
    const message = entity.message(topic, render({ value: payload, code: code ?? null }))
    return [code === undefined ? message : unkept(message)]
  }
  entity.write('lock', 'lock', say(entity.payload('payload_lock', 'LOCK')))
  entity.write('lock', 'unlock', say(entity.payload('payload_unlock', 'UNLOCK')))
  const open = entity.payload('payload_open', '')
  if (open !== '') entity.write('lock', 'unlatch', say(open))
}
function readLock(entity: Entity): void {
  if (!entity.canRead('state_topic', 'value_template')) return
  const word = words(entity, [
    ['state_locked', 'LOCKED', 'locked'],
    ['state_unlocked', 'UNLOCKED', 'unlocked'],
    ['state_locking', 'LOCKING', 'locking'],
    ['state_unlocking', 'UNLOCKING', 'unlocking'],
    ['state_jammed', 'JAMMED', 'jammed'],
    ['state_open', 'OPEN', 'unlocked'],
    ['state_opening', 'OPENING', 'unlocking'],
  ])
  const locked = entity.attribute('lock', 'locked')
  const state = entity.attribute('lock', 'state')
  entity.read('state_topic', 'value_template', (value) => {
    const is = value === null ? undefined : word(value)
    if (locked !== undefined)
      take(locked, value, () => (is === 'locked' ? true : is === 'unlocked' ? false : undefined))
    if (is !== undefined && state !== undefined) put(state, is)
  })
}
