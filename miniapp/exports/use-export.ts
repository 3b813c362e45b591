import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { v7 as newId } from 'uuid'
import type { ExportView } from '#contract/engines/exports'
import type { Question } from '../api.ts'
import { inWords } from '../i18n.ts'
import { showRefused, useCommand } from '../query.ts'
import { exportsApi, fileAddress } from './api.ts'

/** When it is looked again how far an export is: soon at first, because most lists are short. */
const waitsMs = [300, 500, 800]
const everyMs = 1_200

/**
 * Takes a list along as a workbook: asks for it, looks how far it is, and hands it to the device when it is ready. Where a program does not take
 * files by themselves, the address stays to be pressed.
 */
export function useExport() {
  const run = shallowRef<ExportView>()
  const isOver = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  onScopeDispose(() => {
    isOver.value = true
    clearTimeout(timer)
  })

  const begin = useCommand(async (key, question: Question) => {
    run.value = undefined
    const { list, filter } = question
    follow(await exportsApi.createExport({ id: newId(), list, filter }, { key }), 0)
  })

  function follow(view: ExportView, looks: number): void {
    run.value = view
    if (view.state === 'ready') return save(view.id)
    if (view.state !== 'making') return refused(view)
    timer = setTimeout(() => void look(view, looks), waitsMs[looks] ?? everyMs)
  }

  async function look(view: ExportView, looks: number): Promise<void> {
    // A line that is broken for a moment does not end what the server is doing.
    const next = await exportsApi.export({ id: view.id }).catch(() => view)
    if (!isOver.value) follow(next, looks + 1)
  }

  function refused({ problem }: ExportView): void {
    run.value = undefined
    if (problem) showRefused(inWords(problem))
  }

  const isMaking = computed(() => begin.isSending || run.value?.state === 'making')
  const address = computed(() => (run.value?.state === 'ready' ? fileAddress(run.value.id) : undefined))
  const forget = (): void => {
    if (!isMaking.value) run.value = undefined
  }
  return { run, isMaking, address, begin: begin.run, forget }
}

function save(id: string): void {
  const link = document.createElement('a')
  link.href = fileAddress(id)
  link.download = ''
  link.click()
}
