import { paragraph } from '../ast.ts'
import { agreementEn21, privacyEn21, summaryEn21 } from '../2.1/en.ts'
import { after, blocksOf } from './build.ts'

export const agreementEn22 = after(agreementEn21, {})

export const privacyEn22 = after(privacyEn21, {
  'device-information': [
    ...blocksOf(privacyEn21, 'device-information'),
    paragraph(
      'What a home is to do by itself: scenes and automations that its people write stay with the home, encrypted, with their earlier versions. Each time an automation runs, the app keeps what set it off, which conditions held and what became of each step, so that people of the home can see why something happened. An automation acts with the rights that whoever wrote it has at that moment, and stops when they leave. It reads devices, the time and the home; it does not judge people.',
    ),
  ],
})

export const summaryEn22 = summaryEn21
