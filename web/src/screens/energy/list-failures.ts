import { t } from '@lingui/core/macro'
import type { PriceFailure } from '@eaves/model/api'

type Code = PriceFailure | 'not-https' | 'not-an-address' | 'has-password'
const words: Readonly<Record<Code, () => string>> = {
  'not-https': () => t`The address has to begin with https://.`,
  'not-an-address': () => t`This is no address.`,
  'has-password': () => t`A name and password in an address are not taken.`,
  'not-open-internet': () => t`This address does not lead to the open internet.`,
  unreachable: () => t`Nobody answered safely in time.`,
  denied: () => t`The list is not open to who has this address.`,
  gone: () => t`There is nothing at this address.`,
  'odd-answer': () => t`The answer cannot be used.`,
  'leads-on': () => t`The address leads on too often.`,
  'too-long': () => t`The list is too long.`,
  'no-prices': () => t`What is there is no list of prices of these days.`,
  'too-many-prices': () => t`The list has more than 400 prices.`,
  'odd-prices': () => t`Prices of the list overlap, or hold for no whole quarters of an hour.`,
  'unknown-unit': () => t`The list does not say prices in a currency for one kWh or MWh.`,
  'other-currency': () => t`The list is in another currency than the price here.`,
  'not-by-list': () => t`The price here goes by no list.`,
}
/** Why nothing is read from an address. */
export const listFailure = (code: string): string =>
  words[code as Code]?.() ?? t`This does not fit (${code}).`
