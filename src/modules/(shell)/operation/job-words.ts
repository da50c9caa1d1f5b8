import * as m from '#messages';

const JOBS: Record<string, () => string> = {
	'kernel.mail.send': m.shell_job_mail_send,
	'kernel.audit.seal': m.shell_job_audit_seal,
	'kernel.privacy.retention': m.shell_job_retention,
	'kernel.search.sweep': m.shell_job_search_sweep,
	'kernel.search.spread': m.shell_job_search_spread,
	'kernel.search.reindex': m.shell_job_search_reindex,
	'registry.endUnconfirmed': m.shell_job_end_unconfirmed,
	'council.agenda.send': m.shell_job_agenda_send,
	'council.agenda.remind': m.shell_job_agenda_remind,
	'council.forgetProposers': m.shell_job_forget_proposers,
	'council.news.look': m.shell_job_news_look,
	'council.news.letters': m.shell_job_news_letters,
	'council.news.forget': m.shell_job_news_forget,
	'council.votes.written': m.shell_job_votes_written,
	'papers.involvement.daily': m.shell_job_involvement_daily,
	'papers.statement.remind': m.shell_job_statement_remind,
	'papers.duties.remind': m.shell_job_duties_remind,
	'papers.control.remind': m.shell_job_control_remind,
	'oparl.harvest': m.shell_job_oparl_harvest,
	'oparl.documents': m.shell_job_oparl_documents,
	'oparl.day': m.shell_job_oparl_day,
	'oparl.repair': m.shell_job_oparl_repair,
	'import.read': m.shell_job_import_read,
};

/** What a background job does, in words; one that only a program of before knew stands by its name. */
export function jobWords(job: string): string {
	return JOBS[job]?.() ?? job;
}
