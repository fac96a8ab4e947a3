/** What only somebody signed in loads: the frame of every screen, the home and its live connection, in one part of the app. */
export const loadFrame = () => import('./signed-in.ts')
/** Whether the address is of a page that stands in it. */
export const isFramed = (pathname: string): boolean => /^\/(?:homes\/|me(?:\/|$))/.test(pathname)
