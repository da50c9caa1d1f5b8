/**
 * Headers that every answer carries. The content security policy comes from the framework (inline only by hash); these
 * complete it. HSTS only behind TLS: over plain http browsers ignore it, and a town may still be setting up.
 */
export function withSecurityHeaders(response: Response, url: URL): Response {
	const { headers } = response;
	headers.set('x-content-type-options', 'nosniff');
	headers.set('referrer-policy', 'same-origin');
	headers.set('cross-origin-opener-policy', 'same-origin');
	headers.set('cross-origin-resource-policy', 'same-origin');
	headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=(), browsing-topics=()');
	headers.set('x-frame-options', 'DENY');
	if (url.protocol === 'https:') headers.set('strict-transport-security', 'max-age=63072000; includeSubDomains');
	if (!headers.has('cache-control')) headers.set('cache-control', 'private, no-cache');
	return response;
}
