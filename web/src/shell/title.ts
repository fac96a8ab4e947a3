import { useEffect } from 'react'

/** The page's name in the browser's tab and in the list of what was visited. */
export function useTitle(name: string | undefined): void {
  useEffect(() => {
    document.title = name === undefined ? 'Eaves' : `${name} · Eaves`
  }, [name])
}
