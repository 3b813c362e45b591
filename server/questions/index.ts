export { questionsActions } from './actions.ts'
