import type { HomeId } from '@eaves/model'
import {
  automationExport,
  automationExportQuery,
  automationText,
  automationTextPreview,
  automationTextRead,
  automationTextSave,
  automationTextSaved,
  id,
} from '@eaves/model/api'
import { z } from 'zod'
import { entry, subjectOf, type Caller, type Entry } from '../http/entry.ts'
import type { Written } from './written.ts'

const path = '/api/homes/{home}/automations'
const params = z.strictObject({ home: id })
const edit = { kind: 'home', verb: 'automation.edit' } as const
/** A text of the longest kind, as JSON may write it. */
const maxBytes = 2_000_000

/** What is asked of whoever reads a text or brings it in. */
export interface TextAsks {
  readonly demandCommand: (caller: Caller, home: string) => void
  readonly mayCall: (caller: Caller, home: HomeId) => boolean
}

/** Automations as YAML or JSON: to read, to keep, to bring in. */
export function textEntries(written: () => Promise<Written>, { demandCommand, mayCall }: TextAsks): Entry[] {
  return [
    entry({
      method: 'get',
      path: `${path}/export`,
      summary: 'Automations as a text, with the names of what they name',
      access: { kind: 'home', verb: 'automation.read' },
      params,
      query: automationExportQuery,
      answer: automationText,
      handle: async ({ params: { home }, query, caller }) => ({
        text: await (await written()).texts.write(home as HomeId, query, mayCall(caller, home as HomeId)),
      }),
    }),
    entry({
      method: 'post',
      path: `${path}/export`,
      summary: 'An automation that is still being written, as a text',
      access: edit,
      params,
      body: automationExport,
      answer: automationText,
      status: 200,
      handle: async ({ params: { home }, body }) => ({
        text: await (await written()).texts.write(home as HomeId, body, true),
      }),
    }),
    entry({
      method: 'post',
      path: `${path}/import/preview`,
      summary: 'What bringing in a text would do: what is new, what changes, what is wrong and at which line',
      access: edit,
      params,
      body: automationTextRead,
      answer: automationTextPreview,
      status: 200,
      maxBytes,
      handle: async ({ params: { home }, body, caller }) =>
        (await written()).texts.preview(home as HomeId, subjectOf(caller), body.text),
    }),
    entry({
      method: 'post',
      path: `${path}/import`,
      summary: 'Bring in automations from a text; all of them or none, unless what is faulty may be left out',
      access: edit,
      params,
      body: automationTextSave,
      answer: automationTextSaved,
      status: 200,
      maxBytes,
      handle: async ({ params: { home }, body, caller }) => {
        demandCommand(caller, home)
        return (await written()).texts.save(
          home as HomeId,
          subjectOf(caller),
          body.text,
          body.leaveFaulty === true,
          mayCall(caller, home as HomeId),
        )
      },
    }),
  ]
}
