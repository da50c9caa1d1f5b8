/** What the environment and the data folder's `settings.env` say about this process. */
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import { UserError } from './errors.ts';
import { projectRoot } from './project.ts';
import { readSettings } from './settings.ts';

export const MODES = ['demo', 'production', 'development', 'test'] as const;
export type Mode = (typeof MODES)[number];

export interface S3Config {
	endpoint: string;
	bucket: string;
	region: string;
	accessKeyId: string;
	secretAccessKey: string;
}

export interface Config {
	/** Absolute path of the one folder that holds all data. */
	dataDir: string;
	/** Absolute path of the built application. */
	buildDir: string;
	/** 0 takes any free port. */
	port: number;
	host: string;
	mode: Mode;
	/** False while nobody decided: then a town found in the database turns the default `demo` into `production`. */
	modeIsSet: boolean;
	databaseUrl?: string;
	databaseOwnerUrl?: string;
	/** Public addresses, e.g. `https://integrationsrat.example`, without a slash at the end: one for each town that has one. */
	origins: string[];
	s3?: S3Config;
	smtpUrl?: string;
	mailFrom?: string;
	/** Number of trusted proxies in front; 0 ignores every X-Forwarded header. */
	trustProxy: number;
	/** Processes that answer requests on the one port; with one, this one does. */
	processes: number;
	/** Jobs this process runs at the same time; 0 leaves them to another process. */
	workers: number;
	/** False renders every public page anew; for measuring only. */
	pageCache: boolean;
	/** Threads that may render for visitors at the same time when there is a rush. */
	pageThreads: number;
	/** Lets readers of `/metrics` in; without it only this machine reads them, where no proxy stands in front. */
	metricsToken?: string;
	/** Virus scanner that every file passes: `host:port` of clamd or the path of its socket. */
	clamd?: string;
	/** One line in the log for each request. */
	logRequests: boolean;
	/** May forms lead the program to addresses on this machine and in networks of the house? For reading other systems that stand there. */
	askLocal: boolean;
	/** One of the two confirmations without which the demonstration listens on loopback only. */
	demoPublic: boolean;
}

const SECRET = new Set([
	'DATABASE_URL',
	'DATABASE_OWNER_URL',
	'SMTP_URL',
	'S3_SECRET_ACCESS_KEY',
	'MITRAT_METRICS_TOKEN',
]);
const whole = (from: number, to: number) =>
	z
		.string()
		.regex(/^\d+$/, `muss eine ganze Zahl von ${from} bis ${to} sein`)
		.transform(Number)
		.refine((n) => n >= from && n <= to, `muss eine ganze Zahl von ${from} bis ${to} sein`);
const url = (protocols: string[], example: string) =>
	z.string().refine((text) => protocols.includes(URL.parse(text)?.protocol ?? ''), `muss aussehen wie ${example}`);
const postgres = url(['postgres:', 'postgresql:'], 'postgres://rolle:passwort@rechner:5432/datenbank');
const address = url(['http:', 'https:'], 'https://integrationsrat.example')
	.refine((text) => URL.parse(text)?.pathname === '/', 'muss eine Adresse ohne Pfad sein')
	.transform((text) => new URL(text).origin);
const yesNo = z
	.enum(['yes', 'no', '1', '0', 'true', 'false'], 'muss yes oder no sein')
	.transform((word) => 'yes1true'.includes(word));

const Environment = z.object({
	MITRAT_MODE: z.enum(MODES, `muss eines von ${MODES.join(', ')} sein`).optional(),
	MITRAT_BUILD: z.string().optional(),
	PORT: whole(0, 65535).default(3000),
	HOST: z
		.string()
		.regex(/^[\w.:-]+$/, 'muss eine IP-Adresse oder ein Rechnername sein')
		.default('127.0.0.1'),
	DATABASE_URL: postgres.optional(),
	DATABASE_OWNER_URL: postgres.optional(),
	ORIGIN: z.string().transform(words).pipe(z.array(address)).default([]),
	SMTP_URL: url(['smtp:', 'smtps:'], 'smtp://name:passwort@rechner:587').optional(),
	MAIL_FROM: z.string().regex(/@/, 'muss eine E-Mail-Adresse sein').optional(),
	TRUST_PROXY: whole(0, 10).default(0),
	WORKERS: whole(1, 32).default(1),
	MITRAT_WORKERS: whole(0, 64).default(2),
	MITRAT_DEMO_PUBLIC: yesNo.default(false),
	MITRAT_PAGE_CACHE: yesNo.default(true),
	CLAMD: z
		.string()
		.regex(/^\/|^[^\s/]+:\d{1,5}$/, 'muss aussehen wie 127.0.0.1:3310 oder /run/clamav/clamd.ctl')
		.optional(),
	MITRAT_LOG_REQUESTS: yesNo.default(false),
	MITRAT_ASK_LOCAL: yesNo.default(false),
	MITRAT_METRICS_TOKEN: z
		.string()
		.regex(/^[\w.~+/=-]{16,}$/, 'muss mindestens 16 Zeichen haben, ohne Leerzeichen')
		.optional(),
	MITRAT_PAGE_THREADS: whole(0, 16).optional(),
	S3_ENDPOINT: url(['http:', 'https:'], 'https://s3.example').optional(),
	S3_BUCKET: z.string().optional(),
	S3_REGION: z.string().default('us-east-1'),
	S3_ACCESS_KEY_ID: z.string().optional(),
	S3_SECRET_ACCESS_KEY: z.string().optional(),
});
type Values = z.infer<typeof Environment>;

