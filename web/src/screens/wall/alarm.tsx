import { useAlarm } from '../../data/alarm.ts'
import { Stand } from '../alarm/stand.tsx'

/** The alarm on the wall: it is armed by a touch and disarmed by a code. Where none is set up nothing stands there. */
export function WallAlarm({ home }: { readonly home: string }) {
  const view = useAlarm(home).data
  if (!view || (view.state === 'disarmed' && view.modes.every(({ isSetUp }) => !isSetUp))) return null
  return <Stand home={home} view={view} />
}
