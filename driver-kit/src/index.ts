// The only package of ours that a driver imports, so the words of the model come through it.
export * from '@eaves/model'
export * from './driver.ts'
export type * from './messages.ts'
export { createPort, type Port, type PortDeps } from './port.ts'
export { slotsOf } from './shape.ts'
export { isManifest, manifestOf, readFromDriver, readToDriver } from './wire.ts'
