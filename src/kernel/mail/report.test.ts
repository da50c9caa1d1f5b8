import { expect, test } from 'vitest';
import { readReport } from './report.ts';

const TOWN = '01a1fe6a-1699-7000-902e-c97ae2c41699';
const ID = `<01a1fe6b-0000-7000-8000-00000000000a@${TOWN}.mitrat>`;

/** As Postfix writes them. */
const report = ({
	action = 'failed',
	status = '5.1.1',
	id = ID,
	type = 'multipart/report; report-type=delivery-status;\n\tboundary="b"',
} = {}) =>
	`From: MAILER-DAEMON@mx.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: ${type}

--b
Content-Type: text/plain

The mail could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Final-Recipient: rfc822; zoe@example.org
Action: ${action}
Status: ${status}
Diagnostic-Code: smtp; 550 5.1.1 <zoe@example.org>: Recipient address
    rejected: User unknown

--b
Content-Type: message/rfc822

Message-ID: ${id}
Subject: Einladung

--b--
`.replaceAll('\n', '\r\n');

test('a final failure is known by the Message-ID of the mail that it quotes', () => {
	expect(readReport(report())).toEqual({
		town: TOWN,
		messageId: ID,
		response: '5.1.1 550 5.1.1 <zoe@example.org>: Recipient address rejected: User unknown',
	});
});

test('a delay, a report about a foreign mail and an ordinary answer that quotes ours are nothing', () => {
	for (const other of [
		report({ action: 'delayed', status: '4.4.1' }),
		report({ action: 'relayed', status: '2.0.0' }),
		report({ id: '<x@example.org>' }),
		`From: zoe@example.org\r\nIn-Reply-To: ${ID}\r\nContent-Type: text/plain\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n`,
		'',
	])
		expect(readReport(other)).toBeUndefined();
});
