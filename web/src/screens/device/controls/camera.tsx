import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Camera, EyeOff } from 'lucide-react'
import { usePicture } from '../../../data/picture.ts'
import { spokenName } from '../../../devices/state.ts'
import { QueryError } from '../../../shell/query-error.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { BlockSkeleton } from '../../../ui/skeleton.tsx'
import { ago, dateAndTime } from '../../../words/time.ts'
import type { PartProps } from '../part-controls.tsx'

/** The last picture the camera sent, how old it is, and who can see it. */
export function CameraView({ home, device, part }: PartProps) {
  const picture = usePicture(home, device.id, part.id)
  const name = spokenName(device)
  return (
    <div className="grid gap-4">
      {picture.error && !picture.data ? (
        <QueryError error={picture.error} retry={picture.refetch} />
      ) : picture.isPending ? (
        <BlockSkeleton />
      ) : picture.data ? (
        <figure className="grid gap-2">
          <img
            src={picture.data.src}
            alt={t`Picture of ${name}`}
            className="w-full rounded-card bg-surface-2 object-contain"
          />
          <figcaption className="text-state text-muted">
            {picture.data.takenAt === undefined ? (
              <Trans>The last picture it sent</Trans>
            ) : (
              <Trans>
                Taken{' '}
                <time dateTime={picture.data.takenAt} title={dateAndTime(picture.data.takenAt)}>
                  {ago(picture.data.takenAt)}
                </time>
              </Trans>
            )}
          </figcaption>
        </figure>
      ) : (
        <div className="grid justify-items-center gap-3 rounded-card bg-surface-2 p-8 text-center text-muted">
          <Icon of={Camera} size={40} />
          <p role="status">
            <Trans>No picture yet. The next one it sends shows here by itself.</Trans>
          </p>
        </div>
      )}
      <p className="flex gap-3 rounded-control bg-surface-2 p-3 text-state font-normal text-muted">
        <Icon of={EyeOff} size={18} className="mt-0.5 shrink-0" />
        <span>
          <Trans>
            Eaves keeps the last picture in memory only and records nothing. Owners, administrators and adults
            can see it, unless it was closed to an adult; children, guests and wall panels cannot. Tell people
            whom the camera may show.
          </Trans>
        </span>
      </p>
    </div>
  )
}
