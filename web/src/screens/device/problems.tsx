import { Trans } from '@lingui/react/macro'

const template = /(\{\{.*?\}\}|\{%.*?%\}(?:.*\{%.*?%\})?)/s

/** What of the device Eaves could not use, with the template itself where one was not understood. */
export function Problems({ problems }: { readonly problems: readonly string[] }) {
  if (problems.length === 0) return null
  return (
    <section className="grid gap-2">
      <h3 className="text-group">
        <Trans>What Eaves could not use</Trans>
      </h3>
      <p className="text-state font-normal text-muted">
        <Trans>The rest of the device works. Nothing is guessed.</Trans>
      </p>
      <ul className="grid gap-2">
        {problems.map((problem) => (
          <li key={problem} className="rounded-control bg-surface-2 p-3 text-state font-normal wrap-anywhere">
            {problem.split(template).map((piece, i) =>
              i % 2 === 1 ? (
                <code key={i} className="block py-1 font-mono text-caption break-all whitespace-pre-wrap">
                  {piece}
                </code>
              ) : (
                piece
              ),
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
