export { createFakeClock, settle, type FakeClock } from './clock.ts'
export { driverConformance, type ConformanceFixtures, type OtherSide } from './conformance.ts'
export {
  createHarness,
  type Boundary,
  type CommandEnd,
  type Harness,
  type HarnessOptions,
  type SeenDevice,
} from './harness.ts'
