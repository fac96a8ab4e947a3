import type { PasskeyAsked, PasskeyAssertion, PasskeyRow, SignedIn } from '@eaves/model/api'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'
import { api, ApiProblem, at, isProblem, type CallOptions } from './api.ts'
import { deviceLabel } from './device-label.ts'
import { meQuery } from './me.ts'
import { endProof } from './step-up.ts'

const stay: CallOptions = { stay: true }
const key = ['passkeys'] as const
/** A passkey belongs to a name: browsers make none for a bare network address. */
const namedHost = () => !/^(?:\d+\.){3}\d+$|^\[/.test(location.hostname)
export const passkeysWork = (): boolean => typeof PublicKeyCredential === 'function' && namedHost()
const autofillWorks = async (): Promise<boolean> =>
  (await PublicKeyCredential.isConditionalMediationAvailable?.()) ?? false
/** How the browser is asked; fetched once a passkey is about to be used. */
const ceremonies = () => import('@simplewebauthn/browser')

/** What the browser says when it has no passkey to give is for programmers, not for people. */
const none = () =>
  new ApiProblem({
    code: 'passkey.none',
    status: 0,
    title: 'No passkey was used.',
    todo: 'Try again, or choose another way.',
  })

async function assertion(
  asked: PasskeyAsked,
  autofill = false,
): Promise<{ readonly flow: string; readonly response: PasskeyAssertion }> {
  const { startAuthentication } = await ceremonies()
  const { id, rawId, response } = await startAuthentication({
    optionsJSON: asked.options as unknown as Parameters<typeof startAuthentication>[0]['optionsJSON'],
    useBrowserAutofill: autofill,
  }).catch(() => {
    throw none()
  })
  const { clientDataJSON, authenticatorData, signature, userHandle } = response
  return {
    flow: asked.flow,
    response: {
      id,
      rawId,
      type: 'public-key',
      response: {
        clientDataJSON,
        authenticatorData,
        signature,
        ...(userHandle === undefined ? {} : { userHandle }),
      },
    },
  }
}

/** Signs in with a passkey of this device; `autofill` waits quietly until one is chosen in the address field. */
export async function signInByPasskey(autofill = false): Promise<SignedIn> {
  const asked = await api.post<PasskeyAsked>('/api/sign-in/passkeys', undefined, stay)
  const signed = await assertion(asked, autofill)
  return api.post<SignedIn>('/api/sign-in/passkey', { ...signed, ...deviceLabel() }, stay)
}
export const useProveByPasskey = () =>
  useMutation({
    mutationFn: async () => {
      const asked = await api.post<PasskeyAsked>('/api/me/proofs/passkeys', undefined, stay)
      await api.post<undefined>('/api/me/proofs', { passkey: await assertion(asked) }, stay)
    },
    onSuccess: () => endProof(true),
  })

/** Offers the passkeys of this device in the address field, where the browser can; asks anew before a challenge is too old. */
export function usePasskeyAutofill(wanted: boolean, onSignedIn: (signed: SignedIn) => void): void {
  const entered = useEffectEvent(onSignedIn)
  useEffect(() => {
    if (!wanted) return
    let left = false
    const offer = async () => {
      if (!passkeysWork() || !(await autofillWorks()) || left) return
      const signed = await signInByPasskey(true).catch(() => undefined)
      if (signed !== undefined && !left) entered(signed)
    }
    void offer()
    const again = setInterval(() => void offer(), 4.5 * 60_000)
    return () => {
      left = true
      clearInterval(again)
    }
  }, [wanted])
}

export const usePasskeys = () =>
  useQuery({ queryKey: key, queryFn: ({ signal }) => api.get<PasskeyRow[]>('/api/me/passkeys', { signal }) })

function useRefresh() {
  const cache = useQueryClient()
  return () => Promise.all([cache.invalidateQueries({ queryKey: key }), cache.invalidateQueries(meQuery)])
}
export function useAddPasskey() {
  const refresh = useRefresh()
  return useMutation({
    mutationFn: async (name: string) => {
      const asked = await api.post<PasskeyAsked>('/api/me/passkey-challenges')
      const { startRegistration } = await ceremonies()
      const { id, rawId, response } = await startRegistration({
        optionsJSON: asked.options as unknown as Parameters<typeof startRegistration>[0]['optionsJSON'],
      }).catch((error: unknown) => {
        throw error instanceof Error && error.name === 'InvalidStateError' ? already() : none()
      })
      const { clientDataJSON, attestationObject, transports } = response
      return api.post<PasskeyRow>('/api/me/passkeys', {
        flow: asked.flow,
        response: {
          id,
          rawId,
          type: 'public-key',
          response: {
            clientDataJSON,
            attestationObject,
            ...(transports === undefined ? {} : { transports }),
          },
        },
        name,
      })
    },
    onSuccess: refresh,
  })
}
const already = () =>
  new ApiProblem({
    code: 'passkey.already',
    status: 0,
    title: 'This device has a passkey for this account already.',
    todo: 'Use that one.',
  })
export function useRenamePasskey() {
  const refresh = useRefresh()
  return useMutation({
    mutationFn: ({ id, name }: { id: string; name: string }) =>
      api.patch<undefined>(at`/api/me/passkeys/${id}`, { name }),
    onSuccess: refresh,
  })
}
export function useRemovePasskey() {
  const refresh = useRefresh()
  return useMutation({
    mutationFn: (id: string) => api.delete<undefined>(at`/api/me/passkeys/${id}`),
    onSuccess: refresh,
  })
}
export const noPasskeyUsed = (error: unknown): boolean => isProblem(error, 'passkey.none')
