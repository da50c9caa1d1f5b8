/** No word of what is closed reaches programs: every list, every object, every tombstone of the demonstration with secrets in it. */
import { expect, test } from 'vitest';
import { VISITOR } from '../../src/kernel/access/actor.ts';
import { demonstrationTown, plantSecrets, SECRETS } from '../../src/modules/(council)/demo/town.fixture.ts';
import { LISTS } from '../../src/modules/(oparl)/serve/objects.server.ts';
import { read } from '../../src/modules/(oparl)/serve/read.server.ts';

const demo = await demonstrationTown();
await plantSecrets(demo);

test('what programs read has none of the secrets, and their number is that of the public alone', async () => {
	const told = await demo.as(VISITOR, async (ctx) => {
		const answers: string[] = [];
		for (const name of Object.keys(LISTS))
			for (let next: string | undefined = 'modified_since=1970-01-01T00:00:00Z'; next;) {
				const found = await read(ctx, `body/${demo.town.id}/${name}`, new URLSearchParams(next));
				if (!('json' in found)) throw new Error(name);
				answers.push(found.json);
				next = (JSON.parse(found.json) as { links: { next?: string } }).links.next?.split('?')[1];
			}
		return answers.join('\n');
	});
	expect(told.length).toBeGreaterThan(50_000);
	expect(SECRETS.filter((word) => told.includes(word))).toEqual([]);
});
