import { numberField, round, toNumber } from '../payload.ts'
import type { Worth } from '../template/template.ts'
import { scaleOf } from '../units.ts'
import type { Limits } from '@eaves/driver-kit'
import type { Convert, Entity } from './entity.ts'

/** How an entity's temperatures become ours and back. */
export interface Thermal {
  readonly toCelsius: (value: Worth) => number | undefined
  readonly fromCelsius: (celsius: number) => number
  /** `min_temp`, `max_temp` and `temp_step` in our unit. */
  readonly limits: (lowest: number, highest: number) => Limits
}

export function thermalOf(entity: Entity): Thermal {
  const isFahrenheit = (entity.text('temperature_unit') ?? 'C').toUpperCase() === 'F'
  const scale = scaleOf(isFahrenheit ? '°F' : '°C', 'celsius')!
  const told = numberField(entity.config, 'precision')
  const precision = told !== undefined && told > 0 ? told : isFahrenheit ? 1 : 0.1
  const toCelsius: Convert = (value) => {
    const number = toNumber(value)
    return number === undefined ? undefined : isFahrenheit ? round(scale.toOurs(number), 2) : number
  }
  const celsius = toCelsius as (value: Worth) => number | undefined
  return {
    toCelsius: celsius,
    fromCelsius: (value) =>
      isFahrenheit ? round(Math.round(scale.toTheirs(value) / precision) * precision, 2) : round(value, 2),
    limits: (lowest, highest) => {
      const min = numberField(entity.config, 'min_temp')
      const max = numberField(entity.config, 'max_temp')
      const step = numberField(entity.config, 'temp_step')
      return {
        min: celsius(min) ?? lowest,
        max: celsius(max) ?? highest,
        ...(step === undefined || step <= 0
          ? {}
          : { step: isFahrenheit ? round(step * scale.factor, 3) : step }),
      }
    },
  }
}