/**
 * Reads and checks the configuration. Empty variables count as absent; relative folders are taken from the present
 * folder, the default `data` from the program's own.
 * @throws UserError with one sentence for the first bad value; passwords are never repeated in it
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
	const dataDir = env.MITRAT_DATA ? resolve(env.MITRAT_DATA) : resolve(projectRoot, 'data');
	const given = { ...readSettings(dataDir), ...filled(env) };
	const parsed = Environment.safeParse(given);
	if (!parsed.success) throw new UserError(complaint(parsed.error.issues[0], given));
	const values = parsed.data;
	return {
		dataDir,
		buildDir: values.MITRAT_BUILD ? resolve(values.MITRAT_BUILD) : resolve(projectRoot, 'build'),
		port: values.PORT,
		host: values.HOST,
		mode: values.MITRAT_MODE ?? 'demo',
		modeIsSet: values.MITRAT_MODE !== undefined,
		databaseUrl: values.DATABASE_URL,
		databaseOwnerUrl: ownerUrl(values),
		origins: [...new Set(values.ORIGIN)],
		s3: s3(values),
		smtpUrl: values.SMTP_URL,
		mailFrom: values.MAIL_FROM,
		trustProxy: values.TRUST_PROXY,
		processes: values.WORKERS,
		workers: values.MITRAT_WORKERS,
		metricsToken: values.MITRAT_METRICS_TOKEN,
		clamd: values.CLAMD,
		logRequests: values.MITRAT_LOG_REQUESTS,
		askLocal: values.MITRAT_ASK_LOCAL,
		demoPublic: values.MITRAT_DEMO_PUBLIC,
		pageCache: values.MITRAT_PAGE_CACHE,
		pageThreads: values.MITRAT_PAGE_THREADS ?? threadsFor(values.WORKERS),
	};
}

/** One core is the main thread's, one the database's. Several processes share the cores already. */
function threadsFor(processes: number): number {
	return processes > 1 ? 0 : Math.max(0, Math.min(4, availableParallelism() - 2));
}

/** Several values of one variable stand beside each other, with blanks or commas between. */
function words(text: string): string[] {
	return text.split(/[\s,]+/).filter(Boolean);
}

function filled(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));
}

function complaint(issue: z.core.$ZodIssue | undefined, given: NodeJS.ProcessEnv): string {
	const name = String(issue?.path[0]);
	const value = SECRET.has(name) ? 'der angegebene Wert' : `„${given[name]}“`;
	return `${name} ${issue?.message}, nicht ${value}.`;
}

function ownerUrl(values: Values): string | undefined {
	if (!values.DATABASE_URL && !values.DATABASE_OWNER_URL) return undefined;
	if (!values.DATABASE_URL)
		throw new UserError('DATABASE_OWNER_URL ist gesetzt, DATABASE_URL nicht: gebraucht werden beide.');
	if (!values.DATABASE_OWNER_URL) {
		throw new UserError(
			'DATABASE_URL ist gesetzt, DATABASE_OWNER_URL nicht: sie nennt die Rolle, der die Datenbank gehört und die Migrationen ausführt.',
		);
	}
	return values.DATABASE_OWNER_URL;
}

function s3(values: Values): S3Config | undefined {
	const { S3_ENDPOINT: endpoint, S3_BUCKET: bucket, S3_REGION: region } = values;
	const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = values;
	if (!endpoint && !bucket) return undefined;
	if (endpoint && bucket && accessKeyId && secretAccessKey)
		return { endpoint, bucket, region, accessKeyId, secretAccessKey };
	throw new UserError(
		'Für S3 müssen S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY_ID und S3_SECRET_ACCESS_KEY alle gesetzt sein (S3_REGION darf).',
	);
}

/** Whether an address to listen on can be reached from this machine only. */
export function isLoopback(host: string): boolean {
	return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
