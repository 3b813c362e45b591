-- Definitions: at most one draft and one published version of each; what was published stays as it was.
alter table definition
  add constraint definition_kind_known check (kind in ('rule', 'flow')),
  add constraint definition_state_known check (state in ('draft', 'published', 'retired')),
  add constraint definition_published_by_someone check ((state = 'draft') = (published_at is null) and (published_at is null) = (published_by is null));
create unique index definition_one_draft on definition (kind, key) where state = 'draft';
create unique index definition_one_published on definition (kind, key) where state = 'published';

create function published_definition_stays() returns trigger language plpgsql as $$
begin
  if old.state <> 'draft' and (new.state <> 'retired' or to_jsonb(new) - 'state' <> to_jsonb(old) - 'state') then
    raise exception 'a published definition is not changed: save a new version' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger published_definition_stays before update on definition for each row execute function published_definition_stays();

-- Approvals: one open one per document and move; a settled one never changes.
alter table approval
  add constraint approval_state_known check (state in ('open', 'approved', 'rejected', 'withdrawn', 'returned')),
  add constraint approval_settled_once check (
    (state = 'open') = (settled_at is null) and (settled_at is null) = (settled_by is null) and (settled_at is null) = (settled_how is null)
  ),
  add constraint approval_settled_sleeps check (state = 'open' or wake_at is null);
create unique index approval_one_open on approval (document, document_id, move) where state = 'open';
create index approval_wakes on approval (wake_at) where wake_at is not null;

create function settled_approval_stays() returns trigger language plpgsql as $$
begin
  if old.state <> 'open' then
    raise exception 'a settled approval is not changed' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger settled_approval_stays before update on approval for each row execute function settled_approval_stays();

alter table approval_task
  add constraint approval_task_kind_known check (kind in ('approve', 'copy')),
  add constraint approval_task_state_known check (state in ('waiting', 'approved', 'rejected', 'returned', 'passed', 'void', 'read')),
  add constraint approval_task_done_has_moment check ((state = 'waiting') = (done_at is null));
create index approval_task_waiting on approval_task (approval_id) where state = 'waiting';
