-- What of one subject somebody still waits for is looked up for each message that is due: by the platform alone each look went through all that waited.
drop index outbox_message_unsent;
create index outbox_message_unsent on outbox_message (open_id, subject_id, subject) where state = 'pending';
