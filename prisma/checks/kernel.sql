-- Facts that wait for the relay: the index holds only these, whatever the history.
create index event_waiting on event (id) where relayed_at is null;

-- What is written down stays: audit entries and ledger lines are appended, never changed.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are appended, never changed', tg_table_name using errcode = '55000';
end $$;
create trigger audit_entry_stays before update or delete on audit_entry for each row execute function refuse_change();
