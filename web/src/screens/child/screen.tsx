import { useParams } from '@tanstack/react-router'
import { NotFound } from '../../shell/not-found.tsx'
import { Held } from './held.tsx'
import { Requests } from './requests.tsx'

/** What an adult sees and asks of what is held about a child they answer for. // pp.6 */
export function Screen() {
  const { home, child, page } = useParams({ strict: false }) as { home: string; child: string; page: string }
  const Page = page === 'held' ? Held : page === 'requests' ? Requests : undefined
  return <div className="max-w-[48rem]">{Page ? <Page home={home} child={child} /> : <NotFound />}</div>
}
