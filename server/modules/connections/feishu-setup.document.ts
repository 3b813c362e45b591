import { copy, field, secret, type PlatformSetup } from './setup-field.document.ts'

export const feishuSetup: PlatformSetup = {
  name: { zh: '飞书', en: 'Feishu' },
  console: 'https://open.feishu.cn/app',
  tenantKey: 'tenantKey',
  appKeys: ['appId'],
  fields: [
    field(
      'appId',
      { zh: 'App ID' },
      { zh: '凭证与基础信息', en: 'Credentials & basic info' },
      {
        pattern: /^cli_[0-9a-fA-F]{16}$/,
      },
    ),
    field(
      'appSecret',
      { zh: 'App Secret' },
      { zh: '凭证与基础信息', en: 'Credentials & basic info' },
      {
        isSecret: true,
        pattern: secret,
      },
    ),
    field(
      'encryptKey',
      { zh: 'Encrypt Key' },
      { zh: '事件与回调 > 加密策略', en: 'Events & callbacks > Encryption' },
      {
        isSecret: true,
        pattern: secret,
      },
    ),
    field(
      'verificationToken',
      { zh: 'Verification Token' },
      { zh: '事件与回调 > 加密策略', en: 'Events & callbacks > Encryption' },
      { isSecret: true, pattern: secret },
    ),
    field(
      'tenantKey',
      { zh: '企业标识 tenant_key', en: 'Company, tenant_key' },
      {
        zh: '保存后点「测试连接」可以查到',
        en: 'Save, then "Test" finds it out',
      },
    ),
    field(
      'receive',
      { zh: '接收方式', en: 'How events arrive' },
      {
        zh: '长连接不需要公网地址',
        en: 'The long connection needs no public address',
      },
      {
        pattern: /^(long_connection|http)$/,
        options: [
          { value: 'long_connection', label: { zh: '长连接', en: 'Long connection' } },
          { value: 'http', label: { zh: '回调地址', en: 'Callback address' } },
        ],
      },
    ),
  ],
  steps: [
    {
      title: { zh: '创建企业自建应用', en: 'Make a custom app' },
      words: {
        zh: '在飞书开放平台创建企业自建应用，添加「机器人」和「网页应用」两项能力，桌面端和移动端主页都填这个地址。',
        en: 'Make a custom app on the open platform, add the abilities bot and web app; both home pages are this address.',
      },
      copies: [copy('主页', 'Home page', '{url}/in/{app}')],
    },
    {
      title: { zh: '登记安全设置', en: 'Security settings' },
      words: {
        zh: '把登录地址加进重定向 URL，把域名加进 H5 可信域名，扫码才能用。',
        en: 'Add the sign-in address to the redirect URLs and the host to the trusted H5 domains; the scanner needs it.',
      },
      copies: [
        copy('重定向 URL', 'Redirect URL', '{url}/in/{app}/sign-in/feishu'),
        copy('可信域名', 'Trusted domain', '{host}'),
      ],
    },
    {
      title: { zh: '开通权限', en: 'Scopes' },
      words: {
        zh: '在权限管理里批量导入，通讯录权限范围选「全部员工」。',
        en: 'Import them under permissions, and give the app a contact scope of all staff.',
      },
      copies: [
        copy(
          '权限',
          'Scopes',
          [
            'contact:user.base:readonly',
            'contact:user.employee_id:readonly',
            'contact:user.phone:readonly',
            'contact:user.email:readonly',
            'contact:department.base:readonly',
            'im:message',
            'im:message:send_as_bot',
            'im:message.p2p_msg:readonly',
            'im:message.group_at_msg:readonly',
          ].join(','),
        ),
      ],
    },
    {
      title: { zh: '订阅事件和回调', en: 'Events and callbacks' },
      words: {
        zh: '先设置 Encrypt Key。方式选「长连接」，或填回调地址；订阅这些事件，再订阅卡片回调。',
        en: 'Set an Encrypt Key first. Choose the long connection, or enter the address; subscribe to these events and to the card callback.',
      },
      copies: [
        copy('回调地址', 'Callback address', '{url}/bot/feishu/{app}'),
        copy(
          '事件',
          'Events',
          [
            'im.message.receive_v1',
            'contact.user.created_v3',
            'contact.user.updated_v3',
            'contact.user.deleted_v3',
            'contact.scope.updated_v3',
          ].join(','),
        ),
        copy('回调', 'Callback', 'card.action.trigger'),
      ],
    },
    {
      title: { zh: '发布版本', en: 'Publish a version' },
      words: {
        zh: '创建版本并发布，可用范围选全员。管理员审核通过后，大家就能在工作台看到应用。',
        en: 'Make a version available to everybody and publish it. Once approved, people find the app on their workbench.',
      },
      copies: [],
    },
  ],
}
