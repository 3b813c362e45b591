import helmet from 'koa-helmet'
import type { Middleware } from 'koa'

const feishuScripts = 'https://lf-scm-cn.feishucdn.com'

/** Security headers. A platform's script host is allowed only where that platform is switched on. */
export function secureHeaders(platforms: string[]): Middleware {
  const scripts = platforms.includes('feishu') ? [feishuScripts] : []
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", "'wasm-unsafe-eval'", ...scripts],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        workerSrc: ["'self'", 'blob:'],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        // Desktop clients show the app in a frame of their own.
        frameAncestors: [
          "'self'",
          'http://localhost:*',
          'http://127.0.0.1:*',
          'https://*.feishu.cn',
          'https://*.larksuite.com',
        ],
      },
    },
    crossOriginEmbedderPolicy: false,
    crossOriginResourcePolicy: { policy: 'same-origin' },
    xFrameOptions: false,
    strictTransportSecurity: true,
  })
}
