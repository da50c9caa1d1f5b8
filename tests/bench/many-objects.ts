/** What programs read of many towns: told by the module itself for the demonstration's, short rows for its neighbours. */
import { joined } from './bare-sql.ts';
import { asSuperuser, inBatches } from './many-papers.ts';
import type { Workshop } from './program.ts';

/** By the module's own repair: every object as a write would have told it. */
export async function tellDemonstration(dataDir: string): Promise<void> {
	await joined(dataDir, async (ctx) => {
		const { tellAnew } = await import('../../src/modules/(oparl)/project/follow.server.ts');
		const { SYSTEM } = await import('#kernel/access/actor.ts');
		await tellAnew({ ...ctx, actor: SYSTEM });
	});
	await asSuperuser({ dataDir }, async (client) => void (await client.query('vacuum (analyze) oparl.object')));
}

/** Rows for the papers of all other towns that have none yet: as many and as indexed as real ones, only shorter. */
export async function fillObjects(workshop: Pick<Workshop, 'dataDir'>): Promise<void> {
	await inBatches(
		workshop,
		`select id::text from kernel.town where not demonstration and id not in (select distinct body_id from oparl.object) order by id`,
		(client, towns) =>
			client.query(
				`insert into oparl.object (body_id, type, id, root_type, root_id, created, modified, hash, document, brief)
				select body_id, 'Paper', id, 'paper', id, filed_at, filed_at, md5(id::text), json_build_object('name', title), json_build_object('name', title)
				from papers.paper where body_id = any ($1::uuid[])`,
				[towns],
			),
	);
	await asSuperuser(workshop, async (client) => void (await client.query('vacuum (analyze) oparl.object')));
}
