import { page } from '../../routes.ts'

export const routes = [page('/questions', 'questions', () => import('./QuestionsPage.vue'))]
