/**
 * Counters of this process, in the text format of Prometheus (version 0.0.4). No library: counting and writing lines is
 * all there is to it. Labels are patterns and states, never values of a person or a town.
 */

/** Upper bounds of durations, in seconds. */
const BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

interface Histogram {
	counts: number[];
	sum: number;
}

interface Registry {
	counters: Map<string, Map<string, number>>;
	histograms: Map<string, Map<string, Histogram>>;
}

const KEY = Symbol.for('mitrat.metrics');
const shared = globalThis as unknown as Record<symbol, Registry | undefined>;
const registry: Registry = (shared[KEY] ??= { counters: new Map(), histograms: new Map() });

export type Labels = Record<string, string>;

/** Adds to a counter, e.g. `count('mitrat_jobs_total', { job, outcome: 'failed' })`. */
export function count(name: string, labels: Labels = {}, by = 1): void {
	const series = inside(registry.counters, name);
	const key = spell(labels);
	series.set(key, (series.get(key) ?? 0) + by);
}

/** Notes how long something took. */
export function took(name: string, labels: Labels, seconds: number): void {
	const series = inside(registry.histograms, name);
	const key = spell(labels);
	let histogram = series.get(key);
	if (!histogram) series.set(key, (histogram = { counts: BOUNDS.map(() => 0).concat(0), sum: 0 }));
	const place = BOUNDS.findIndex((bound) => seconds <= bound);
	histogram.counts[place < 0 ? BOUNDS.length : place]!++;
	histogram.sum += seconds;
}

/** A value of this very moment. */
export interface Gauge {
	name: string;
	help: string;
	type?: 'gauge' | 'counter';
	values: { labels?: Labels; value: number }[];
}

const HELP: Record<string, string> = {
	mitrat_http_requests_total: 'Requests answered, by method, pattern of the route and status.',
	mitrat_http_request_duration_seconds: 'Time from the first line of a request to the last byte of its answer.',
	mitrat_sql_queries_total: 'Queries that requests asked, by pattern of the route.',
	mitrat_jobs_total: 'Background jobs run in this process, by name and outcome.',
	mitrat_job_duration_seconds: 'How long background jobs took.',
	mitrat_errors_total: 'Errors written to the log.',
};

/** Everything counted so far, and the gauges handed in, as one text. */
export function exposition(gauges: Gauge[]): string {
	const lines: string[] = [];
	for (const [name, series] of registry.counters) {
		lines.push(...head(name, HELP[name] ?? name, 'counter'));
		for (const [labels, value] of series) lines.push(`${name}${labels} ${value}`);
	}
	for (const [name, series] of registry.histograms) {
		lines.push(...head(name, HELP[name] ?? name, 'histogram'));
		for (const [labels, histogram] of series) lines.push(...buckets(name, labels, histogram));
	}
	for (const { name, help, type = 'gauge', values } of gauges) {
		lines.push(...head(name, help, type));
		for (const { labels, value } of values) lines.push(`${name}${spell(labels ?? {})} ${value}`);
	}
	return `${lines.join('\n')}\n`;
}

function buckets(name: string, labels: string, { counts, sum }: Histogram): string[] {
	const inner = labels.slice(1, -1);
	const joined = inner ? `${inner},` : '';
	let total = 0;
	const lines = counts.map((number, place) => {
		total += number;
		return `${name}_bucket{${joined}le="${BOUNDS[place] ?? '+Inf'}"} ${total}`;
	});
	return [...lines, `${name}_sum${labels} ${sum}`, `${name}_count${labels} ${total}`];
}

const head = (name: string, help: string, type: string) => [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];

function inside<T>(all: Map<string, Map<string, T>>, name: string): Map<string, T> {
	let series = all.get(name);
	if (!series) all.set(name, (series = new Map()));
	return series;
}

function spell(labels: Labels): string {
	const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
	return pairs.length ? `{${pairs.join(',')}}` : '';
}

const escaped = (value: string): string => value.replace(/[\\"\n]/g, (char) => (char === '\n' ? '\\n' : `\\${char}`));
