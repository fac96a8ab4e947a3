import './ui/base.css'
import { i18n } from '@lingui/core'
import { I18nProvider, useLingui } from '@lingui/react'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { I18nProvider as AriaI18n } from 'react-aria-components/I18nProvider'
import { onDoor, onStepUp, type Door } from './data/api.ts'
import { keepLastSeen, lastSeen } from './data/offline.ts'
import { forgetPoints } from './data/phone/shelf.ts'
import { queryClient } from './data/query.ts'
import { askForProof } from './data/step-up.ts'
import { isFramed, loadFrame } from './shell/frame.ts'
import { allowEmptyHtml } from './trusted-types.ts'
import { paths } from './paths.ts'
import { router } from './routes.tsx'
import { loadLocale, pageLocale } from './words/locale.ts'

allowEmptyHtml()
keepLastSeen()
const doors: Readonly<Record<Door, string>> = {
  'sign-in': paths.signIn,
  gate: paths.gate,
  guardian: paths.waiting,
  claim: paths.claim,
}
onDoor((door) => {
  // The sign-in has ended, or shows nothing until the person agrees: nor does this device. // sa.1
  void lastSeen.forget()
  if (door === 'sign-in') void forgetPoints()
  const here = router.state.location
  // A wall panel says by itself that it is no longer one.
  if (here.pathname === doors[door] || here.pathname === paths.wall) return
  // What is held of somebody, a copy and the end of it stay theirs whatever they answered. // sa.1 pp.8
  if (door === 'gate' && here.pathname.startsWith(paths.privacy)) return
  const next = here.pathname === paths.start ? {} : { next: here.href }
  void router.navigate({ to: doors[door], search: door === 'claim' ? {} : next, replace: true } as Parameters<
    typeof router.navigate
  >[0])
})
onStepUp(askForProof)

/** Words are looked up as each component draws, so a change of language draws everything anew. */
function InLanguage({ children }: { readonly children: ReactNode }) {
  const { i18n: active } = useLingui()
  return (
    <AriaI18n key={active.locale} locale={active.locale === 'zh-Hans' ? 'zh-CN' : 'en-US'}>
      {children}
    </AriaI18n>
  )
}

const page = createRoot(document.getElementById('root')!)
const app = (
  <StrictMode>
    <I18nProvider i18n={i18n}>
      <InLanguage>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </InLanguage>
    </I18nProvider>
  </StrictMode>
)
// The frame is fetched beside the words, so that an address within it is drawn at once; where it cannot be had the router says so.
const frame = isFramed(location.pathname) ? loadFrame().catch(() => undefined) : undefined
void Promise.all([loadLocale(pageLocale()), frame]).then(() => page.render(app))
