import type { Locale } from '@eaves/model'
import type { Block } from '../../ast.ts'
import { offers, type Offer } from '../offers.ts'

/** What a section says of an offer, with it and without it, in each language. */
export interface Topic {
  readonly on: Readonly<Record<Locale, readonly Block[]>>
  readonly off: Readonly<Record<Locale, readonly Block[]>>
}

/** The words for what is offered now. */
export const said = (offer: Offer, topic: Topic, locale: Locale): readonly Block[] =>
  topic[offers[offer] ? 'on' : 'off'][locale]
