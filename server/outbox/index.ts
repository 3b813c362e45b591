export { outboxActions } from './actions.ts'
