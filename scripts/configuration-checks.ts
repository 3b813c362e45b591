type Environment = Record<string, string | undefined>

const secrets = ['FEISHU_APP_SECRET', 'FEISHU_ENCRYPT_KEY', 'FEISHU_VERIFICATION_TOKEN']
const secretLengthMin = 16
/** Over these go sessions and secrets: never in the clear. */
const addresses = ['PUBLIC_URL', 'FEISHU_BASE_URL', 'FEISHU_ACCOUNTS_URL']

/** The demo company and the simulated platforms: only while no real platform is configured, and never in production. */
export const isDemo = (env: Environment): boolean => env['NODE_ENV'] !== 'production' && !env['FEISHU_APP_ID']

/** In production nothing may be missing, short, a known example, or sent in the clear; says every mistake at once. */
export function assertSafeForProduction(env: Environment): void {
  if (env['NODE_ENV'] !== 'production') return
  const mistakes = [
    ...(env['FEISHU_APP_ID'] ? [] : ['FEISHU_APP_ID is missing: nobody could sign in']),
    ...(env['FEISHU_TENANT_KEY'] ? [] : ['FEISHU_TENANT_KEY is missing: people of any company could sign in']),
    ...(env['PUBLIC_URL'] ? [] : ['PUBLIC_URL is missing: links on cards would lead nowhere']),
    ...secrets.flatMap((name) => secretMistake(name, env[name])),
    ...addresses.flatMap((name) => addressMistake(name, env[name])),
    ...(env['LOG_LEVEL'] === 'debug' ? ['LOG_LEVEL is debug: it would write down more than anybody should read'] : []),
  ]
  if (mistakes.length > 0)
    throw new Error(`This is not safe for production:\n${mistakes.map((one) => `  ${one}`).join('\n')}`)
}

function secretMistake(name: string, value: string | undefined): string[] {
  if (!value) return [`${name} is missing`]
  if (value.length < secretLengthMin) return [`${name} is shorter than ${secretLengthMin} characters`]
  return /fake|example|changeme|^(.)\1+$/i.test(value) ? [`${name} is an example, not a secret`] : []
}

const addressMistake = (name: string, value: string | undefined): string[] =>
  value && !value.startsWith('https://') ? [`${name} does not begin with https://`] : []
