import type { Actions } from '#kernel/perform'
import type { shares } from './contract.ts'
import { createShareLink, revokeShareLink, shareLinks } from './share-links.ts'
import { sheet } from './sheet.ts'

export const sharesActions: Actions<typeof shares> = { sheet, shareLinks, createShareLink, revokeShareLink }
