import { newDatabaseName } from './database.ts'

/** Files that share a world share its modules, and the kernel's pool knows one address: each file's database takes this name in turn. */
export const databaseName = newDatabaseName()
