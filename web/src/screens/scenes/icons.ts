import type { SceneIcon } from '@eaves/model'
import {
  Armchair,
  BedDouble,
  BookOpen,
  Briefcase,
  DoorOpen,
  Film,
  Flame,
  House,
  Leaf,
  Moon,
  PartyPopper,
  Sparkles,
  Sun,
  Sunrise,
  Sunset,
  Utensils,
} from 'lucide-react'
import { t } from '@lingui/core/macro'
import type { LucideIcon } from '../../ui/icon.tsx'

export const sceneIcon: Readonly<Record<SceneIcon, LucideIcon>> = {
  sparkles: Sparkles,
  sun: Sun,
  sunrise: Sunrise,
  sunset: Sunset,
  moon: Moon,
  bed: BedDouble,
  sofa: Armchair,
  film: Film,
  book: BookOpen,
  utensils: Utensils,
  party: PartyPopper,
  work: Briefcase,
  leave: DoorOpen,
  arrive: House,
  flame: Flame,
  leaf: Leaf,
}
/** What an icon stands for, for those who hear it. */
export const sceneIconName = (icon: SceneIcon): string =>
  ({
    sparkles: t`Sparkles`,
    sun: t`Sun`,
    sunrise: t`Sunrise`,
    sunset: t`Sunset`,
    moon: t`Moon`,
    bed: t`Bed`,
    sofa: t`Sofa`,
    film: t`Film`,
    book: t`Book`,
    utensils: t`Meal`,
    party: t`Party`,
    work: t`Work`,
    leave: t`Going out`,
    arrive: t`Coming home`,
    flame: t`Fire`,
    leaf: t`Leaf`,
  })[icon]
