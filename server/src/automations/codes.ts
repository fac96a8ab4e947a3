import { AppError } from '@eaves/model'

/** Why a step failed, as a code of the error table. */
export const codeOf = (error: unknown): string => (error instanceof AppError ? error.code : 'server.fault')
