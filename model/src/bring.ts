/** The largest copy that can be brought along, before it is written as base64. */
export const mostArchiveBytes = 8 * 1024 * 1024
