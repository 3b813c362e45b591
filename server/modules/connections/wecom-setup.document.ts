import { copy, field, secret, type PlatformSetup } from './setup-field.document.ts'

export const wecomSetup: PlatformSetup = {
  name: { zh: '企业微信', en: 'WeCom' },
  console: 'https://work.weixin.qq.com/wework_admin/frame#apps',
  tenantKey: 'corpId',
  appKeys: ['corpId', 'agentId'],
  fields: [
    field(
      'corpId',
      { zh: '企业 ID', en: 'Company id' },
      { zh: '我的企业 > 企业信息', en: 'My company > Company information' },
      {
        pattern: /^\S{4,64}$/,
      },
    ),
    field(
      'agentId',
      { zh: 'AgentId' },
      { zh: '应用管理 > 自建应用', en: 'App management > the app' },
      { pattern: /^\d{1,20}$/ },
    ),
    field(
      'secret',
      { zh: 'Secret' },
      { zh: '应用管理 > 自建应用', en: 'App management > the app' },
      {
        isSecret: true,
        pattern: secret,
      },
    ),
    field(
      'callbackToken',
      { zh: '回调 Token', en: 'Callback token' },
      { zh: '接收消息 > 设置 API 接收', en: 'Receive messages > API' },
      {
        isSecret: true,
        pattern: /^[A-Za-z0-9]{3,32}$/,
      },
    ),
    field(
      'callbackKey',
      { zh: 'EncodingAESKey' },
      { zh: '接收消息 > 设置 API 接收', en: 'Receive messages > API' },
      {
        isSecret: true,
        pattern: /^[A-Za-z0-9]{43}$/,
      },
    ),
    field(
      'botId',
      { zh: '智能机器人 ID', en: 'AI bot id' },
      {
        zh: '有它，机器人才能在群里回答',
        en: 'With it the bot answers in groups',
      },
      { isRequired: false },
    ),
    field(
      'botSecret',
      { zh: '智能机器人 Secret', en: 'AI bot secret' },
      { zh: '和 ID 一起填', en: 'Together with the id' },
      {
        isSecret: true,
        isRequired: false,
        pattern: secret,
      },
    ),
  ],
  steps: [
    {
      title: { zh: '创建自建应用', en: 'Make an app' },
      words: {
        zh: '在管理后台「应用管理」创建自建应用，可见范围选全员，工作台应用主页填这个地址。',
        en: 'Make an app under app management, visible to everybody; its home page is this address.',
      },
      copies: [copy('应用主页', 'Home page', '{url}/in/{app}')],
    },
    {
      title: { zh: '登记可信域名', en: 'Trusted domain' },
      words: {
        zh: '在「网页授权及 JS-SDK」里填可信域名，按提示完成归属校验。',
        en: 'Enter the trusted domain under web authorisation and JS-SDK, and prove that it is yours as it says.',
      },
      copies: [copy('可信域名', 'Trusted domain', '{host}')],
    },
    {
      title: { zh: '登记企业可信 IP', en: 'Trusted address' },
      words: {
        zh: '新应用必须填服务器的出口 IP，否则所有调用都会被拒绝（60020）。',
        en: 'A new app must name the address that the server calls from, or every call is refused (60020).',
      },
      copies: [],
    },
    {
      title: { zh: '设置接收消息', en: 'Receive messages' },
      words: {
        zh: '先在这里保存 Token 和 EncodingAESKey 并启用，再到后台保存这个地址：企业微信会马上来验证。',
        en: 'Save token and EncodingAESKey here and switch the app on first, then save this address there: WeCom asks it at once.',
      },
      copies: [copy('接收地址', 'Address', '{url}/bot/wecom/{app}')],
    },
    {
      title: { zh: '给应用通讯录权限', en: 'Contacts' },
      words: {
        zh: '可见范围就是能读到的通讯录。手机号等敏感信息需要员工授权，所以用邮箱或工号认人更稳。',
        en: 'What it may see is the contacts that it reads. Mobile numbers need each person’s consent, so e-mail or employee number match better.',
      },
      copies: [],
    },
  ],
}
