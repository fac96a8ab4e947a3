import type { Member } from '@eaves/model/api'
import { Mail, Phone } from 'lucide-react'
import { Icon } from '../../ui/icon.tsx'

/** Addresses that somebody lets the others of the home see. // pp.4.1 */
export function Contact({ member: { contact } }: { readonly member: Member }) {
  if (contact?.email === undefined && contact?.phone === undefined) return null
  return (
    <ul className="grid gap-1">
      {contact.email !== undefined && (
        <li className="flex items-center gap-3">
          <Icon of={Mail} size={18} className="shrink-0 text-muted" />
          <a
            href={`mailto:${contact.email}`}
            className="inline-flex min-h-11 items-center break-all text-accent underline underline-offset-2"
          >
            <bdi>{contact.email}</bdi>
          </a>
        </li>
      )}
      {contact.phone !== undefined && (
        <li className="flex items-center gap-3">
          <Icon of={Phone} size={18} className="shrink-0 text-muted" />
          <a
            href={`tel:${contact.phone}`}
            className="inline-flex min-h-11 items-center text-accent underline underline-offset-2"
          >
            <bdi>{contact.phone}</bdi>
          </a>
        </li>
      )}
    </ul>
  )
}
