export { HomeFrame } from './home-frame.tsx'
export { Shell } from './shell.tsx'
