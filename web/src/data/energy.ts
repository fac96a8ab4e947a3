import type {
  CorrectionCreate,
  CorrectionView,
  EnergyInsights,
  EnergyPrices,
  EnergyReport,
  MeterCandidates,
  MeterCreate,
  MeterEdit,
  MeterView,
  PriceListView,
} from '@eaves/model/api'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, at } from './api.ts'

/** What comes into the home and goes out of it. */
export const useMeters = (home: string) =>
  useQuery({
    queryKey: ['energy-meters', home],
    queryFn: ({ signal }) => api.get<readonly MeterView[]>(at`/api/homes/${home}/energy/meters`, { signal }),
  })
/** Every value that a meter could read. */
export const useMeterValues = (home: string, enabled: boolean) =>
  useQuery({
    queryKey: ['energy-values', home],
    enabled,
    queryFn: ({ signal }) => api.get<MeterCandidates>(at`/api/homes/${home}/energy/values`, { signal }),
  })

export interface EnergySpan {
  /** Days of the home, the last of them not included. */
  readonly from: string
  readonly to: string
  readonly resolution: 'hour' | 'day' | 'month'
}
export const useEnergy = (
  home: string,
  { from, to, resolution }: EnergySpan,
  compare: 'before' | 'year' | undefined,
  enabled = true,
) =>
  useQuery({
    enabled,
    queryKey: ['energy', home, from, to, resolution, compare],
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({ from, to, resolution, ...(compare ? { compare } : {}) })
      return api.get<EnergyReport>(`${at`/api/homes/${home}/energy`}?${query}`, { signal })
    },
    staleTime: 60_000,
    refetchInterval: 120_000,
  })

/** What a kWh costs now and next. */
export const useEnergyPrices = (home: string, enabled: boolean) =>
  useQuery({
    enabled,
    queryKey: ['energy', home, 'prices'],
    queryFn: ({ signal }) => api.get<EnergyPrices>(at`/api/homes/${home}/energy/prices`, { signal }),
    staleTime: 60_000,
    refetchInterval: 60_000,
  })

export const useInsights = (home: string, enabled: boolean) =>
  useQuery({
    enabled,
    queryKey: ['energy', home, 'insights'],
    queryFn: ({ signal }) => api.get<EnergyInsights>(at`/api/homes/${home}/energy/insights`, { signal }),
    staleTime: 600_000,
  })

export function useChangeMeters(home: string) {
  const cache = useQueryClient()
  const onSuccess = () =>
    Promise.all([
      cache.invalidateQueries({ queryKey: ['energy-meters', home] }),
      cache.invalidateQueries({ queryKey: ['energy-price-lists', home] }),
      cache.invalidateQueries({ queryKey: ['energy', home] }),
    ])
  return {
    add: useMutation({
      mutationFn: (body: MeterCreate) => api.post<MeterView>(at`/api/homes/${home}/energy/meters`, body),
      onSuccess,
    }),
    edit: useMutation({
      mutationFn: ({ meter, ...body }: MeterEdit & { readonly meter: string }) =>
        api.patch<MeterView>(at`/api/homes/${home}/energy/meters/${meter}`, body),
      onSuccess,
    }),
    remove: useMutation({
      mutationFn: (meter: string) => api.delete<undefined>(at`/api/homes/${home}/energy/meters/${meter}`),
      onSuccess,
    }),
  }
}

/** Where prices of meters are read from. */
export const usePriceLists = (home: string) =>
  useQuery({
    queryKey: ['energy-price-lists', home],
    queryFn: ({ signal }) =>
      api.get<readonly PriceListView[]>(at`/api/homes/${home}/energy/price-lists`, { signal }),
  })
export function useChangePriceList(home: string, meter: string) {
  const cache = useQueryClient()
  const path = at`/api/homes/${home}/energy/meters/${meter}/price-list`
  const onSuccess = () =>
    Promise.all([
      cache.invalidateQueries({ queryKey: ['energy-price-lists', home] }),
      cache.invalidateQueries({ queryKey: ['energy', home] }),
    ])
  return {
    readFrom: useMutation({
      mutationFn: (address: string) => api.put<PriceListView>(path, { address }),
      onSuccess,
    }),
    readNow: useMutation({ mutationFn: () => api.post<PriceListView>(`${path}/fetch`), onSuccess }),
    drop: useMutation({ mutationFn: () => api.delete<undefined>(path), onSuccess }),
  }
}

/** What was said that a meter really counted. */
export const useCorrections = (home: string, meter: string) =>
  useQuery({
    queryKey: ['energy-corrections', home, meter],
    queryFn: ({ signal }) =>
      api.get<readonly CorrectionView[]>(at`/api/homes/${home}/energy/meters/${meter}/corrections`, {
        signal,
      }),
  })
export function useCorrect(home: string, meter: string) {
  const cache = useQueryClient()
  const onSuccess = () =>
    Promise.all([
      cache.invalidateQueries({ queryKey: ['energy-corrections', home, meter] }),
      cache.invalidateQueries({ queryKey: ['energy', home] }),
    ])
  return {
    add: useMutation({
      mutationFn: (body: CorrectionCreate) =>
        api.post<CorrectionView>(at`/api/homes/${home}/energy/meters/${meter}/corrections`, body),
      onSuccess,
    }),
    takeBack: useMutation({
      mutationFn: ({ correction, why }: { readonly correction: string; readonly why: string }) =>
        api.post<CorrectionView>(
          at`/api/homes/${home}/energy/meters/${meter}/corrections/${correction}/take-back`,
          { why },
        ),
      onSuccess,
    }),
  }
}
