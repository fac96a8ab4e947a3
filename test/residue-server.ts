// The real server, which dies without a word before the step of an erasure that the environment names.
import { serve } from '../server/src/serve.ts'

const fatal = process.env.EAVES_TEST_DIE_BEFORE

process.umask(0o077)
await serve([], {
  onErasureStep: (step) => {
    if (step === fatal) process.kill(process.pid, 'SIGKILL')
  },
})
