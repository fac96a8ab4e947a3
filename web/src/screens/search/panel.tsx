import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { SearchHome } from '@eaves/model/api'
import { useNavigate } from '@tanstack/react-router'
import { DoorOpen, House, Search, User } from 'lucide-react'
import { useState } from 'react'
import { Autocomplete } from 'react-aria-components/Autocomplete'
import { Dialog } from 'react-aria-components/Dialog'
import { Header } from 'react-aria-components/Header'
import { Input } from 'react-aria-components/Input'
import { ListBox, ListBoxItem, ListBoxSection } from 'react-aria-components/ListBox'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { SearchField } from 'react-aria-components/SearchField'
import { rememberHome } from '../../data/last-home.ts'
import { hitsOf, useRested, useSearch, type Hit } from '../../data/search.ts'
import { iconOfKind } from '../../devices/icons.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { Button } from '../../ui/button.tsx'
import { inputLook } from '../../ui/field.tsx'
import { Icon, type LucideIcon } from '../../ui/icon.tsx'
import { LineSkeleton } from '../../ui/skeleton.tsx'

const kinds: Readonly<Record<Hit['kind'], () => string>> = {
  home: () => t({ context: 'kind of find', message: 'Home' }),
  room: () => t`Room`,
  device: () => t`Device`,
  member: () => t`Member`,
}
const iconOf = ({ kind, device }: Hit): LucideIcon =>
  device ? iconOfKind(device.kind) : kind === 'home' ? House : kind === 'room' ? DoorOpen : User

/** Finds by name in all of one's homes; forgotten as soon as it is closed. */
export function SearchPanel({ onClose }: { readonly onClose: () => void }) {
  const [text, setText] = useState('')
  const navigate = useNavigate()
  const typed = text.trim()
  const q = useRested(typed)
  const found = useSearch(q)
  const homes = q === '' || typed === '' ? [] : (found.data?.homes ?? [])
  const hits = new Map(homes.flatMap((home) => hitsOf(home).map((hit) => [hit.key, hit])))
  const go = (hit: Hit | undefined): void => {
    if (!hit) return
    onClose()
    rememberHome(hit.home)
    void navigate({ to: hit.to })
  }
  return (
    <ModalOverlay
      isOpen
      onOpenChange={(next) => !next && onClose()}
      isDismissable
      className="fade-in fixed inset-0 z-50 flex items-start justify-center bg-scrim p-4 md:pt-[10vh]"
    >
      <Modal className="w-full max-w-[36rem] overflow-hidden rounded-sheet bg-surface text-ink shadow-layer">
        <Dialog
          aria-label={t`Search`}
          className="flex max-h-[min(40rem,calc(100dvh-2rem))] flex-col outline-none"
        >
          <Autocomplete inputValue={text} onInputChange={setText}>
            <div className="flex items-center gap-2 border-b border-line p-3">
              <SearchField aria-label={t`Search in all your homes`} autoFocus className="relative flex-1">
                <Icon
                  of={Search}
                  size={18}
                  className="pointer-events-none absolute start-3 top-1/2 -translate-y-1/2 text-muted"
                />
                <Input
                  maxLength={100}
                  placeholder={t`Search in all your homes`}
                  className={`${inputLook} ps-10 [&::-webkit-search-cancel-button]:hidden`}
                />
              </SearchField>
              <Button variant="quiet" onPress={onClose}>
                <Trans>Close</Trans>
              </Button>
            </div>
            <div className="overflow-auto overscroll-contain p-2">
              {homes.length > 0 && (
                <ListBox
                  aria-label={t`Found`}
                  className="grid gap-2 outline-none"
                  onAction={(key) => go(hits.get(String(key)))}
                >
                  {homes.map((home) => (
                    <InHome key={home.id} home={home} />
                  ))}
                </ListBox>
              )}
              <Standing
                typed={typed}
                isWaiting={typed !== q || found.isFetching}
                error={typed === '' ? null : found.error}
                retry={found.refetch}
                homes={homes}
              />
            </div>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

function InHome({ home }: { readonly home: SearchHome }) {
  return (
    <ListBoxSection id={`in ${home.id}`}>
      <Header className="truncate px-3 pt-2 pb-1 text-state text-muted">{home.name}</Header>
      {hitsOf(home).map((hit) => (
        <ListBoxItem
          key={hit.key}
          id={hit.key}
          textValue={hit.name}
          className="flex min-h-12 cursor-pointer items-center gap-3 rounded-control px-3 outline-none focus:bg-surface-2 data-focused:bg-surface-2 data-hovered:bg-surface-2"
        >
          <Icon of={iconOf(hit)} className="shrink-0 text-muted" />
          <span className="min-w-0 flex-1 truncate text-card">{hit.name}</span>
          <span className="max-w-[40%] shrink-0 truncate text-state text-muted">
            {hit.hint ?? kinds[hit.kind]()}
          </span>
        </ListBoxItem>
      ))}
    </ListBoxSection>
  )
}

/** What stands below the finds, or in their place. */
function Standing({
  typed,
  isWaiting,
  error,
  retry,
  homes,
}: {
  readonly typed: string
  readonly isWaiting: boolean
  readonly error: Error | null
  readonly retry: () => unknown
  readonly homes: readonly SearchHome[]
}) {
  if (typed === '')
    return (
      <p className="p-3 text-muted">
        <Trans>
          Homes, rooms, devices and members by name. What you look for is not recorded, unless you chose that.
        </Trans>
      </p>
    )
  if (error && !isWaiting) return <QueryError error={error} retry={retry} />
  if (homes.length === 0 && isWaiting)
    return (
      <div className="p-3">
        <LineSkeleton wide />
      </div>
    )
  return (
    <p role="status" className="px-3 py-2 text-state text-muted">
      {homes.length === 0 ? (
        <Trans>Nothing of that name in your homes.</Trans>
      ) : homes.some(({ hasMore }) => hasMore) ? (
        <Trans>There is more than fits here. Type more of the name.</Trans>
      ) : null}
    </p>
  )
}
