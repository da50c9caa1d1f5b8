import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { projectRoot } from '../project.ts';
import { beginSpan, installTracer, readTraceparent, traced, within, type Span } from './trace.ts';
import { tracedQuery } from './trace-queries.ts';

/** A tracer that only writes down. */
function notes(): string[] {
	const lines: string[] = [];
	const names = new Map<Span, string>();
	installTracer({
		begin({ name }, inside) {
			lines.push(`${name} in ${inside ? names.get(inside) : 'nothing'}`);
			const span: Span = {
				traceId: '',
				isKept: true,
				name: () => undefined,
				set: () => undefined,
				failed: (type) => void lines.push(`${name} failed ${type}`),
				end: () => void lines.push(`${name} ends`),
			};
			names.set(span, name);
			return span;
		},
	});
	return lines;
}

test('spans nest as their work does, and say of an error only its kind', async () => {
	const lines = notes();
	const outer = beginSpan({ name: 'outer', kind: 'server' });
	const secret = Object.assign(new Error('Nadiya'), { code: '23505' });
	await within(outer, () => traced({ name: 'inner', kind: 'internal' }, () => Promise.reject(secret))).catch(() => 0);
	installTracer(undefined);
	expect(lines).toEqual(['outer in nothing', 'inner in outer', 'inner failed 23505', 'inner ends']);
});

test('a query is named by its statement and first table, never by its text', async () => {
	const lines = notes();
	for (const text of [
		'select p.id from registry.person p where name = $1',
		'with me as (select 1 from registry.person) select 1 from me',
		'INSERT INTO "kernel"."mail" ("id") values ($1)',
		`update auth."session" set "updatedAt" = now() where "id" = 'x'`,
		'delete from kernel.change',
		'select 1',
	])
		await tracedQuery(text, undefined, async () => undefined);
	installTracer(undefined);
	expect(lines.filter((line) => line.endsWith(' in nothing')).map((line) => line.slice(0, -11))).toEqual([
		'select registry.person',
		'with registry.person',
		'insert kernel.mail',
		'update auth.session',
		'delete kernel.change',
		'select',
	]);
});

test('a traceparent that is none begins nothing', () => {
	expect(readTraceparent(`00-${'a'.repeat(32)}-${'b'.repeat(16)}-00`)).toEqual({
		traceId: 'a'.repeat(32),
		spanId: 'b'.repeat(16),
		sampled: false,
	});
	for (const header of [
		undefined,
		'',
		'x',
		`00-${'0'.repeat(32)}-${'b'.repeat(16)}-01`,
		`00-${'a'.repeat(32)}-${'b'.repeat(16)}-01-x`,
	])
		expect(readTraceparent(header)).toBeUndefined();
});

test('who names no collector loads nothing of OpenTelemetry', async () => {
	const script = `
		const loaded = [];
		const { registerHooks } = await import('node:module');
		registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
		const { readConfig } = await import('./src/kernel/config.ts');
		const { installRuntime } = await import('./src/kernel/runtime.ts');
		installRuntime(readConfig({ MITRAT_DATA: '/nowhere' }), {});
		const { startTracing } = await import('./src/server/tracing.ts');
		await (await startTracing())();
		console.log(loaded.length > 5, loaded.filter((url) => url.includes('opentelemetry')).length);`;
	const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('OTEL_')));
	const args = ['--input-type=module', '-e', script];
	const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: projectRoot, env });
	expect(stdout).toBe('true 0\n');
});
