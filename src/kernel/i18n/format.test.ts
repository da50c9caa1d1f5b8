import { expect, test } from 'vitest';
import { formatDay, joinParts } from './format.ts';

test('parts of a line are joined by the comma of the reader’s script, empty ones left out', () => {
	const line = (locale: 'de' | 'ar' | 'fa' | 'zh') =>
		joinParts([formatDay('2026-10-28', 'dayMonth', locale), '', null, '17:04'], locale);
	expect(line('de')).toBe('28. Oktober, 17:04');
	expect(line('ar')).toBe('28 أكتوبر، 17:04');
	expect(line('fa')).toBe('28 اکتبر، 17:04');
	expect(line('zh')).toBe('10月28日，17:04');
});
