import helmet from 'koa-helmet'
import type { Middleware } from 'koa'
import type { PlatformName } from '#contract/modules/org'
import { config } from '#kernel/config'

/** What a platform needs of a page: where its script comes from, and from where its desktop client frames the app. */
const needs: Partial<Record<PlatformName, { scripts: string[]; frames: string[] }>> = {
  feishu: {
    scripts: ['https://lf-scm-cn.feishucdn.com'],
    frames: ['https://*.feishu.cn', 'https://*.larksuite.com'],
  },
  dingtalk: { scripts: [], frames: ['https://*.dingtalk.com'] },
}

/** The simulated desktop of the demo frames the app from another port of this machine. */
const ownMachine = ['http://localhost:*', 'http://127.0.0.1:*']

/** Security headers. A platform's hosts are allowed only where that platform is switched on. */
export function secureHeaders(platforms: PlatformName[]): Middleware {
  const needed = platforms.flatMap((platform) => needs[platform] ?? [])
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", "'wasm-unsafe-eval'", ...needed.flatMap(({ scripts }) => scripts)],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        workerSrc: ["'self'", 'blob:'],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: [
          "'self'",
          ...(config.NODE_ENV === 'production' ? [] : ownMachine),
          ...needed.flatMap(({ frames }) => frames),
        ],
      },
    },
    crossOriginEmbedderPolicy: false,
    crossOriginResourcePolicy: { policy: 'same-origin' },
    xFrameOptions: false,
    strictTransportSecurity: true,
  })
}
