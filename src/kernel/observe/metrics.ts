/**
 * Counters of this process, in the text format of Prometheus (version 0.0.4). No library: counting and writing lines is
 * all there is to it. Labels are patterns and states, never values of a person or a town.
 */

/** Upper bounds of durations, in seconds. */
const BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export interface Histogram {
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

type Series<T> = [name: string, series: [labels: string, value: T][]][];

/** What one process has to tell; plain lists, so that it travels between processes. */
export interface Figures {
	/** Set where several processes answer as one program: stands in every line as the label `process`. */
	process?: string;
	counters: Series<number>;
	histograms: Series<Histogram>;
	gauges: Gauge[];
}

/** Everything that this process has counted so far, and the gauges handed in. */
export function figures(gauges: Gauge[], process?: string): Figures {
	const listed = <T>(all: Map<string, Map<string, T>>): Series<T> => [...all].map(([name, one]) => [name, [...one]]);
	const { counters, histograms } = registry;
	return { ...(process && { process }), counters: listed(counters), histograms: listed(histograms), gauges };
}

/** The figures of one or more processes as one text: each name has one head, whoever counted under it. */
export function exposition(all: Figures[]): string {
	const families = new Map<string, string[]>();
	const family = (name: string, help: string, type: string) => {
		const known = families.get(name);
		if (known) return known;
		const lines = head(name, help, type);
		families.set(name, lines);
		return lines;
	};
	for (const { process, counters, histograms, gauges } of all) {
		const own = process ? spell({ process }).slice(1, -1) : '';
		for (const [name, series] of counters) {
			const lines = family(name, HELP[name] ?? name, 'counter');
			for (const [labels, value] of series) lines.push(`${name}${joined(own, labels)} ${value}`);
		}
		for (const [name, series] of histograms) {
			const lines = family(name, HELP[name] ?? name, 'histogram');
			for (const [labels, histogram] of series) lines.push(...buckets(name, joined(own, labels), histogram));
		}
		for (const { name, help, type = 'gauge', values } of gauges) {
			const lines = family(name, help, type);
			for (const { labels, value } of values) lines.push(`${name}${joined(own, spell(labels ?? {}))} ${value}`);
		}
	}
	return `${[...families.values()].flat().join('\n')}\n`;
}

/** Labels in braces, with one more in front. */
function joined(own: string, labels: string): string {
	const parts = [own, labels.slice(1, -1)].filter(Boolean);
	return parts.length ? `{${parts.join(',')}}` : '';
}

function buckets(name: string, labels: string, { counts, sum }: Histogram): string[] {
	const inner = labels.slice(1, -1);
	const before = inner ? `${inner},` : '';
	let total = 0;
	const lines = counts.map((number, place) => {
		total += number;
		return `${name}_bucket{${before}le="${BOUNDS[place] ?? '+Inf'}"} ${total}`;
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
