import { expect, test } from 'vitest';
import { count, exposition, figures, took } from './metrics.ts';

test('counters, durations and gauges are written as Prometheus reads them', () => {
	count('test_total', { route: '/a "b"\n\\', status: '200' });
	count('test_total', { route: '/a "b"\n\\', status: '200' }, 2);
	for (const seconds of [0.004, 0.2, 60]) took('test_seconds', { route: '/a' }, seconds);
	const text = exposition([figures([{ name: 'test_now', help: 'Of now.', values: [{ value: 7 }] }])]);
	expect(text).toContain('# TYPE test_total counter\ntest_total{route="/a \\"b\\"\\n\\\\",status="200"} 3\n');
	expect(text).toContain('test_seconds_bucket{route="/a",le="0.005"} 1\n');
	expect(text).toContain('test_seconds_bucket{route="/a",le="0.25"} 2\n');
	expect(text).toContain('test_seconds_bucket{route="/a",le="10"} 2\ntest_seconds_bucket{route="/a",le="+Inf"} 3\n');
	expect(text).toContain('test_seconds_count{route="/a"} 3\n');
	expect(text).toContain('# HELP test_now Of now.\n# TYPE test_now gauge\ntest_now 7\n');
	expect(text.split('\n').every((line) => line === '' || /^(#|[a-z_]+(\{.*\})? [\d.e+-]+$)/.test(line))).toBe(true);
});

test('the figures of several processes stand under one head for each name, each with its process', () => {
	count('test_each_total', { route: '/b' });
	const gauge = { name: 'test_size', help: 'Of each.', values: [{ value: 1 }, { labels: { state: 'x' }, value: 2 }] };
	// As they come from another process.
	const travelled = JSON.parse(JSON.stringify(figures([gauge], '2'))) as ReturnType<typeof figures>;
	const text = exposition([figures([gauge], '1'), travelled, { counters: [], histograms: [], gauges: [gauge] }]);
	expect(text).toContain(
		'# TYPE test_each_total counter\ntest_each_total{process="1",route="/b"} 1\ntest_each_total{process="2",route="/b"} 1\n',
	);
	expect(text).toContain('test_size{process="2",state="x"} 2\ntest_size 1\ntest_size{state="x"} 2\n');
	expect(text.match(/# TYPE test_size/g)).toHaveLength(1);
});
