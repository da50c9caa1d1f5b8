-- A noting that followed from the result of the item under which the list was dealt with; empty where somebody entered it.
alter table papers.control_noting
	add column agenda_item_id uuid,
	add foreign key (body_id, agenda_item_id) references council.agenda_item (body_id, id) on delete set null (agenda_item_id);
create index control_noting_item on papers.control_noting (body_id, agenda_item_id);
create index control_list_item on papers.control_list (body_id, agenda_item_id);
