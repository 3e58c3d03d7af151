import { Counter } from 'prom-client'

/** Of the whole process, whatever it runs. */
export const unhandledRejections = new Counter({
  name: 'unhandled_rejections_total',
  help: 'Failures that no part of the program awaited; each is an error in the log.',
  registers: [],
})
