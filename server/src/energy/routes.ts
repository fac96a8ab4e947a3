import type { CorrectionId, HomeId, MeterId } from '@eaves/model'
import {
  correctionCreate,
  correctionTakeBack,
  correctionView,
  energyFlow,
  energyInsights,
  energyPrices,
  energyQuery,
  energyReport,
  id,
  meterCandidates,
  meterCreate,
  meterEdit,
  meterView,
  priceListAddress,
  priceListView,
} from '@eaves/model/api'
import { z } from 'zod'
import { entry, subjectOf, type Entry } from '../http/entry.ts'
import type { Energy } from './energy.ts'
import type { PriceLists } from './price-lists.ts'

const path = '/api/homes/{home}/energy'
const homePath = z.strictObject({ home: id })
const meterPath = z.strictObject({ home: id, meter: id })
const correctionPath = z.strictObject({ home: id, meter: id, correction: id })
/** Two hundred tariffs with all their windows. */
const maxBytes = 1024 * 1024

export function energyRoutes({
  energy,
  priceLists,
}: {
  readonly energy: Energy
  readonly priceLists: PriceLists
}): readonly Entry[] {
  return [...reading(energy), ...editing(energy, priceLists), ...correcting(energy), ...listing(priceLists)]
}

function reading(energy: Energy): Entry[] {
  const access = { kind: 'home', verb: 'energy.read' } as const
  return [
    entry({
      method: 'get',
      path,
      summary: 'What a home used, by meter and by device, and what it cost, by hour, day or month',
      access,
      params: homePath,
      query: energyQuery,
      answer: energyReport,
      handle: async ({ params, query, caller }) =>
        energy.report(params.home as HomeId, subjectOf(caller), query),
    }),
    entry({
      method: 'get',
      path: `${path}/flow`,
      summary: 'What flows at this moment between grid, sun, battery and house',
      access,
      params: homePath,
      answer: energyFlow,
      handle: async ({ params }) => energy.flow(params.home as HomeId),
    }),
    entry({
      method: 'get',
      path: `${path}/prices`,
      summary: 'What a kWh out of the grid costs now, and today and tomorrow as far as it is known',
      access,
      params: homePath,
      answer: energyPrices,
      handle: async ({ params }) => energy.prices(params.home as HomeId),
    }),
    entry({
      method: 'get',
      path: `${path}/insights`,
      summary: 'What stands out in the last weeks, with the numbers behind it',
      access,
      params: homePath,
      answer: energyInsights,
      handle: async ({ params, caller }) => energy.insights(params.home as HomeId, subjectOf(caller)),
    }),
    entry({
      method: 'get',
      path: `${path}/meters`,
      summary: 'The meters of a home, with their tariffs',
      access,
      params: homePath,
      answer: z.array(meterView),
      handle: async ({ params }) => energy.meters(params.home as HomeId),
    }),
    entry({
      method: 'get',
      path: `${path}/values`,
      summary: 'Every value of a home that a meter could read',
      access,
      params: homePath,
      answer: meterCandidates,
      handle: async ({ params }) => energy.candidates(params.home as HomeId),
    }),
  ]
}

function editing(energy: Energy, priceLists: PriceLists): Entry[] {
  const access = { kind: 'home', verb: 'energy.edit' } as const
  return [
    entry({
      method: 'post',
      path: `${path}/meters`,
      summary: 'Name a value as a meter of the home',
      access,
      params: homePath,
      body: meterCreate,
      answer: meterView,
      status: 201,
      maxBytes,
      handle: async ({ params, body, caller }) => energy.add(params.home as HomeId, subjectOf(caller), body),
    }),
    entry({
      method: 'patch',
      path: `${path}/meters/{meter}`,
      summary: 'Change a meter: its name, what it reads, when it was swapped, what it costs',
      access,
      params: meterPath,
      body: meterEdit,
      answer: meterView,
      maxBytes,
      handle: async ({ params, body, caller }) => {
        const [home, meter] = [params.home as HomeId, params.meter as MeterId]
        const view = await energy.edit(home, subjectOf(caller), meter, body)
        await priceLists.changed(home, meter)
        return view
      },
    }),
    entry({
      method: 'delete',
      path: `${path}/meters/{meter}`,
      summary: 'Take a meter away; what its device reported stays',
      access,
      params: meterPath,
      handle: async ({ params, caller }) => {
        const [home, meter] = [params.home as HomeId, params.meter as MeterId]
        await energy.remove(home, subjectOf(caller), meter)
        await priceLists.changed(home, meter)
      },
    }),
  ]
}

function correcting({ corrections }: Energy): Entry[] {
  const ofMeter = `${path}/meters/{meter}/corrections`
  return [
    entry({
      method: 'get',
      path: ofMeter,
      summary: 'What was said that a meter really counted, by whom, when and why; the newest first',
      access: { kind: 'home', verb: 'energy.read' },
      params: meterPath,
      answer: z.array(correctionView),
      handle: async ({ params }) => corrections.list(params.home as HomeId, params.meter as MeterId),
    }),
    entry({
      method: 'post',
      path: ofMeter,
      summary: 'Say what a meter really counted; what it counted stays beside',
      access: { kind: 'home', verb: 'energy.edit' },
      params: meterPath,
      body: correctionCreate,
      answer: correctionView,
      status: 201,
      handle: async ({ params, body, caller }) =>
        corrections.add(params.home as HomeId, subjectOf(caller), params.meter as MeterId, body),
    }),
    entry({
      method: 'post',
      path: `${ofMeter}/{correction}/take-back`,
      summary: 'Take a correction back: what was counted holds again, and both stay to be seen',
      access: { kind: 'home', verb: 'energy.edit' },
      params: correctionPath,
      body: correctionTakeBack,
      answer: correctionView,
      handle: async ({ params, body, caller }) =>
        corrections.takeBack(
          params.home as HomeId,
          subjectOf(caller),
          { meter: params.meter as MeterId, correction: params.correction as CorrectionId },
          body.why,
        ),
    }),
  ]
}

function listing(lists: PriceLists): Entry[] {
  const ofMeter = `${path}/meters/{meter}/price-list`
  const access = { kind: 'home', verb: 'energy.edit' } as const
  return [
    entry({
      method: 'get',
      path: `${path}/price-lists`,
      summary: 'Which meters have their prices read from an address, and how that went',
      access: { kind: 'home', verb: 'energy.read' },
      params: homePath,
      answer: z.array(priceListView),
      handle: async ({ params }) => lists.list(params.home as HomeId),
    }),
    entry({
      method: 'put',
      path: ofMeter,
      summary: 'Read the prices of a meter from this address, now and then every hour',
      access,
      params: meterPath,
      body: priceListAddress,
      answer: priceListView,
      handle: ({ params, body, caller }) =>
        lists.readFrom(params.home as HomeId, subjectOf(caller), params.meter as MeterId, body.address),
    }),
    entry({
      method: 'post',
      path: `${ofMeter}/fetch`,
      summary: 'Read the address of the prices now',
      access,
      params: meterPath,
      answer: priceListView,
      handle: ({ params, caller }) =>
        lists.readNow(params.home as HomeId, subjectOf(caller), params.meter as MeterId),
    }),
    entry({
      method: 'delete',
      path: ofMeter,
      summary: 'Read no prices of the meter any more; those that are known stay',
      access,
      params: meterPath,
      handle: ({ params }) => lists.drop(params.home as HomeId, params.meter as MeterId),
    }),
  ]
}
