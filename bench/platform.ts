import { randomBytes } from 'node:crypto'
import { demoDepartments, demoPeople } from '../prisma/demo/people.ts'
import { type Person, type Simulator, startSimulator } from '../simulator/index.ts'

/** The chat platform that the house is connected to, outside of it as the real one is. */
export type ChatPlatform = { simulator: Simulator; env: Record<string, string> }

/** People who join for the benchmark, so that no limit on one person's calls is met before a limit of the house. */
export const benchSellers: readonly Person[] = Array.from({ length: 12 }, (_, i) => ({
  key: `seller-${i + 1}`,
  name: `销售${i + 1}`,
  en: `Seller ${i + 1}`,
  mobile: `1991000${String(i + 1).padStart(4, '0')}`,
  email: `seller-${i + 1}@hengrui.example`,
  employeeNumber: `BENCH${String(i + 1).padStart(3, '0')}`,
  department: 'sales',
  title: { zh: '销售', en: 'Seller' },
  leader: 'wangjie',
  platforms: ['feishu'],
}))

/** Starts the simulated platform for a house that is reached at `appUrl`, configured as a real one is. */
export async function startPlatform(appUrl: string): Promise<ChatPlatform> {
  const secret = (): string => randomBytes(24).toString('hex')
  const app = {
    appId: `cli_${randomBytes(8).toString('hex')}`,
    appSecret: secret(),
    encryptKey: secret(),
    verificationToken: secret(),
    botName: '一单助手',
  }
  const tenantKey = 'bench-tenant'
  const simulator = await startSimulator({
    port: 0,
    appUrl,
    // All on the one platform that is measured.
    people: [...demoPeople.map((person): Person => ({ ...person, platforms: ['feishu'] })), ...benchSellers],
    departments: demoDepartments,
    feishu: { tenantKey, apps: [app] },
  })
  const env = {
    PUBLIC_URL: appUrl,
    FEISHU_APP_ID: app.appId,
    FEISHU_APP_SECRET: app.appSecret,
    FEISHU_ENCRYPT_KEY: app.encryptKey,
    FEISHU_VERIFICATION_TOKEN: app.verificationToken,
    FEISHU_TENANT_KEY: tenantKey,
    FEISHU_BASE_URL: simulator.url,
    FEISHU_ACCOUNTS_URL: simulator.url,
  }
  return { simulator, env }
}
