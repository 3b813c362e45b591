import { type Broken, firstFound, type Invariant } from '#kernel/invariant'

/** What must hold for approvals whatever happens: `npm run reconcile` names the first where it does not. */
export const approvalInvariants: Invariant[] = [
  {
    id: 'I12',
    name: { zh: '每个审批步骤只有一个最终结果', en: 'One terminal decision per approval step' },
    find: (tx) => firstFound<Broken>(tx)`
        with step as (
          select a.id, a.document_number, a.state, a.step as present, (s.at - 1)::int as position, s.step
          from approval a, jsonb_array_elements(a.steps) with ordinality as s(step, at)
          where s.step ->> 'kind' = 'approve'),
        judged as (
          select step.*, v.votes, v.voters, v.refusals
          from step, lateral (
            select count(*)::int as votes, count(distinct vote ->> 'by')::int as voters,
                   (count(*) filter (where vote ->> 'choice' <> 'approve'))::int as refusals
            from jsonb_array_elements(step.step -> 'votes') as vote) v)
        select 'approval' as document, id, document_number as number, 'step ' || position || ': ' || case
            when voters < votes then 'somebody has voted twice'
            when refusals > 1 then 'refused more than once'
            when refusals = 1 and state not in ('rejected', 'returned') then 'refused, yet the approval is ' || state
            when refusals = 1 and position <> present then 'refused, yet it went on'
            else 'it has votes before its turn' end as detail
        from judged
        where voters < votes or refusals > 1 or (refusals = 1 and (state not in ('rejected', 'returned') or position <> present))
           or (position > present and votes > 0)
        order by id`,
  },
  {
    id: 'I12-settled-once',
    name: {
      zh: '每张审批至多宣布一次结果，且与记录一致',
      en: 'An approval is announced as settled once at most, and as it was settled',
    },
    find: (tx) => firstFound<Broken>(tx)`
        select 'approval' as document, a.id, a.document_number as number, 'is ' || a.state || ', announced: ' || coalesce(string_agg(e.body ->> 'outcome', ', '), 'nothing') as detail
        from approval a left join event e on e.name = 'approvals.settled' and e.body ->> 'approvalId' = a.id::text
        group by a.id
        having count(e.id) > 1 or min(e.body ->> 'outcome') <> a.state
        order by a.id`,
  },
  {
    id: 'I12-waiting',
    name: { zh: '审批中必有待办人，结束后没有待办', en: 'Somebody is waited for exactly while an approval is open' },
    find: (tx) => firstFound<Broken>(tx)`
        select 'approval' as document, a.id, a.document_number as number, 'is ' || a.state || ' and waits for ' || count(t.id) as detail
        from approval a left join approval_task t on t.approval_id = a.id and t.kind = 'approve' and t.state = 'waiting'
        group by a.id
        having (count(t.id) > 0) <> (a.state = 'open')
        order by a.id`,
  },
]
