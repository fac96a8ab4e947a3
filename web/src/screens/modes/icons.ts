import { isBuiltInMode, type BuiltInMode } from '@eaves/model'
import type { ModeId } from '@eaves/model/api'
import { DoorOpen, House, Luggage, Moon, Tag } from 'lucide-react'
import type { LucideIcon } from '../../ui/icon.tsx'

const icons: Readonly<Record<BuiltInMode, LucideIcon>> = {
  home: House,
  away: DoorOpen,
  night: Moon,
  vacation: Luggage,
}
export const modeIcon = (mode: ModeId): LucideIcon => (isBuiltInMode(mode) ? icons[mode] : Tag)
