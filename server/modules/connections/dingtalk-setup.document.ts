import { copy, field, secret, type PlatformSetup } from './setup-field.document.ts'

export const dingtalkSetup: PlatformSetup = {
  name: { zh: '钉钉', en: 'DingTalk' },
  console: 'https://open-dev.dingtalk.com/fe/app',
  tenantKey: 'corpId',
  appKeys: ['clientId'],
  fields: [
    field(
      'clientId',
      { zh: 'Client ID (AppKey)' },
      { zh: '凭证与基础信息', en: 'Credentials & basic info' },
      {
        pattern: /^\S{8,100}$/,
      },
    ),
    field(
      'clientSecret',
      { zh: 'Client Secret (AppSecret)' },
      { zh: '凭证与基础信息', en: 'Credentials & basic info' },
      {
        isSecret: true,
        pattern: secret,
      },
    ),
    field(
      'agentId',
      { zh: 'AgentId' },
      { zh: '凭证与基础信息', en: 'Credentials & basic info' },
      { pattern: /^\d{1,20}$/ },
    ),
    field(
      'corpId',
      { zh: '企业 CorpId', en: 'Company, CorpId' },
      {
        zh: '开发者后台首页右上角',
        en: 'Top right of the developer console',
      },
    ),
    field(
      'cardTemplate',
      { zh: '卡片模板 ID', en: 'Card template id' },
      {
        zh: '卡片平台导入模板后得到；不填则发普通卡片，按钮是链接',
        en: 'From the card builder, once the template is imported; without it cards are plain, and their buttons are links',
      },
      { isRequired: false },
    ),
  ],
  steps: [
    {
      title: { zh: '创建企业内部应用', en: 'Make an internal app' },
      words: {
        zh: '在钉钉开放平台创建企业内部应用，添加「网页应用」和「机器人」，首页和 PC 首页都填这个地址。',
        en: 'Make an internal app on the open platform, add web app and robot; both home pages are this address.',
      },
      copies: [copy('首页', 'Home page', '{url}/in/{app}')],
    },
    {
      title: { zh: '登记回调域名', en: 'Redirect URL' },
      words: {
        zh: '在「安全设置」里填重定向 URL 和服务器出口 IP。',
        en: 'Under security, enter the redirect URL and the address that the server calls from.',
      },
      copies: [copy('重定向 URL', 'Redirect URL', '{url}/in/{app}/sign-in/dingtalk')],
    },
    {
      title: { zh: '开通权限', en: 'Scopes' },
      words: {
        zh: '在权限管理里申请这些权限，授权范围选全部员工。',
        en: 'Ask for these under permissions, for all staff.',
      },
      copies: [
        copy(
          '权限',
          'Scopes',
          [
            'qyapi_get_department_list',
            'qyapi_get_department_member',
            'qyapi_get_member',
            'fieldMobile',
            'fieldEmail',
            'qyapi_robot_sendmsg',
            'Card.Instance.Write',
            'Card.Streaming.Write',
          ].join(','),
        ),
      ],
    },
    {
      title: { zh: '用 Stream 模式接收', en: 'Receive by Stream' },
      words: {
        zh: '机器人消息和事件订阅都选 Stream 模式，不需要公网地址。订阅这些通讯录事件。',
        en: 'Choose Stream for the robot and for events: it needs no public address. Subscribe to these contact events.',
      },
      copies: [
        copy(
          '事件',
          'Events',
          [
            'user_add_org',
            'user_modify_org',
            'user_leave_org',
            'org_dept_create',
            'org_dept_modify',
            'org_dept_remove',
          ].join(','),
        ),
      ],
    },
    {
      title: { zh: '发布应用', en: 'Publish' },
      words: {
        zh: '在版本管理与发布里发布，可见范围选全员。',
        en: 'Publish a version that everybody may see.',
      },
      copies: [],
    },
  ],
}
