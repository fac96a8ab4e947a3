import type { InboxPage, InboxSeen, NoticeRules } from '@eaves/model/api'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, at } from './api.ts'

const unread = ['inbox', 'unread'] as const
const rules = ['notification-rules'] as const

/** What one was told, a page at a time. */
export const useInbox = () =>
  useInfiniteQuery({
    queryKey: ['inbox', 'list'],
    initialPageParam: '',
    queryFn: ({ signal, pageParam }) =>
      api.get<InboxPage>(`/api/me/inbox${pageParam === '' ? '' : `?before=${pageParam}`}`, { signal }),
    getNextPageParam: (page) => page.next,
    staleTime: 0,
  })
export const useUnread = () =>
  useQuery({
    queryKey: unread,
    queryFn: ({ signal }) => api.get<{ unread: number }>('/api/me/inbox/unread', { signal }),
    refetchInterval: 60_000,
  })
export function useMarkSeen() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (seen: InboxSeen) => api.post<undefined>('/api/me/inbox/seen', seen),
    onSuccess: (_answer, { kind }) =>
      kind === undefined
        ? cache.setQueryData(unread, { unread: 0 })
        : cache.invalidateQueries({ queryKey: unread }),
  })
}

/** Whether it counted or not, what is shown is read again: somebody else may have been first. */
export function useAnswer() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ question, answer }: { readonly question: string; readonly answer: string }) =>
      api.post<undefined>(at`/api/me/inbox/questions/${question}/answer`, { answer }),
    onSettled: () => cache.invalidateQueries({ queryKey: ['inbox', 'list'] }),
  })
}

export const useNoticeRules = () =>
  useQuery({
    queryKey: rules,
    queryFn: ({ signal }) => api.get<NoticeRules>('/api/me/notification-rules', { signal }),
  })
export function useSaveRules() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (wanted: NoticeRules) => api.put<undefined>('/api/me/notification-rules', wanted),
    onSuccess: (_answer, wanted) => cache.setQueryData(rules, wanted),
  })
}
