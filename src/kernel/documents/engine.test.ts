import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { closeEngine } from './engine.ts';
import { renderPdf } from './render.ts';
import { report } from './samples.fixture.ts';

const options = {
	locale: 'de',
	title: 'Verzeichnis',
	author: 'Elbstadt',
	standard: 'ua-1',
	date: Temporal.PlainDate.from('2026-12-01'),
} as const;

/** The typesetter's process among our children. */
function typesetter(): number | undefined {
	const lines = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)])
		.toString()
		.split('\n');
	return lines.filter((line) => line.includes('documents/worker.ts')).map((line) => Number.parseInt(line, 10))[0];
}

test('a typesetter that crashes loses its document and nothing else', async () => {
	await renderPdf('report', report, options);
	const process1 = typesetter();
	const lost = renderPdf('report', report, options);
	process.kill(process1 ?? 0, 'SIGKILL');
	// It may have been quick enough to finish; if not, the caller hears why.
	const [result] = await Promise.allSettled([lost]);
	if (result.status === 'rejected') expect(result.reason).toMatchObject({ name: 'DocumentError', reason: 'engine' });
	expect((await renderPdf('report', report, options)).length).toBeGreaterThan(1000);
	expect(typesetter()).not.toBe(process1);
	closeEngine();
});

test('documents asked for at once are all made, each its own', async () => {
	const all = await Promise.all(
		['a', 'b', 'c', 'd'].map((title) => renderPdf('report', report, { ...options, title })),
	);
	const titles = all.map((pdf) => /<rdf:li xml:lang="x-default">(\w+)</.exec(Buffer.from(pdf).toString('latin1'))?.[1]);
	expect(titles).toEqual(['a', 'b', 'c', 'd']);
	closeEngine();
});

test('a process that made a document can end by itself', () => {
	const source = `import { renderPdf } from './render.ts'; import { report } from './samples.fixture.ts';
		const pdf = await renderPdf('report', report, { ...${JSON.stringify({ ...options, date: undefined })}, date: Temporal.PlainDate.from('2026-12-01') });
		console.log(pdf.length > 1000);`;
	const output = execFileSync(process.execPath, ['--input-type=module', '-e', source], {
		cwd: import.meta.dirname,
		timeout: 20_000,
	});
	expect(output.toString().trim()).toBe('true');
});
