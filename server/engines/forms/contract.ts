import { z } from 'zod'
import { contract, defineRefusals, DocumentDescription, endpoint, OwnField } from '#contract'

export const formsRefusals = defineRefusals({
  field_exists: {
    status: 409,
    zh: '已有字段 {key}，请换一个标识',
    en: 'There is already a field {key}; choose another key',
  },
  no_such_link: {
    status: 422,
    zh: '字段不能关联到「{to}」，请选择系统里有的单据或资料',
    en: 'A field cannot link to "{to}"; choose a document or record that there is',
  },
  no_options: { status: 422, zh: '选择字段至少要有一个选项', en: 'A field of choices needs at least one choice' },
})

const ByName = z.object({ name: z.string().max(60) })

/** What documents are made of, for pages that draw them and programs that fill them. */
export const forms = contract('forms', {
  documents: endpoint(
    'GET /documents',
    { zh: '全部单据类型', en: 'All document types' },
    z.object({}),
    z.object({ documents: z.array(DocumentDescription) }),
  ),
  document: endpoint(
    'GET /documents/:name',
    { zh: '单据的字段与状态', en: 'Fields and states of a document' },
    ByName,
    DocumentDescription,
  ),
  addField: endpoint(
    'POST /documents/:name/fields',
    { zh: '给单据增加自有字段', en: 'Add a field of the company to a document' },
    ByName.extend({ field: OwnField }),
    DocumentDescription,
  ),
})
