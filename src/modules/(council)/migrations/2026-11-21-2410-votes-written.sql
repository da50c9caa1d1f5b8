-- A written procedure tells its result in the next session: on an item of its own, or, after an objection, as the topic that is
-- dealt with there. What the public may know follows from that session, so no moment of announcement is kept beside it.
alter table council.written_procedure
	drop column announced_at,
	add column close_note text not null default '',
	add column reminded_on date;
create index written_procedure_item on council.written_procedure (body_id, announced_item_id) where announced_item_id is not null;

-- Who is biased decides in writing as little as in a session (rulebook R2-31).
alter table council.written_answer drop constraint written_answer_voice_check;
alter table council.written_answer
	add constraint written_answer_voice_check check (voice in ('yes', 'no', 'abstain', 'objection', 'biased'));
