/** Words that are said for each other where something is asked. A cue names the class, and so knows all of them. */
const classes = {
  when: '(?:什么时候|啥时候?|几时|何时|几[号点]|哪一?天|多久|几天|多会儿?)',
  which: '(?:哪些|什么|啥|哪几[个家张种样位]|哪[个家张种样位]|谁|有没有)',
  howMuch: '(?:多少|几[多个家张单笔票种样套支只箱盒米次]|好多)',
  isIt: '(?:没有?|了没|吗|么|不|否)',
  goods: '(?:货品?|东西|商品|产品|物?料|品种)',
  money: '(?:货款|款子|钱|款|账|帐)',
  pays: '(?:掏|付|给|打|汇|转|还|交)',
  owner: '(?:业务员?|销售(?!额|量|情况)|跟单|负责人|跟进人|客户经理)',
  lastTime:
    '(?:上次|上回|上[1一]?[次回趟单笔]|[前头][1一]?[次回趟](?!用)|最近\\d*[1一几两]?[次回趟]|最后[1一]?[次回趟])',
  contact: '(?:联系|搭理|搭话|理会|招呼|问候|露面|拜访|回访|跟进|走访|走动|来往|往来|打电话|碰面|见面)',
  long: '(?:好久|很久|长期|一直|许久|长时间|老)',
  gone: '(?:出|走|发|寄|送|运|拉|装车)',
} as const

/** A pattern in which {when} stands for every word of that class. */
export const saying = (text: string): RegExp =>
  new RegExp(text.replace(/\{(\w+)\}/g, (named, name: string) => (isClass(name) ? classes[name] : named)))

const isClass = (name: string): name is keyof typeof classes => name in classes
