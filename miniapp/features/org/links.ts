import type { LinkSource } from '../../forms/links.ts'
import { orgApi } from './api.ts'

export const links: LinkSource[] = [
  {
    document: 'person',
    label: { zh: '同事', en: 'People' },
    search: async (q, signal) => {
      const { rows } = await orgApi.people({ q: q || undefined, limit: 20 }, { signal })
      return rows.map((person) => ({
        id: person.id,
        title: person.name,
        words: [person.title, person.department].filter(Boolean).join(' · '),
        to: { name: 'people', query: { q: person.name } },
      }))
    },
  },
  {
    document: 'department',
    label: { zh: '部门', en: 'Departments' },
    search: async (q, signal) => {
      const { departments } = await orgApi.departments({}, { signal })
      return departments.filter(({ name }) => name.includes(q)).map(({ id, name }) => ({ id, title: name }))
    },
  },
]
