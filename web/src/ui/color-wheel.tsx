import { t } from '@lingui/core/macro'
import { useState } from 'react'
import { ColorSlider } from 'react-aria-components/ColorSlider'
import { ColorThumb } from 'react-aria-components/ColorThumb'
import { ColorWheel, ColorWheelTrack } from 'react-aria-components/ColorWheel'
import { parseColor, type Color } from 'react-aria-components/ColorPicker'
import { SliderTrack } from 'react-aria-components/Slider'

export interface HueSaturation {
  /** Degrees. */
  readonly hue: number
  /** Percent. */
  readonly saturation: number
}
const thumb =
  'size-8 rounded-pill border-[3px] border-white shadow-[0_0_0_1px_rgb(0_0_0/.4)] focus-visible:outline-2 focus-visible:outline-offset-2 focus-visible:outline-accent'
const read = (color: Color): HueSaturation => ({
  hue: Math.round(color.getChannelValue('hue')) % 360,
  saturation: Math.round(color.getChannelValue('saturation')),
})

/** Hue as a ring, saturation as a bar; heavy, so it lives in a chunk of its own. */
export function ColorControls({
  value,
  onChange,
  disabled,
}: {
  readonly value: HueSaturation
  readonly onChange: (value: HueSaturation) => void
  readonly disabled?: boolean
}) {
  const [held, setHeld] = useState<Color>()
  const color = held ?? parseColor(`hsb(${value.hue}, ${value.saturation}%, 100%)`)
  const change = (next: Color): void => {
    setHeld(next)
    onChange(read(next))
  }
  const props = {
    value: color,
    onChange: change,
    onChangeEnd: () => setHeld(undefined),
    isDisabled: disabled ?? false,
  }
  return (
    <div className="grid justify-items-center gap-5">
      <ColorWheel {...props} aria-label={t`Hue`} outerRadius={108} innerRadius={78}>
        <ColorWheelTrack data-swatch />
        <ColorThumb data-swatch className={thumb} />
      </ColorWheel>
      <ColorSlider {...props} channel="saturation" aria-label={t`Saturation`} className="w-full max-w-72">
        <SliderTrack data-swatch className="h-11 w-full rounded-control">
          <ColorThumb data-swatch className={`top-1/2! ${thumb}`} />
        </SliderTrack>
      </ColorSlider>
    </div>
  )
}
