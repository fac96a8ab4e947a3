/** What the pages of scenes ask and tell in a layer of its own, fetched when it is due. */
export { FailureDialog } from './failures.tsx'
export { SceneMenu } from './menu.tsx'
