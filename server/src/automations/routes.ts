import { AppError, type AutomationId, type HomeId, type OperatingRole, type RunId } from '@eaves/model'
import {
  automationCheck,
  automationChecked,
  automationEdit,
  automationMadeChecked,
  automationReplay,
  automationSwitch,
  automationTry,
  automationVersionView,
  automationView,
  automationViewChecked,
  automationWrite,
  dryRunView,
  id,
  replayView,
  runsQuery,
  runView,
  stepTried,
  stepTry,
  type AutomationView,
  type AutomationViewChecked,
} from '@eaves/model/api'
import { z } from 'zod'
import { entry, subjectOf, type Caller, type Entry } from '../http/entry.ts'
import { may } from '../privacy/privacy.ts'
import type { Automations, Tried } from './automations.ts'
import { blueprintEntries } from './blueprint-routes.ts'
import { mayCallOut } from './call-out.ts'
import { callsOut, withoutAddresses } from './call-out-shown.ts'
import { textEntries } from './text-routes.ts'

export interface AutomationRoutesDeps {
  readonly automations: Automations
  readonly role: OperatingRole
}
const homePath = z.strictObject({ home: id })
const onePath = z.strictObject({ home: id, automation: id })
const versionPath = z.strictObject({ home: id, automation: id, n: z.string().regex(/^[1-9]\d{0,8}$/) })
const runPath = z.strictObject({ home: id, automation: id, run: id })
const path = '/api/homes/{home}/automations'
const read = { kind: 'home', verb: 'automation.read' } as const
const edit = { kind: 'home', verb: 'automation.edit' } as const
const usualLimit = 20
const one = (params: { readonly home: string; readonly automation: string }) =>
  [params.home as HomeId, params.automation as AutomationId] as const

/** What a home does by itself, as people arrange it. */
export function automationRoutes(deps: AutomationRoutesDeps): readonly Entry[] {
  // YAML is a large library, and few requests need it.
  const written = async () => (await import('./written.ts')).writtenOf(deps.automations)
  return [
    ...trials(deps),
    ...textEntries(written, {
      demandCommand: (...all) => demandCommand(deps, ...all),
      mayCall: ({ principal }, home) => mayCallOut(deps.role, principal, home),
    }),
    ...blueprintEntries(written),
    ...lists(deps),
    ...changes(deps),
    ...past(deps),
  ]
}

/** An automation acts with all that its author may, so a token makes one only if it may send commands itself. // pp.5.1 */
function demandCommand({ role }: AutomationRoutesDeps, { principal }: Caller, home: string): void {
  const resource = { kind: 'home', home: home as HomeId, safety: 'comfort' } as const
  if (!may(principal, 'device.command', resource, { operatingRole: role }).allow)
    throw new AppError('auth.forbidden')
}

/** A token makes one that calls an address only if it may let the home do so; of people that is asked where the call stands. // pp.5.1 */
function demandCalls(
  { role }: AutomationRoutesDeps,
  { principal }: Caller,
  home: HomeId,
  { actions }: Pick<AutomationView, 'actions'>,
): void {
  if (principal.kind === 'token' && callsOut(actions) && !mayCallOut(role, principal, home))
    throw new AppError('auth.forbidden')
}

/** As whoever asks may read it. */
const shownTo =
  ({ role }: AutomationRoutesDeps, { principal }: Caller, home: string) =>
  <B extends Pick<AutomationView, 'actions'>>(body: B): B =>
    mayCallOut(role, principal, home as HomeId) ? body : withoutAddresses(body)

const checked = async (
  deps: AutomationRoutesDeps,
  saved: AutomationView,
  home: HomeId,
  caller: Caller,
): Promise<AutomationViewChecked> => ({
  ...shownTo(deps, caller, home)(saved),
  checks: [...(await deps.automations.checks(home, subjectOf(caller), { id: saved.id }))],
})

function lists(deps: AutomationRoutesDeps): Entry[] {
  const { automations } = deps
  return [
    entry({
      method: 'get',
      path,
      summary: 'What the home does by itself',
      access: read,
      params: homePath,
      answer: z.array(automationView),
      handle: async ({ params, caller }) =>
        (await automations.list(params.home as HomeId)).map(shownTo(deps, caller, params.home)),
    }),
    entry({
      method: 'post',
      path,
      summary: 'Write an automation; it acts with the rights of whoever wrote it',
      access: edit,
      params: homePath,
      body: automationWrite,
      answer: automationMadeChecked,
      status: 201,
      handle: async ({ params, body, caller }) => {
        demandCommand(deps, caller, params.home)
        const { enabled = true, ...written } = body
        const [home, subject] = [params.home as HomeId, subjectOf(caller)]
        demandCalls(deps, caller, home, written)
        const made = await automations.create(home, subject, written, enabled)
        return { id: made, checks: [...(await automations.checks(home, subject, { id: made }))] }
      },
    }),
    entry({
      method: 'get',
      path: `${path}/{automation}`,
      summary: 'One automation',
      access: read,
      params: onePath,
      answer: automationView,
      handle: async ({ params, caller }) =>
        shownTo(deps, caller, params.home)(await automations.get(...one(params))),
    }),
  ]
}

