import { aboutHome } from './about-home.ts'
import { agreementFirst } from './agreement-first.ts'
import { basisByRegion } from './basis-by-region.ts'
import type { PromiseCases } from './case.ts'
import { deviceLabel } from './device-label.ts'
import { locksAndCameras } from './locks-and-cameras.ts'
import { minors } from './minors.ts'
import { onlyStatedPurposes } from './only-stated-purposes.ts'
import { ownHomeOnly } from './own-home-only.ts'
import { refuseAndLimit } from './refuse-and-limit.ts'
import { searchesOff } from './searches.ts'
import { staffWithACase } from './staff.ts'
import { tokens } from './tokens.ts'
import { twoVerdicts } from './two-verdicts.ts'

export const promises: readonly PromiseCases[] = [
  agreementFirst,
  aboutHome,
  ownHomeOnly,
  locksAndCameras,
  tokens,
  deviceLabel,
  searchesOff,
  onlyStatedPurposes,
  basisByRegion,
  refuseAndLimit,
  minors,
  twoVerdicts,
  staffWithACase,
]
