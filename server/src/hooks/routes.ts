import type { HomeId, HookId } from '@eaves/model'
import { hookCall, hookCreate, hookMade, hookView, id } from '@eaves/model/api'
import { z } from 'zod'
import { entry, subjectOf, type Entry } from '../http/entry.ts'
import type { Hooks } from './hooks.ts'

const path = '/api/homes/{home}/hooks'
const homePath = z.strictObject({ home: id })
const hookPath = z.strictObject({ home: id, hook: id })
const secretPath = z.strictObject({ secret: z.string().max(200) })
const maxBytes = 16 * 1024

export function hookRoutes(hooks: Hooks): readonly Entry[] {
  const keep = { kind: 'home', verb: 'hook.manage' } as const
  return [
    entry({
      method: 'get',
      path,
      summary: 'Addresses by which something outside sets off automations; none of them is told',
      access: { kind: 'home', verb: 'automation.read' },
      params: homePath,
      answer: z.array(hookView),
      handle: async ({ params }) => hooks.list(params.home as HomeId),
    }),
    entry({
      method: 'post',
      path,
      summary: 'Make such an address; it is in this answer and nowhere else',
      access: keep,
      params: homePath,
      body: hookCreate,
      answer: hookMade,
      status: 201,
      handle: ({ params, body, caller }) => hooks.make(params.home as HomeId, subjectOf(caller), body.name),
    }),
    entry({
      method: 'delete',
      path: `${path}/{hook}`,
      summary: 'End an address; whoever calls it from now on sets nothing off',
      access: keep,
      params: hookPath,
      handle: ({ params, caller }) =>
        hooks.end(params.home as HomeId, subjectOf(caller), params.hook as HookId),
    }),
    entry({
      method: 'post',
      path: '/api/hooks/{secret}',
      summary: 'Call such an address; the answer is the same whether there is one or not',
      access: {
        kind: 'public',
        beforeClaim: false,
        reason: 'whoever was given the address calls it; it reads nothing and gives no right',
      },
      params: secretPath,
      body: hookCall,
      maxBytes,
      handle: ({ params, body, caller }) => hooks.call(params.secret, body, caller.countedAt),
    }),
  ]
}
