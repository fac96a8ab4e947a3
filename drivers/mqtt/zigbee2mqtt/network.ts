import type { DialectDeps } from '../dialect.ts'
import type { Offer, Source } from '../roster.ts'
import type { ActTarget } from './acts.ts'
import { createAsker } from './asker.ts'
import type { Listed } from './devices.ts'
import { actionReader, deviceEntity, groupEntity, stateReader, writeSet, type Entity } from './entity.ts'
import { discoveredAs, type ListedGroup } from './groups.ts'
import type { JoiningTracker } from './joining.ts'
import { readLists, type Lists } from './lists.ts'
import { stateOf, type Status } from './status.ts'

const mostFolders = 50

export interface NetworkDeps extends DialectDeps {
  readonly base: string
  readonly source: Source
  readonly status: Status
  readonly joining: JoiningTracker
}
/** The devices and groups of one Zigbee2MQTT. */
export interface Network {
  readonly takeDevices: (payload: Buffer) => void
  readonly takeGroups: (payload: Buffer) => void
  readonly has: (id: string) => boolean
  /** It has come to this network just now: if another one lists it too, that is its past. */
  readonly arrived: (id: string) => void
  /** Tells everyone's reachability anew. */
  readonly reachAll: () => void
  readonly namesDevice: (text: string) => boolean
  readonly target: (id: string) => ActTarget | undefined
  readonly filters: () => readonly string[]
  readonly linked: () => void
  readonly close: () => void
}

/** Old networks have devices that work though their interview never ended: those whose model is known wait for nothing. */
function isOnItsWay({ interview, described }: Listed, isUnderWay: boolean): boolean {
  if (interview === 'running') return true
  if (interview === 'waiting') return isUnderWay || !described.supported
  return interview === 'unclear' && isUnderWay
}

