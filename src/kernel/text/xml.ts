/** Text for XML: escaped, without the signs that XML 1.0 can't hold. */
export function xml(text: string): string {
	return text
		.toWellFormed()
		.replace(/[^\t\n\r\u0020-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
		.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!);
}
