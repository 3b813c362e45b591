import type { Client } from '@larksuiteoapi/node-sdk'
import type { Directory, DirectoryPerson } from '#server/modules/org'
import type { FeishuSettings } from './settings.ts'
import { personOf } from './wire.ts'

const root = '0'
const pageSize = 50

/** All departments and people that the app may see, read page by page. */
export async function readFeishuDirectory(client: Client, settings: FeishuSettings): Promise<Directory> {
  const departments = await readDepartments(client)
  const people = new Map<string, DirectoryPerson>()
  for (const departmentId of [root, ...departments.map((department) => department.id)])
    for (const person of await readPeople(client, settings, departmentId)) people.set(person.stableId, person)
  return {
    platform: 'feishu',
    departments: departments.map(({ id, parentId, name }) => ({
      externalId: `feishu:${id}`,
      parentExternalId: parentId === root ? null : `feishu:${parentId}`,
      name,
    })),
    people: [...people.values()],
  }
}

async function readDepartments(client: Client): Promise<{ id: string; parentId: string; name: string }[]> {
  const departments: { id: string; parentId: string; name: string }[] = []
  for (let page: string | undefined = ''; page !== undefined;) {
    const answer = await client.contact.v3.department.children({
      path: { department_id: root },
      params: {
        department_id_type: 'open_department_id',
        fetch_child: true,
        page_size: pageSize,
        ...(page ? { page_token: page } : {}),
      },
    })
    if (answer.code !== 0) throw new Error(`Feishu refused to list departments: ${answer.code} ${answer.msg ?? ''}`)
    for (const one of answer.data?.items ?? [])
      departments.push({
        id: one.open_department_id ?? '',
        parentId: one.parent_department_id ?? root,
        name: one.name ?? '',
      })
    page = answer.data?.has_more ? answer.data.page_token : undefined
  }
  return departments
}

async function readPeople(client: Client, settings: FeishuSettings, departmentId: string): Promise<DirectoryPerson[]> {
  const people: DirectoryPerson[] = []
  for (let page: string | undefined = ''; page !== undefined;) {
    const answer = await client.contact.v3.user.findByDepartment({
      params: {
        department_id: departmentId,
        department_id_type: 'open_department_id',
        user_id_type: 'open_id',
        page_size: pageSize,
        ...(page ? { page_token: page } : {}),
      },
    })
    if (answer.code !== 0) throw new Error(`Feishu refused to list people: ${answer.code} ${answer.msg ?? ''}`)
    for (const user of answer.data?.items ?? [])
      if (user.open_id)
        people.push(
          personOf(
            {
              ...user,
              open_id: user.open_id,
              name: user.name ?? '',
              department_ids: user.department_ids ?? [departmentId],
            },
            { appId: settings.appId, tenant: settings.tenantKey },
          ),
        )
    page = answer.data?.has_more ? answer.data.page_token : undefined
  }
  return people
}
