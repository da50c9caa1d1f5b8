import { createTransport, type Transporter } from 'nodemailer';
import { onClose } from '../runtime.ts';

/** One pool of SMTP connections for each server; a newsletter must not open a thousand. */
const transports = new Map<string, Transporter>();

/** @param url smtp(s)://name:password@host:port; more options as query parameters, see nodemailer */
export function transportFor(url: string): Transporter {
	let transport = transports.get(url);
	if (!transport) {
		const pooled = new URL(url);
		const usual = {
			pool: 'true',
			maxConnections: '2',
			connectionTimeout: '20000',
			greetingTimeout: '20000',
			socketTimeout: '60000',
		};
		for (const [name, value] of Object.entries(usual))
			if (!pooled.searchParams.has(name)) pooled.searchParams.set(name, value);
		const made = createTransport(pooled.href);
		transports.set(url, (transport = made));
		onClose(async () => {
			transports.delete(url);
			made.close();
		});
	}
	return transport;
}

/** What the other server's answer means. */
export type Verdict = 'deferred' | 'bounced';

interface SmtpError extends Error {
	code?: string;
	responseCode?: number;
	response?: string;
}

/**
 * 5xx to the recipient or the message is final; everything else (4xx, no connection, our own sign-in refused) may work
 * later.
 */
export function judge(error: unknown): { verdict: Verdict; response: string } {
	const { code = '', responseCode = 0, response, message } = error as SmtpError;
	const final = responseCode >= 500 && responseCode < 600 && (code === 'EENVELOPE' || code === 'EMESSAGE');
	return { verdict: final ? 'bounced' : 'deferred', response: response ?? message };
}