function changes(deps: AutomationRoutesDeps): Entry[] {
  const { automations } = deps
  return [
    entry({
      method: 'put',
      path: `${path}/{automation}`,
      summary: 'Write an automation anew; the version is the one that was read',
      access: edit,
      params: onePath,
      body: automationEdit,
      answer: automationViewChecked,
      handle: async ({ params, body, caller }) => {
        demandCommand(deps, caller, params.home)
        const { version, ...written } = body
        const [home, automation] = one(params)
        demandCalls(deps, caller, home, written)
        const saved = await automations.edit(home, subjectOf(caller), automation, written, version)
        return checked(deps, saved, home, caller)
      },
    }),
    entry({
      method: 'put',
      path: `${path}/{automation}/enabled`,
      summary: 'Switch an automation on or off',
      access: edit,
      params: onePath,
      body: automationSwitch,
      answer: automationView,
      handle: async ({ params, body, caller }) => {
        demandCommand(deps, caller, params.home)
        const [home, automation] = one(params)
        const before = await automations.get(home, automation)
        if (body.enabled) demandCalls(deps, caller, home, before)
        const view = await automations.switch(home, subjectOf(caller), automation, body.enabled)
        return shownTo(deps, caller, home)(view)
      },
    }),
    entry({
      method: 'delete',
      path: `${path}/{automation}`,
      summary: 'Delete an automation, with how it read before and what its runs did',
      access: edit,
      params: onePath,
      handle: ({ params, caller }) => {
        const [home, automation] = one(params)
        return automations.remove(home, subjectOf(caller), automation)
      },
    }),
    entry({
      method: 'post',
      path: `${path}/{automation}/run`,
      summary: 'Run an automation now, past its triggers and not past its conditions',
      access: edit,
      params: onePath,
      answer: runView,
      status: 202,
      handle: async ({ params, caller }) => {
        demandCommand(deps, caller, params.home)
        return automations.runNow(...one(params))
      },
    }),
  ]
}

/** What it would do and what it would have done: both are part of writing one, and of nothing that reads. */
function trials(deps: AutomationRoutesDeps): Entry[] {
  const { automations } = deps
  return [
    entry({
      method: 'post',
      path: `${path}/check`,
      summary: 'What is wrong, doubtful or dangerous in an automation, among all others of the home',
      access: edit,
      params: homePath,
      body: automationCheck,
      answer: automationChecked,
      status: 200,
      handle: async ({ params, body, caller }) => ({
        checks: [...(await automations.checks(params.home as HomeId, subjectOf(caller), body as Tried))],
      }),
    }),
    entry({
      method: 'post',
      path: `${path}/dry-run`,
      summary: 'What an automation would do now; nobody receives anything',
      access: edit,
      params: homePath,
      body: automationTry,
      answer: dryRunView,
      status: 200,
      handle: async ({ params, body, caller }) =>
        automations.dryRun(params.home as HomeId, subjectOf(caller), body as Tried),
    }),
    entry({
      method: 'post',
      path: `${path}/step`,
      summary: 'Do one step now, as whoever asks and with their own rights; notices go to them alone',
      access: edit,
      params: homePath,
      body: stepTry,
      answer: stepTried,
      status: 200,
      handle: ({ params, body, caller }) => {
        demandCommand(deps, caller, params.home) // pp.5.1
        return automations.tryStep(params.home as HomeId, caller, body)
      },
    }),
    entry({
      method: 'post',
      path: `${path}/replay`,
      summary: 'How often an automation would have run over the past days, and what each run would have done',
      access: edit,
      params: homePath,
      body: automationReplay,
      answer: replayView,
      status: 200,
      handle: ({ params, body, caller }) => {
        const home = params.home as HomeId
        const { days, ...tried } = body
        const resource = { kind: 'home', home } as const
        if (!may(caller.principal, 'history.read', resource, { operatingRole: deps.role }).allow)
          throw new AppError('auth.forbidden') // pp.5.1
        return automations.replay(home, subjectOf(caller), days, tried)
      },
    }),
  ]
}

function past(deps: AutomationRoutesDeps): Entry[] {
  const { automations } = deps
  return [
    entry({
      method: 'get',
      path: `${path}/{automation}/runs`,
      summary: 'What its runs did, newest first, each step by step',
      access: read,
      params: onePath,
      query: runsQuery,
      answer: z.array(runView),
      handle: ({ params, query, caller }) => {
        const [home, automation] = one(params)
        const limit = query.limit === undefined ? usualLimit : Number(query.limit)
        return automations.runs(home, subjectOf(caller), automation, limit)
      },
    }),
    entry({
      method: 'get',
      path: `${path}/{automation}/runs/{run}`,
      summary: 'What one run did, step by step, while it is kept',
      access: read,
      params: runPath,
      answer: runView,
      handle: ({ params, caller }) => {
        const [home, automation] = one(params)
        return automations.run(home, subjectOf(caller), automation, params.run as RunId)
      },
    }),
    entry({
      method: 'get',
      path: `${path}/{automation}/versions`,
      summary: 'How it read at each save, newest first',
      access: read,
      params: onePath,
      answer: z.array(automationVersionView),
      handle: async ({ params, caller }) => {
        const [home, automation] = one(params)
        const all = await automations.versions(home, subjectOf(caller), automation)
        return all.map(shownTo(deps, caller, home))
      },
    }),
    entry({
      method: 'post',
      path: `${path}/{automation}/versions/{n}/revert`,
      summary: 'Make it read again as it did; a new version',
      access: edit,
      params: versionPath,
      answer: automationViewChecked,
      handle: async ({ params, caller }) => {
        demandCommand(deps, caller, params.home)
        const [home, automation] = one(params)
        const n = Number(params.n)
        const all = await automations.versions(home, subjectOf(caller), automation)
        for (const each of all) if (each.version === n) demandCalls(deps, caller, home, each)
        const saved = await automations.revert(home, subjectOf(caller), automation, n)
        return checked(deps, saved, home, caller)
      },
    }),
  ]
}
