import { demoDepartments, demoPeople } from '../prisma/demo/people.ts'
import { type Simulator, startSimulator } from '../simulator/index.ts'

// Plainly fake: they open nothing but the simulator on this machine.
export const demoFeishu = {
  FEISHU_APP_ID: 'cli_0000000000000000',
  FEISHU_APP_SECRET: 'fake-secret-of-the-simulator',
  FEISHU_ENCRYPT_KEY: 'fake-encrypt-key-of-the-simulator',
  FEISHU_VERIFICATION_TOKEN: 'fake-token-of-the-simulator',
  FEISHU_TENANT_KEY: 'fake-tenant',
}

/** The chat platforms of the demo company, on this machine. */
export function startDemoSimulator(options: {
  port: number
  host?: string
  appUrl: string
  pageFolder?: string
}): Promise<Simulator> {
  return startSimulator({
    ...options,
    people: demoPeople,
    departments: demoDepartments,
    feishu: {
      tenantKey: demoFeishu.FEISHU_TENANT_KEY,
      apps: [
        {
          appId: demoFeishu.FEISHU_APP_ID,
          appSecret: demoFeishu.FEISHU_APP_SECRET,
          encryptKey: demoFeishu.FEISHU_ENCRYPT_KEY,
          verificationToken: demoFeishu.FEISHU_VERIFICATION_TOKEN,
          botName: '一单助手',
        },
      ],
    },
  })
}

/** Points the configuration at the simulator, as an administrator would point it at Feishu. */
export function useSimulator(env: Record<string, string | undefined>, url: string): void {
  Object.assign(env, demoFeishu, { FEISHU_BASE_URL: url, FEISHU_ACCOUNTS_URL: url })
  // The simulated phones reach the app through a proxy, each under an origin of its own.
  env['TRUST_PROXY'] = 'true'
}
