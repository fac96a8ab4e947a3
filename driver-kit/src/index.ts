export * from './driver.ts'
export type * from './messages.ts'
