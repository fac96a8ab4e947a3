import {
  AppError,
  newId,
  type DeviceId,
  type FloorId,
  type HomeId,
  type RoomId,
  type SubjectId,
} from '@eaves/model'
import type { Floor, Room } from '@eaves/model/api'
import type { HomeRuntime } from './runtime.ts'
import {
  deleteFloor,
  deleteRoom,
  insertFloor,
  insertRoom,
  updateFloor,
  updateRoom,
  type FactsDb,
  type HomeFacts,
} from './store.ts'

const mostFloors = 50
const mostRooms = 200

interface Place<I> {
  readonly id: I
  name: string
}
interface RoomPlace extends Place<RoomId> {
  floor: FloorId | null
}
interface PlacesDeps {
  readonly facts: FactsDb
  readonly home: HomeId
  readonly runtime: HomeRuntime
  /** Told, and waited for, before the devices of a room that goes are without it. */
  readonly roomGone: (gone: { readonly room: RoomId; readonly devices: readonly DeviceId[] }) => Promise<void>
}
type FloorEdit = { readonly name?: string | undefined; readonly position?: number | undefined }
type RoomEdit = FloorEdit & { readonly floor?: FloorId | null | undefined }

/** The floors and rooms of one home, in people's order, with their names opened. */
export class Places {
  readonly #deps: PlacesDeps
  /** One change at a time: the order is written as a whole. */
  #turn: Promise<unknown> = Promise.resolve()
  #floors: Place<FloorId>[]
  #rooms: RoomPlace[]

  constructor(deps: PlacesDeps, known: Pick<HomeFacts, 'floors' | 'rooms'>) {
    this.#deps = deps
    this.#floors = known.floors.map(({ id, name }) => ({ id, name }))
    this.#rooms = known.rooms.map(({ id, name, floor }) => ({ id, name, floor }))
  }

  #inOrder<R>(work: () => Promise<R>): Promise<R> {
    const mine = this.#turn.then(work)
    this.#turn = mine.catch(() => undefined)
    return mine
  }

  /** With `seen`, only floors with one of those rooms. */
  floors(seen?: ReadonlySet<RoomId>): Floor[] {
    const floors = seen && new Set(this.rooms(seen).map((room) => room.floor))
    return this.#floors
      .map((each, position) => ({ id: each.id, name: each.name, position }))
      .filter((each) => floors === undefined || floors.has(each.id))
  }

  rooms(seen?: ReadonlySet<RoomId>): Room[] {
    return this.#rooms
      .map((each, position) => ({ id: each.id, name: each.name, floor: each.floor, position }))
      .filter((each) => seen === undefined || seen.has(each.id))
  }

  roomName(id: RoomId): string | undefined {
    return this.#rooms.find((each) => each.id === id)?.name
  }

  addFloor(subject: SubjectId, name: string): Promise<Floor> {
    return this.#inOrder(async () => {
      if (this.#floors.length >= mostFloors)
        throw new AppError('input.conflict', { detail: `A home has at most ${mostFloors} floors.` })
      const floor = { id: newId<FloorId>(), name, position: this.#floors.length }
      await insertFloor(this.#deps.facts, this.#deps.home, subject, floor)
      this.#floors.push({ id: floor.id, name })
      return floor
    })
  }

  addRoom(
    subject: SubjectId,
    wish: { readonly name: string; readonly floor?: FloorId | null | undefined },
  ): Promise<Room> {
    return this.#inOrder(async () => {
      if (this.#rooms.length >= mostRooms)
        throw new AppError('input.conflict', { detail: `A home has at most ${mostRooms} rooms.` })
      const room = {
        id: newId<RoomId>(),
        name: wish.name,
        floor: this.#knownFloor(wish.floor ?? null),
        position: this.#rooms.length,
      }
      await insertRoom(this.#deps.facts, this.#deps.home, subject, room)
      this.#rooms.push({ id: room.id, name: room.name, floor: room.floor })
      return room
    })
  }

  editFloor(subject: SubjectId, id: FloorId, edit: FloorEdit): Promise<void> {
    return this.#inOrder(async () => {
      const floor = found(this.#floors, id)
      const order = moved(this.#floors, floor, edit.position)
      await updateFloor(
        this.#deps.facts,
        this.#deps.home,
        subject,
        { id, name: edit.name },
        edit.position === undefined ? [] : order.map((each) => each.id),
      )
      floor.name = edit.name ?? floor.name
      this.#floors = order
    })
  }

  editRoom(subject: SubjectId, id: RoomId, edit: RoomEdit): Promise<void> {
    return this.#inOrder(async () => {
      const room = found(this.#rooms, id)
      const floor = edit.floor === undefined ? undefined : this.#knownFloor(edit.floor)
      const order = moved(this.#rooms, room, edit.position)
      await updateRoom(
        this.#deps.facts,
        this.#deps.home,
        subject,
        { id, name: edit.name, floor },
        edit.position === undefined ? [] : order.map((each) => each.id),
      )
      room.name = edit.name ?? room.name
      if (floor !== undefined) room.floor = floor
      this.#rooms = order
      if (edit.name !== undefined) this.#touchDevices(id)
    })
  }

  removeFloor(subject: SubjectId, id: FloorId): Promise<void> {
    return this.#inOrder(async () => {
      found(this.#floors, id)
      await deleteFloor(this.#deps.facts, this.#deps.home, subject, id)
      this.#floors = this.#floors.filter((each) => each.id !== id)
      for (const room of this.#rooms) if (room.floor === id) room.floor = null
    })
  }

  removeRoom(subject: SubjectId, id: RoomId): Promise<void> {
    const { facts, home, runtime, roomGone } = this.#deps
    return this.#inOrder(async () => {
      found(this.#rooms, id)
      await deleteRoom(facts, home, subject, id)
      this.#rooms = this.#rooms.filter((each) => each.id !== id)
      const within = [...runtime.devices.values()].filter((each) => each.room === id)
      await roomGone({ room: id, devices: within.map((each) => each.id) })
      runtime.act(() => {
        for (const device of runtime.devices.values()) {
          if (device.room !== id) continue
          device.room = null
          runtime.changed(device)
        }
      })
    })
  }

  /** A room of this home; one of another home does not exist here. */
  knownRoom(id: RoomId | null): RoomId | null {
    if (id !== null && this.roomName(id) === undefined)
      throw new AppError('input.invalid', { errors: [{ path: 'room', code: 'not-found' }] })
    return id
  }

  #knownFloor(id: FloorId | null): FloorId | null {
    if (id !== null && !this.#floors.some((each) => each.id === id))
      throw new AppError('input.invalid', { errors: [{ path: 'floor', code: 'not-found' }] })
    return id
  }

  #touchDevices(room: RoomId): void {
    const { runtime } = this.#deps
    runtime.act(() => {
      for (const device of runtime.devices.values()) if (device.room === room) runtime.touch(device)
    })
  }
}

function found<I, P extends Place<I>>(places: readonly P[], id: I): P {
  const place = places.find((each) => each.id === id)
  if (place === undefined) throw new AppError('auth.not-found')
  return place
}

function moved<P>(places: readonly P[], place: P, position: number | undefined): P[] {
  if (position === undefined) return [...places]
  const rest = places.filter((each) => each !== place)
  return [...rest.slice(0, position), place, ...rest.slice(position)]
}
