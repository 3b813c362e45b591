import type { HomeCard } from '../home/contribution.ts'

export const homeCards: HomeCard[] = [{ key: 'approvals', place: 10, view: () => import('./ApprovalsHomeCard.vue') }]
