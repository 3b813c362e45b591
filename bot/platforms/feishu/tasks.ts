import type { Client } from '@larksuiteoapi/node-sdk'
import { shortened } from '../limits.ts'
import type { Todos } from '../todo.ts'
import { answered, refusal, uuidOf } from './client.ts'
import type { FeishuSettings } from './settings.ts'

const source = { zh_cn: '一单', en_us: 'Yidan' }

/** Feishu's tasks. The same card asks for the same task, however often it is sent. */
export const feishuTasks = (client: Client, { appUrl }: FeishuSettings): Todos => ({
  open: async (openId, { title, subtitle = '', link }, sendKey) => {
    const answer = await answered(
      client.task.v2.task.create({
        data: {
          summary: shortened(title),
          description: shortened(subtitle),
          members: [{ id: openId, type: 'user', role: 'assignee' }],
          origin: { platform_i18n_name: source, href: { url: appUrl + (link?.path ?? '/'), title: link?.label ?? '' } },
          client_token: uuidOf(sendKey),
        },
        params: { user_id_type: 'open_id' },
      }),
    )
    const guid = answer.data?.task?.guid
    if (answer.code !== 0 || !guid) throw refusal('a task', answer)
    return { taskGuid: guid }
  },
  close: async ({ taskGuid }) => {
    if (!taskGuid) return
    const answer = await answered(
      client.task.v2.task.patch({
        path: { task_guid: taskGuid },
        data: { task: { completed_at: String(Date.now()) }, update_fields: ['completed_at'] },
      }),
    )
    if (answer.code !== 0) throw refusal('to complete a task', answer)
  },
})
