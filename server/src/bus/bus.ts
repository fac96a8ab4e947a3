import type { CommandRecord, CommandRequest, DeviceId, HomeId } from '@eaves/model'
import type { Commander, Commands } from '../commands/commands.ts'
import type { Homes } from '../homes/homes.ts'
import type { Limits } from '../privacy/privacy.ts'

/** A frame's kind and its JSON after the version. */
export type FrameSink = (kind: 'change' | 'device' | 'event', rest: string) => void

/** The way to a home's owner, wherever it runs. On a hub the owner is this process. */
export interface Bus {
  /** Joins a home; `snapshot` (the text of a JSON array of devices) and the frames after it are without gap; limits leave out what they do not show. */
  readonly watch: (
    home: HomeId,
    limits: Limits | undefined,
    sink: FrameSink,
  ) => Promise<{ readonly snapshot: () => string; readonly stop: () => void }>
  /** Asks a home's owner to switch a device. */
  readonly request: (
    home: HomeId,
    device: DeviceId,
    command: CommandRequest,
    by: Commander,
    onStatus?: (record: CommandRecord) => void,
  ) => Promise<CommandRecord>
}

/** The bus of a server that owns all its homes: plain calls. */
export function createLocalBus({
  homes,
  commands,
}: {
  readonly homes: Homes
  readonly commands: Commands
}): Bus {
  return {
    watch: async (home, limits, sink) => homes.watch(home, limits, sink),
    request: (home, device, command, by, onStatus) => commands.submit(home, device, command, by, onStatus),
  }
}
