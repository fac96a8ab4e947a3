/** What is known of a thing: a term and what it is, one a line; what is empty is left out. */
export function Facts({
  rows,
}: {
  readonly rows: readonly (readonly [term: string, value: string | undefined])[]
}) {
  return (
    <dl className="grid rounded-card bg-surface-2 px-4">
      {rows
        .filter(([, value]) => value !== undefined && value !== '')
        .map(([term, value]) => (
          <div
            key={term}
            className="flex min-h-11 items-center justify-between gap-4 border-b border-line py-2 last:border-0"
          >
            <dt className="text-muted">{term}</dt>
            <dd className="tabular min-w-0 text-end wrap-anywhere">{value}</dd>
          </div>
        ))}
    </dl>
  )
}