export function openNetwork(deps: NetworkDeps): Network {
  const { base, context, topics, roster, source, status, joining } = deps
  const known = new Map<string, Entity>()
  const watched = new Map<string, { readonly name: string; readonly end: () => void }>()
  const groupsOf = new Map<string, string[]>()
  let folders: ReadonlySet<string> = new Set()
  let isFirst = true
  let isClosed = false
  let turn = 0

  const isOnline = (entity: Entity): boolean => {
    if (!status.isOnline() || entity.isDisabled) return false
    if (entity.members === undefined) return status.isWatching() === false || entity.said !== false
    const members = entity.members.flatMap((id) => known.get(id) ?? [])
    return members.length === 0 || members.some(isOnline)
  }
  const reach = (entity: Entity): void => {
    if (roster.isActive(source, entity.id))
      roster.handle(entity.id)?.reachable(deps.isLinked() && isOnline(entity))
  }
  const lists = readLists(context, (now) => prepare(now))
  const asker = createAsker(base, deps, (id) => known.get(id))

  /** What is announced can be heard: names with folders need filters of their own first. */
  const prepare = (lists: Lists): void => {
    const names = [
      ...[...lists.devices.values()].map((one) => one.described.name),
      ...lists.groups.map((group) => group.name),
    ]
    const wanted = new Set(
      names.flatMap((name) => (name.includes('/') ? [name.slice(0, name.lastIndexOf('/'))] : [])),
    )
    const isCovered = [...wanted].every((folder) => folders.has(folder))
    folders = wanted
    const mine = ++turn
    if (isCovered) return apply(lists)
    void deps.listening().then(() => {
      if (mine === turn && !isClosed) apply(lists)
    })
  }
  const apply = ({ devices, groups }: Lists): void => {
    // What is gone makes room for what is new.
    const listed = new Set([...devices.keys(), ...groups.map(groupId)])
    for (const id of known.keys()) if (!listed.has(id)) drop(id)
    for (const one of devices.values()) applyDevice(one)
    groupsOf.clear()
    for (const group of groups) applyGroup(group)
    isFirst = false
    deps.changed()
    asker.run()
  }
  const groupId = ({ number }: ListedGroup): string => `group:${base}:${number}`
  const applyDevice = (one: Listed): void => {
    const id = one.described.ieee
    const old = known.get(id)
    const { interview } = one
    const isComing = isOnItsWay(one, joining.isUnderWay(id))
    if (isComing && old === undefined) return joining.listed(one)
    if (!isComing) joining.settled(one, interview === 'done' ? 'ready' : 'failed')
    const print = `${one.print} ${isComing}`
    if (old?.print === print) return
    const entity = deviceEntity(base, isComing ? { ...one, interview: 'running' } : one, print, old)
    known.set(id, entity)
    watch(id, entity.name)
    roster.offer(source, offerOf(entity))
    if (old === undefined && !isFirst) roster.prefer(source, id)
  }
  const applyGroup = (group: ListedGroup): void => {
    const id = groupId(group)
    const members = group.members.flatMap((member) => known.get(member) ?? [])
    for (const member of members) {
      const list = groupsOf.get(member.id)
      if (list === undefined) groupsOf.set(member.id, [id])
      else list.push(id)
    }
    const print = JSON.stringify([group.name, members.map((member) => [member.id, member.print])])
    const old = known.get(id)
    if (old?.print === print) return
    const described = members.flatMap((member) => member.described ?? [])
    const own = { ...group, members: members.map((member) => member.id) }
    const entity = groupEntity(base, id, own, described, print, old)
    known.set(id, entity)
    roster.offer(source, { ...offerOf(entity), alias: discoveredAs(base, group.number) })
  }
  /** Availability is followed for as long as the device is listed, also while another network has it. */
  const watch = (id: string, name: string): void => {
    const old = watched.get(id)
    if (old?.name === name) return
    old?.end()
    const end = topics.add(`${base}/${name}/availability`, (message) => {
      const entity = known.get(id)
      const is = stateOf(message)
      if (entity !== undefined && is !== undefined) onAvailability(entity, is)
    })
    watched.set(id, { name, end })
  }
  const drop = (id: string): void => {
    known.delete(id)
    watched.get(id)?.end()
    watched.delete(id)
    roster.withdraw(source, id)
  }
  const onAvailability = (entity: Entity, is: boolean): void => {
    entity.said = is
    reach(entity)
    roster.settle(entity.id)
    for (const id of groupsOf.get(entity.id) ?? []) {
      const group = known.get(id)
      if (group !== undefined) reach(group)
    }
  }
  const offerOf = (entity: Entity): Offer => ({
    shape: entity.mapped.shape,
    targets: entity.mapped.targets,
    isOnline: () => isOnline(entity),
    isHere: () => status.isOnline() && entity.said === true,
    isAway: () => status.isOnline() && status.isWatching() !== false && entity.said === false,
    write: (command) => [writeSet(base, entity, command)],
    attach: (handle) => {
      const readAction = actionReader(entity, handle)
      const ends = [
        topics.add(`${base}/${entity.name}`, stateReader(entity, handle, context)),
        ...(readAction === undefined ? [] : [topics.add(`${base}/${entity.name}/action`, readAction)]),
      ]
      asker.want(entity)
      return () => ends.forEach((end) => end())
    },
  })
  const targetOf = (id: string): ActTarget | undefined => {
    const entity = known.get(id)
    if (entity === undefined || !roster.isActive(source, id)) return undefined
    if (entity.members === undefined) return { kind: 'device', address: entity.address }
    const addressOf = (member: string): string | undefined => {
      const device = known.get(member)
      return device?.members === undefined ? device?.address : undefined
    }
    return { kind: 'group', name: entity.name, members: entity.members, addressOf }
  }
  return {
    takeDevices: lists.takeDevices,
    takeGroups: lists.takeGroups,
    has: (id) => known.has(id),
    arrived: (id) => roster.prefer(source, id),
    reachAll: () => known.forEach(reach),
    namesDevice: (text) =>
      /0x[0-9a-f]{16}/i.test(text) || [...known.values()].some(({ name }) => text.includes(`'${name}`)),
    target: targetOf,
    filters: () =>
      folders.size > mostFolders
        ? [`${base}/#`]
        : ['', ...[...folders].map((folder) => `${folder}/`)].flatMap((folder) => [
            `${base}/${folder}+`,
            `${base}/${folder}+/availability`,
            `${base}/${folder}+/action`,
          ]),
    linked: asker.linked,
    close: () => {
      isClosed = true
      lists.close()
      asker.close()
    },
  }
}
