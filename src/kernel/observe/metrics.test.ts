import { expect, test } from 'vitest';
import { count, exposition, took } from './metrics.ts';

test('counters, durations and gauges are written as Prometheus reads them', () => {
	count('test_total', { route: '/a "b"\n\\', status: '200' });
	count('test_total', { route: '/a "b"\n\\', status: '200' }, 2);
	for (const seconds of [0.004, 0.2, 60]) took('test_seconds', { route: '/a' }, seconds);
	const text = exposition([{ name: 'test_now', help: 'Of now.', values: [{ value: 7 }] }]);
	expect(text).toContain('# TYPE test_total counter\ntest_total{route="/a \\"b\\"\\n\\\\",status="200"} 3\n');
	expect(text).toContain('test_seconds_bucket{route="/a",le="0.005"} 1\n');
	expect(text).toContain('test_seconds_bucket{route="/a",le="0.25"} 2\n');
	expect(text).toContain('test_seconds_bucket{route="/a",le="10"} 2\ntest_seconds_bucket{route="/a",le="+Inf"} 3\n');
	expect(text).toContain('test_seconds_count{route="/a"} 3\n');
	expect(text).toContain('# HELP test_now Of now.\n# TYPE test_now gauge\ntest_now 7\n');
	expect(text.split('\n').every((line) => line === '' || /^(#|[a-z_]+(\{.*\})? [\d.e+-]+$)/.test(line))).toBe(true);
});
