import { pool } from './db.ts'

/** Resolves when the database answers; rejects when it does not. */
export const databaseAnswers = async (): Promise<void> => void (await pool.query('select 1'))
