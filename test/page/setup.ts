import { disableAutoUnmount, enableAutoUnmount } from '@vue/test-utils'
import { closeToast } from 'vant'
import { afterAll, afterEach } from 'vitest'

// The files share their modules, so each asks for it where another already has.
disableAutoUnmount()
enableAutoUnmount(afterEach)

/** Each file has a window of its own: what Vant shows next is shown in that one. */
afterAll(() => closeToast(true))
