import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type AnyRoute,
} from '@tanstack/react-router'
import type { HomeVerb } from '@eaves/policy'
import { allowed } from './shell/allowed.tsx'
import { RouteError } from './shell/route-error.tsx'
import { NotFound } from './shell/not-found.tsx'
import { Root } from './shell/root.tsx'
import { loadFrame } from './shell/frame.ts'
import { hasScreen, loadScreen } from './screens.ts'

interface ScreenRoute {
  readonly path: string
  /** The folder under screens/; the route exists as soon as its screen.tsx does. */
  readonly screen: string
  /** `page`: alone on the page. `shell`: beside the navigation. `home`: also with the home of the address, live. */
  readonly within: 'page' | 'shell' | 'home'
  /** What one must be able to do in the home for the screen to be of any use. */
  readonly verb?: HomeVerb
}
/** Add a screen: a line here and screens/<folder>/screen.tsx exporting `Screen`. Each becomes a chunk of its own. */
const table: readonly ScreenRoute[] = [
  { path: '/', screen: 'start', within: 'page' },
  { path: 'claim', screen: 'claim', within: 'page' },
  { path: 'welcome', screen: 'welcome', within: 'page' },
  { path: 'gate', screen: 'gate', within: 'page' },
  { path: 'waiting', screen: 'waiting', within: 'page' },
  { path: 'sign-in', screen: 'sign-in', within: 'page' },
  { path: 'undo', screen: 'undo', within: 'page' },
  { path: 'create-home', screen: 'create-home', within: 'page' },
  { path: 'documents', screen: 'documents', within: 'page' },
  { path: 'documents/versions', screen: 'versions', within: 'page' },
  { path: 'documents/$document', screen: 'documents', within: 'page' },
  { path: 'contact', screen: 'contact', within: 'page' },
  { path: 'wall', screen: 'wall', within: 'page' },
  { path: 'join', screen: 'join', within: 'page' },
  { path: 'operator', screen: 'operator', within: 'page' },
  { path: 'operator/$page', screen: 'operator', within: 'page' },
  { path: 'add', screen: 'add-device', within: 'home', verb: 'device.onboard' },
  { path: 'add/$onboarding', screen: 'add-device', within: 'home', verb: 'device.onboard' },
  { path: 'replace/$old', screen: 'replace', within: 'home', verb: 'device.remove' },
  { path: 'maintenance', screen: 'maintenance', within: 'home', verb: 'connection.read' },
  { path: 'groups/$group', screen: 'group', within: 'home', verb: 'device.edit' },
  { path: 'scenes/{-$scene}', screen: 'scenes', within: 'home', verb: 'scene.read' },
  { path: 'automations', screen: 'automations', within: 'home', verb: 'automation.read' },
  { path: 'automations/$automation', screen: 'automations', within: 'home', verb: 'automation.read' },
  {
    path: 'automations/$automation/runs/$run',
    screen: 'automations',
    within: 'home',
    verb: 'automation.read',
  },
  { path: 'members', screen: 'members', within: 'home', verb: 'member.read' },
  { path: 'members/$member', screen: 'members', within: 'home', verb: 'member.read' },
  { path: 'members/$member/$page', screen: 'members', within: 'home', verb: 'member.manage' },
  { path: 'children/$child/$page', screen: 'child', within: 'home', verb: 'member.read' },
  { path: 'place', screen: 'members', within: 'home', verb: 'member.self' },
  { path: 'panels', screen: 'panels', within: 'home', verb: 'member.manage' },
  { path: 'activity', screen: 'activity', within: 'home', verb: 'history.read' },
  { path: 'history', screen: 'history', within: 'home', verb: 'history.read' },
  { path: 'history/$page', screen: 'history', within: 'home', verb: 'history.read' },
  { path: 'energy', screen: 'energy', within: 'home', verb: 'energy.read' },
  { path: 'modes', screen: 'modes', within: 'home', verb: 'mode.read' },
  { path: 'alarm', screen: 'alarm', within: 'home', verb: 'alarm.read' },
  { path: 'alarm/$page', screen: 'alarm', within: 'home', verb: 'alarm.manage' },
  { path: 'vacation', screen: 'vacation', within: 'home', verb: 'vacation.manage' },
  { path: 'about', screen: 'about', within: 'home', verb: 'home.about' },
  { path: 'me', screen: 'me', within: 'shell' },
  { path: 'me/$page', screen: 'me', within: 'shell' },
  { path: 'me/inbox', screen: 'inbox', within: 'shell' },
  { path: 'me/privacy', screen: 'privacy', within: 'shell' },
  { path: 'me/privacy/$page', screen: 'privacy', within: 'shell' },
]

const root = createRootRoute({ component: Root, notFoundComponent: NotFound, errorComponent: RouteError })
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: lazyRouteComponent(loadFrame, 'Shell'),
})
const home = createRoute({
  getParentRoute: () => shell,
  path: 'homes/$home',
  component: lazyRouteComponent(loadFrame, 'HomeFrame'),
})
// These four are drawn by HomeFrame itself, so that the page behind a device's panel stays as it is.
const places = ['/', 'rooms', 'rooms/$room', 'devices/$device'].map((path) =>
  createRoute({ getParentRoute: () => home, path }),
)

const screensWithin = (within: ScreenRoute['within'], parent: AnyRoute): AnyRoute[] =>
  table
    .filter((entry) => entry.within === within && hasScreen(entry.screen))
    .map((entry) =>
      createRoute({
        getParentRoute: () => parent,
        path: entry.path,
        component: allowed(
          entry.verb,
          lazyRouteComponent(() => loadScreen(entry.screen), 'Screen'),
        ),
      }),
    )

const tree = root.addChildren([
  ...screensWithin('page', root),
  shell.addChildren([
    ...screensWithin('shell', shell),
    home.addChildren([...places, ...screensWithin('home', home)]),
  ]),
])

export const router = createRouter({
  routeTree: tree,
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultErrorComponent: RouteError,
  defaultNotFoundComponent: NotFound,
})
