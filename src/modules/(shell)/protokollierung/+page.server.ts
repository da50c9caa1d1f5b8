import { demand } from '#kernel/access/actor.ts';
import { auditEntries, type AuditEntry } from '#kernel/audit/entries.ts';
import { readSeals } from '#kernel/audit/seal.ts';
import { verifyAudit } from '#kernel/audit/verify.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { isId } from '#kernel/ids.ts';
import { installedModules } from '#kernel/module.ts';
import { personNames } from '#server/registry';
import type { Actions, PageServerLoad } from './$types';

const PER_PAGE = 50;

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	demand(ctx.actor, 'shell.audit');
	const filter = readFilter(url.searchParams);
	const { from, until, ...rest } = filter;
	// One more than shown: then there is a next page.
	const entries = await auditEntries(ctx, { ...rest, from: toDay(from), until: toDay(until), limit: PER_PAGE + 1 });
	const shown = entries.slice(0, PER_PAGE);
	const seals = await readSeals(ctx);
	return {
		rows: await rowsOf(ctx, shown),
		next: entries.length > PER_PAGE ? shown.at(-1)!.id : null,
		filter,
		kinds: installedModules()
			.servers.flatMap(({ kinds }) => Object.keys(kinds))
			.sort(),
		seal: present(seals.at(-1)),
		sealed: seals.length,
	};
};

interface Filter {
	kind?: string;
	objectId?: string;
	act?: string;
	accountId?: string;
	from?: string;
	until?: string;
	before?: string;
}

/** German names in the address, nonsense counts as not said. */
function readFilter(params: URLSearchParams): Filter {
	const text = (name: string) => params.get(name)?.slice(0, 100) || undefined;
	const id = (name: string) => (isId(params.get(name)) ? params.get(name)! : undefined);
	const day = (name: string) => (toDay(text(name)) ? text(name) : undefined);
	return {
		kind: text('art'),
		objectId: id('objekt'),
		act: text('vorgang'),
		accountId: text('konto'),
		from: day('von'),
		until: day('bis'),
		before: id('vor'),
	};
}

function toDay(text: string | undefined): Temporal.PlainDate | undefined {
	if (!text || !/^\d{4}-\d\d-\d\d$/.test(text)) return undefined;
	try {
		return Temporal.PlainDate.from(text, { overflow: 'reject' });
	} catch {
		return undefined;
	}
}

async function rowsOf(ctx: Ctx, entries: AuditEntry[]) {
	const names = await personNames(
		ctx,
		entries.flatMap(({ personId }) => personId ?? []),
	);
	return entries.map(
		({ id, at, actorKind, accountId, personId, kind, objectId, act, fields, plain, personalHash }) => ({
			id,
			actorKind,
			accountId,
			kind,
			objectId,
			act,
			at: at.toString(),
			who: personId ? (names.get(personId) ?? personId.slice(0, 8)) : null,
			fields: fields.map((name) => ({ name, value: name in plain ? shown(plain[name]) : null })),
			personal: personalHash !== null,
		}),
	);
}

/** Texts as they are, everything else as JSON. */
function shown(value: unknown): string {
	return typeof value === 'string' ? value : JSON.stringify(value);
}

export const actions: Actions = {
	/** Reads the whole log: a button, not a page view. Writes nothing. */
	pruefen: async ({ locals: { ctx } }) => {
		demand(ctx.actor, 'shell.audit');
		const { problems, newest, ...report } = await verifyAudit(ctx);
		return {
			report: {
				...report,
				newest: present(newest),
				problems: problems
					.slice(0, 20)
					.map(({ kind, day, entryId }) => ({ kind, day: day.toString(), entryId: entryId ?? null })),
			},
		};
	},
};

function present(seal: Awaited<ReturnType<typeof readSeals>>[number] | undefined) {
	return seal ? { day: seal.day.toString(), entries: seal.entries, hash: seal.hash } : null;
}
