import { config } from 'zod'

// Zod would write a function for each form that it reads by, and compile it when it is first used: worth it for millions of readings, and
// a cost for a start that reads each form a few times. So nothing here makes code out of text.
config({ jitless: true })
