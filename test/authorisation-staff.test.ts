// Catches a route of a hosted service that lets staff see what they are not there for, or lets anybody else to the console.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { staffRoles, type HomeRole } from '@eaves/model'
import { clause, staffVerbs, type ConsoleVerb } from '@eaves/policy'
import { freshProof, freshProofOfStaff, nameOf, runMatrix } from './authorisation-matrix.ts'
import { openWorld, type Caller, type World } from './authorisation-world.ts'
import type { InHouse } from './in-house.ts'
import { hostedIn, work } from './staff-house.ts'

const dir = mkdtempSync(join(tmpdir(), 'eaves-operator-'))

/** One of each kind, one whose proof is old, and one who no longer works there. */
async function callers(inside: InHouse): Promise<() => Promise<readonly Caller[]>> {
  const made = async (name: string, work_: (typeof staffRoles)[number]): Promise<Caller> => ({
    name,
    kind: 'staff',
    work: work_,
    agreed: true,
    roles: new Map<string, HomeRole>(),
    cookie: (await work(inside, name, work_)).cookie(),
  })
  const old: Caller = { ...(await made('privacy with an old proof', 'privacy')), proof: 'old' }
  const gone = await made('staff of before', 'privacy')
  await inside.house.staff!.accounts.remove(gone.name)
  const { work: _gone, ...stranger } = gone
  return async () => [
    ...(await Promise.all(staffRoles.map((role) => made(`${role} staff`, role)))),
    old,
    { ...stranger, kind: 'stranger' },
  ]
}

describe('every entry of a hosted service', () => {
  let world: World
  before(async () => {
    world = await openWorld('sqlite', { env: hostedIn(dir), staff: callers })
  })
  after(async () => {
    await world?.end()
    rmSync(dir, { recursive: true, force: true })
  })

  test('staff and everybody else get what the description says, and a refusal changes nothing', async (t) => {
    clause('pp.5.1')
    const { made, of } = await runMatrix(world, 9)
    t.diagnostic(
      `${made} of ${of} cells: ${world.callers.length} callers, ${world.house.entries.length} entries`,
    )
    assert.ok(of > 6000 && made > of / 20)
    // Of staff, and of everybody at the console, every cell.
    const theirs = world.callers.filter(({ kind, name }) => kind === 'staff' || name === 'staff of before')
    assert.equal(theirs.length, 5)
    await runMatrix({ ...world, callers: [...theirs, owner(world)] }, 2)
    const console = world.house.entries.filter(({ access }) => access.kind === 'staff')
    assert.ok(console.length > 4)
    await runMatrix({ ...world, house: Object.create(world.house, { entries: { value: console } }) }, 1)
  })

  test('with one right too many the matrix fails', async () => {
    const support = staffVerbs.get('support') as Set<ConsoleVerb>
    support.add('queue.read')
    try {
      const theirs = world.callers.filter(({ work }) => work === 'support')
      await assert.rejects(
        runMatrix({ ...world, callers: [...theirs, owner(world)] }, 1),
        /support staff: get \/api\/operator\/requests[\s\S]*200 !== 403/,
      )
    } finally {
      support.delete('queue.read')
    }
  })

  test('exactly the weighty acts take a fresh proof', () => {
    const asking = world.house.entries.filter(({ access }) => access.kind !== 'public' && access.stepUp)
    assert.deepEqual(asking.map(nameOf).toSorted(), [...freshProof, ...freshProofOfStaff].toSorted())
  })
})

const owner = ({ callers: all }: World) => all.find(({ name }) => name === 'owner')!
