import type { Text } from '#contract'
import type { Finding, PlatformApp } from '#server/modules/connections'
import { platformOf } from './platform-makers.ts'

/** What usually stands behind an answer that few administrators know by heart, and the way out. The codes are those of the platforms' own lists. */
const advice: { when: RegExp; words: Text }[] = [
  {
    when: /\b60020\b|access from your ip|\b99991401\b/i,
    words: {
      zh: '本机的出口 IP 不在平台的可信名单里，请在平台后台加入',
      en: "This server's address is not on the platform's list: add it in the console",
    },
  },
  {
    when: /\b(40001|40013|40089|10014|10003|853000|514)\b|invalid.*(secret|credential|appid|corpid)|(app )?secret|authenticat/i,
    words: {
      zh: '应用编号或密钥不对，请从平台后台重新复制',
      en: 'The id or the secret is not right: copy it from the console again',
    },
  },
  {
    when: /\b(48002|48009|50005|60011|60121|99991672|41050|40004)\b|Forbidden\.AccessDenied\.AccessTokenPermissionDenied|scope|permission|privilege/i,
    words: {
      zh: '应用缺少权限或不在可见范围内，请在平台后台开通后重试',
      en: 'The app lacks a permission, or somebody is outside what it may see: grant it in the console',
    },
  },
  {
    when: /\b(90020|99991403)\b|ApiCountLimit/i,
    words: {
      zh: '本月的接口调用已用完，下月恢复，或在平台升级版本',
      en: 'The calls of this month are used up: they come back next month, or with a larger edition',
    },
  },
  {
    when: /\b(45009|45011|45033|90002|90018|99991400|429)\b|QpsLimit|punish/i,
    words: {
      zh: '平台限制了调用频率，会自动等待后重发，不用处理',
      en: 'The platform asked to slow down; it is sent again by itself, nothing is to be done',
    },
  },
  {
    when: /cannot reach|81013|60111|staffId|230013|230034/i,
    words: {
      zh: '收件人不在应用可见范围内，或已经离开公司',
      en: 'Whoever it was for is outside what the app may see, or has left',
    },
  },
  {
    when: /1000040350|connection limit/i,
    words: {
      zh: '这个应用的长连接已达上限：可能有其他环境也在用它，每个环境请用各自的应用',
      en: 'The app has as many long connections as it may: another installation may be using it; give each an app of its own',
    },
  },
  {
    when: /another connection has taken its place/i,
    words: {
      zh: '智能机器人被别处的连接顶替了：可能有其他环境也在用它，会自动重试',
      en: 'The AI bot was taken over by a connection elsewhere: another installation may be using it; it is tried again',
    },
  },
  {
    when: /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|fetch failed|timeout|could not be reached|does not open|socket/i,
    words: {
      zh: '连不上平台，请检查服务器的网络和防火墙；恢复后会自动重连',
      en: 'The platform cannot be reached: look at the network and firewall of the server; it connects again by itself',
    },
  },
]

/** What an administrator can do about an error; null where nothing is known. */
export const adviceOn = (words: string): Text | null => advice.find(({ when }) => when.test(words))?.words ?? null

export const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Reads the company's directory with an app's settings: that needs its secret, its scopes, and that the platform lets this machine in. */
export async function tryApp(app: PlatformApp): Promise<Finding[]> {
  const credentials: Text = { zh: '凭证与网络', en: 'Credentials and network' }
  const directory: Text = { zh: '通讯录权限', en: 'Directory' }
  try {
    const { people, departments } = await (await platformOf(app)).readDirectory()
    const seen = {
      zh: `读到 ${people.length} 人、${departments.length} 个部门`,
      en: `${people.length} people and ${departments.length} departments were read`,
    }
    const nobody = {
      zh: '一个人也没有读到：请在平台后台把应用的可见范围设为全员',
      en: 'Nobody was read: give the app the whole company as its visible scope in the console',
    }
    return [
      { name: credentials, isOk: true, words: { zh: '已连通', en: 'The platform answers' }, copy: null },
      { name: directory, isOk: people.length > 0, words: people.length > 0 ? seen : nobody, copy: null },
    ]
  } catch (error) {
    return [{ name: credentials, isOk: false, words: advised(wordsOf(error)), copy: null }]
  }
}

/** What can be done, before what the platform said. */
function advised(words: string): Text {
  const known = adviceOn(words)
  return known ? { zh: `${known.zh}（${words}）`, en: `${known.en ?? known.zh} (${words})` } : { zh: words }
}
