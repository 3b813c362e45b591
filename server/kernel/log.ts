import { pino } from 'pino'
import { config } from './config.ts'

/** The process's log: one JSON line each. Secrets never reach it. */
export const log = pino({
  level: config.NODE_ENV === 'test' ? 'error' : config.LOG_LEVEL,
  base: undefined,
  redact: [
    '*.token',
    '*.secret',
    '*.password',
    'req.headers.cookie',
    'req.headers.authorization',
    'res.headers["set-cookie"]',
  ],
})
