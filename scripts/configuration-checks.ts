type Environment = Record<string, string | undefined>

const secrets = ['FEISHU_APP_SECRET', 'FEISHU_ENCRYPT_KEY', 'FEISHU_VERIFICATION_TOKEN']
const secretLengthMin = 16

/** The demo company and the simulated platforms: only while no real platform is configured, and never in production. */
export const isDemo = (env: Environment): boolean => env['NODE_ENV'] !== 'production' && !env['FEISHU_APP_ID']

/** In production nothing may be missing, short or a known example; says every mistake at once. */
export function assertSafeForProduction(env: Environment): void {
  if (env['NODE_ENV'] !== 'production') return
  const mistakes = [
    ...(env['FEISHU_APP_ID'] ? [] : ['FEISHU_APP_ID is missing: nobody could sign in']),
    ...(env['PUBLIC_URL'] ? [] : ['PUBLIC_URL is missing: links on cards would lead nowhere']),
    ...secrets.flatMap((name) => secretMistake(name, env[name])),
  ]
  if (mistakes.length > 0)
    throw new Error(`This is not safe for production:\n${mistakes.map((one) => `  ${one}`).join('\n')}`)
}

function secretMistake(name: string, value: string | undefined): string[] {
  if (!value) return [`${name} is missing`]
  if (value.length < secretLengthMin) return [`${name} is shorter than ${secretLengthMin} characters`]
  return /fake|example|changeme|^(.)\1+$/i.test(value) ? [`${name} is an example, not a secret`] : []
}
