import type { HomeId } from '@eaves/model'
import { blueprintPreview, blueprintRead, blueprintWrite, blueprintWritten, id } from '@eaves/model/api'
import { z } from 'zod'
import { entry, subjectOf, type Entry } from '../http/entry.ts'
import type { Written } from './written.ts'

const path = '/api/homes/{home}/automations/blueprint'
const params = z.strictObject({ home: id })
const edit = { kind: 'home', verb: 'automation.edit' } as const
/** A text of the longest kind, as JSON may write it. */
const maxBytes = 2_000_000

/** Blueprints in and out. What is made of one is saved as any other automation is, by whoever may. */
export function blueprintEntries(written: () => Promise<Written>): Entry[] {
  return [
    entry({
      method: 'post',
      path: `${path}/preview`,
      summary:
        'What a blueprint asks for, and the automation that would be made with these values; nothing is saved',
      access: edit,
      params,
      body: blueprintRead,
      answer: blueprintPreview,
      status: 200,
      maxBytes,
      handle: async ({ params: { home }, body, caller }) =>
        (await written()).blueprints.preview(home as HomeId, subjectOf(caller), body),
    }),
    entry({
      method: 'post',
      path: `${path}/export`,
      summary: 'An automation as a blueprint: what is of this home is asked for and does not stand in it',
      access: edit,
      params,
      body: blueprintWrite,
      answer: blueprintWritten,
      status: 200,
      handle: async ({ params: { home }, body }) => (await written()).blueprints.write(home as HomeId, body),
    }),
  ]
}
