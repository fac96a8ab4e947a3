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
export function blueprintEntries({ blueprints }: Pick<Written, 'blueprints'>): Entry[] {
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
      handle: ({ params: { home }, body, caller }) =>
        blueprints.preview(home as HomeId, subjectOf(caller), body),
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
      handle: ({ params: { home }, body }) => blueprints.write(home as HomeId, body),
    }),
  ]
}
