export { note } from './note.ts'
export { readTimeline } from './read-timeline.ts'
export { record } from './record.ts'
