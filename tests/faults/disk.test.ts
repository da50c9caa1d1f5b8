/** A disk that is full, and one that may not be written any more. */
import { afterAll, expect, test } from 'vitest';
import { until } from '../../src/server/testing.ts';
import { plainPage } from '../support/forms.ts';
import { canMount, onSmallDisk, type SmallDisk } from './disk.ts';
import { bodyOf, propose, signInByClick } from './program.ts';

const open: SmallDisk[] = [];
afterAll(async () => {
	for (const disk of open) await disk.remove();
});

async function start(): Promise<SmallDisk> {
	const disk = await onSmallDisk(700);
	open.push(disk);
	return disk;
}

test.skipIf(!canMount)(
	'a full disk: what cannot be kept is refused in words, what was acknowledged stays, and room brings everything back',
	async () => {
		const disk = await start();
		const cookie = await signInByClick(disk.url, 'Geschäftsstelle');
		const body = await bodyOf(disk.url);
		const write = (title: string) =>
			propose(disk.url, cookie, body, title, 'Auf einer vollen Platte geschrieben. '.repeat(100)).catch(() => 0);
		expect(await write('Vor der vollen Platte')).toBe(303);
		await disk.inside(`cat /dev/zero > "$DISK/ballast" 2>/dev/null; df "$DISK" | grep -q '100%'`);

		const acknowledged: string[] = [];
		const states = new Set<number>();
		for (let number = 0; number < 400 && !states.has(503); number++) {
			const title = `Volle Platte Nr. ${String(number).padStart(3, '0')}`;
			const state = await write(title);
			states.add(state);
			if (state === 303) acknowledged.push(title);
		}
		expect([...states].filter((state) => state !== 303)).toEqual([503]);
		expect(disk.isRunning()).toBe(true);

		await disk.inside('rm "$DISK/ballast"');
		await until(async () => (await write('Nach der vollen Platte')) === 303);
		const list = await plainPage({ url: disk.url }, '/themen', cookie);
		for (const title of ['Vor der vollen Platte', ...acknowledged, 'Nach der vollen Platte'])
			expect(list.text).toContain(title);
	},
	300_000,
);

test.skipIf(!canMount)(
	'a disk that became read-only: pages go on, a file that cannot be kept is refused, nothing of it stays',
	async () => {
		const disk = open[0] ?? (await start());
		const cookie = await signInByClick(disk.url, 'Geschäftsstelle');
		await disk.inside(
			'mkdir -p "$DISK/data/files" && mount --bind "$DISK/data/files" "$DISK/data/files" && mount -o remount,bind,ro "$DISK/data/files"',
		);
		const upload = async () => {
			const form = new FormData();
			form.set(
				'dateien',
				new Blob(['Niederschrift der Sitzung vom 4. März 2024'], { type: 'text/plain' }),
				'niederschrift.txt',
			);
			const answer = await fetch(`${disk.url}/einlesen`, {
				method: 'POST',
				redirect: 'manual',
				headers: { cookie, origin: disk.url, accept: 'text/html' },
				body: form,
			});
			await answer.arrayBuffer();
			return answer.status;
		};
		expect(await upload(), disk.said().slice(-900)).toBe(503);
		expect((await plainPage({ url: disk.url }, '/sitzungen')).status).toBe(200);
		expect((await plainPage({ url: disk.url }, '/einlesen', cookie)).text).not.toContain('niederschrift.txt');
		await disk.inside('umount "$DISK/data/files"');
		expect(await upload()).toBe(303);
	},
	300_000,
);
