-- What another system tells as file of a resolution or as verbatim minutes stays what it is.
alter table council.meeting_file drop constraint meeting_file_kind_check;
alter table council.meeting_file add constraint meeting_file_kind_check
	check (kind in ('original', 'invitation', 'minutes', 'verbatim', 'resolution', 'attachment'));
