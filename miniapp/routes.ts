import type { Component } from 'vue'
import type { RouteRecordRaw } from 'vue-router'

declare module 'vue-router' {
  interface RouteMeta {
    /** The name of the list that the page was opened from, and goes back to. */
    list?: string
    /** Reached without signing in. */
    isOpen?: boolean
    /** Wants the whole phone: no tabs beneath. */
    isFullScreen?: boolean
  }
}

type Lazy = () => Promise<{ default: Component }>

/**
 * A list and the page of one of its rows: on the phone one after the other, at a desk side by side.
 * The page gets the parameters of its path as props.
 */
export function listAndPage(
  list: { path: string; name: string; view: Lazy },
  page: { path: string; name: string; view: Lazy },
): RouteRecordRaw[] {
  return [
    { path: list.path, name: list.name, components: { list: list.view } },
    {
      path: page.path,
      name: page.name,
      components: { list: list.view, default: page.view },
      props: { list: false, default: true },
      meta: { list: list.name },
    },
  ]
}

/** A page that stands alone: a form, a dashboard, a search. */
export const page = (path: string, name: string, view: Lazy, meta: RouteRecordRaw['meta'] = {}): RouteRecordRaw => ({
  path,
  name,
  component: view,
  props: true,
  meta,
})
