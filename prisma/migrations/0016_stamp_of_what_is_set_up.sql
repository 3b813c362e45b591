-- CreateTable
CREATE TABLE "set_up_stamp" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "stamp" BIGINT NOT NULL,

    CONSTRAINT "set_up_stamp_pkey" PRIMARY KEY ("id")
);

-- Whoever remembers what is set up asks for the stamp alone. No stamp comes twice, so what was read in a transaction that was undone is believed by nobody.
create sequence set_up_stamp_values;
insert into set_up_stamp (stamp) values (nextval('set_up_stamp_values'));
alter table set_up_stamp add constraint set_up_stamp_is_one check (id = 1);

create function move_set_up_stamp() returns trigger language plpgsql as $$
begin
  update set_up_stamp set stamp = nextval('set_up_stamp_values');
  return null;
end $$;
create trigger setting_is_set_up after insert or update or delete or truncate on setting
  for each statement execute function move_set_up_stamp();
create trigger definition_is_set_up after insert or update or delete or truncate on definition
  for each statement execute function move_set_up_stamp();
create trigger payment_term_is_set_up after insert or update or delete or truncate on payment_term
  for each statement execute function move_set_up_stamp();
create trigger warehouse_is_set_up after insert or update or delete or truncate on warehouse
  for each statement execute function move_set_up_stamp();
