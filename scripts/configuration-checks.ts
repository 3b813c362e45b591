type Environment = Record<string, string | undefined>

/** What the configuration of a chat platform consists of. `switch` turns it on. */
type PlatformConfiguration = { switch: string; company: string; secrets: string[]; addresses: string[] }

const platforms: PlatformConfiguration[] = [
  {
    switch: 'FEISHU_APP_ID',
    company: 'FEISHU_TENANT_KEY',
    secrets: ['FEISHU_APP_SECRET', 'FEISHU_ENCRYPT_KEY', 'FEISHU_VERIFICATION_TOKEN'],
    addresses: ['FEISHU_BASE_URL', 'FEISHU_ACCOUNTS_URL'],
  },
  {
    switch: 'DINGTALK_CLIENT_ID',
    company: 'DINGTALK_CORP_ID',
    secrets: ['DINGTALK_CLIENT_SECRET'],
    addresses: ['DINGTALK_API_URL', 'DINGTALK_OAPI_URL', 'DINGTALK_LOGIN_URL'],
  },
  {
    switch: 'WECOM_CORP_ID',
    company: 'WECOM_CORP_ID',
    secrets: ['WECOM_SECRET', 'WECOM_CALLBACK_TOKEN', 'WECOM_CALLBACK_KEY'],
    addresses: ['WECOM_BASE_URL', 'WECOM_OPEN_URL'],
  },
]
const secretLengthMin = 16

const switchedOn = (env: Environment): PlatformConfiguration[] => platforms.filter((one) => env[one.switch])

/** The demo company and the simulated platforms: only while no real platform is configured, and never in production. */
export const isDemo = (env: Environment): boolean => env['NODE_ENV'] !== 'production' && switchedOn(env).length === 0

/** In production nothing may be missing, short, a known example, or sent in the clear; says every mistake of the environment at once. */
export function assertSafeForProduction(env: Environment): void {
  if (env['NODE_ENV'] !== 'production') return
  const mistakes = [
    ...(env['PUBLIC_URL'] ? [] : ['PUBLIC_URL is missing: links on cards would lead nowhere']),
    ...addressMistake('PUBLIC_URL', env['PUBLIC_URL']),
    ...switchedOn(env).flatMap((platform) => mistakesOf(platform, env)),
    // Also those of a platform that only stored apps are on: they go over the same addresses.
    ...platforms.flatMap(({ addresses }) => addresses.flatMap((name) => addressMistake(name, env[name]))),
    ...(env['LOG_LEVEL'] === 'debug' ? ['LOG_LEVEL is debug: it would write down more than anybody should read'] : []),
  ]
  refuseFor(mistakes)
}

/** Whether anybody could come in is known when the stored apps are: those that an administrator has switched on count like the environment's. */
export function assertSomebodyCanSignIn(env: Environment, apps: number): void {
  if (env['NODE_ENV'] === 'production' && apps === 0)
    refuseFor(['no chat platform is configured, and no stored app is switched on: nobody could sign in'])
}

function refuseFor(mistakes: string[]): void {
  if (mistakes.length > 0)
    throw new Error(`This is not safe for production:\n${mistakes.map((one) => `  ${one}`).join('\n')}`)
}

const mistakesOf = ({ company, secrets }: PlatformConfiguration, env: Environment): string[] => [
  ...(env[company] ? [] : [`${company} is missing: people of any company could sign in`]),
  ...secrets.flatMap((name) => secretMistake(name, env[name])),
]

function secretMistake(name: string, value: string | undefined): string[] {
  if (!value) return [`${name} is missing`]
  if (value.length < secretLengthMin) return [`${name} is shorter than ${secretLengthMin} characters`]
  return /fake|example|changeme|^(.)\1+$/i.test(value) ? [`${name} is an example, not a secret`] : []
}

/** Over these go sessions and secrets: never in the clear. */
const addressMistake = (name: string, value: string | undefined): string[] =>
  value && !value.startsWith('https://') ? [`${name} does not begin with https://`] : []
