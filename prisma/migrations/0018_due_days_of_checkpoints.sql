-- What a checkpoint holds keeps its due day: an ageing of the past looks up the receivables of a month instead of all that were open.
alter table receivable_checkpoint_line add column due_on date;
update receivable_checkpoint_line line set due_on = receivable.due_on from receivable where receivable.id = line.receivable_id;
