/** Traces for OpenTelemetry, where the operator named a collector. */
import { UserError } from '#kernel/errors.ts';
import { tracePool } from '#kernel/observe/trace-queries.ts';
import { version } from '#kernel/project.ts';
import { runtime } from '#kernel/runtime.ts';
import { readSettings } from '#kernel/settings.ts';

const ENDPOINTS = ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'OTEL_EXPORTER_OTLP_ENDPOINT'];
const PROTOCOLS = ['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL', 'OTEL_EXPORTER_OTLP_PROTOCOL'];

/**
 * Begins to send spans if a collector is named, by the standard's own variables (from the environment or `settings.env`). The
 * runtime must be installed. Without one nothing is loaded and nothing is watched.
 * @returns what sends the rest and ends it
 * @throws UserError for settings that make no sense
 */
export async function startTracing(): Promise<() => Promise<void>> {
	const given = { ...otel(readSettings(runtime().config.dataDir)), ...otel(process.env) };
	if (!isWanted(given)) return async () => undefined;
	const protocol = PROTOCOLS.map((name) => given[name]).find(Boolean);
	if (protocol === 'grpc') throw new UserError('OTEL_EXPORTER_OTLP_PROTOCOL: grpc kann Mitrat nicht, nur http/json.');
	// The exporter reads what else it needs (headers, timeout, compression) from there.
	Object.assign(process.env, given);
	const { startOtel } = await import('#kernel/observe/otel.ts');
	tracePool(runtime().pool);
	return startOtel(given, version());
}

function otel(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	return Object.fromEntries(Object.entries(env).filter(([name, value]) => name.startsWith('OTEL_') && value?.trim()));
}

function isWanted(env: NodeJS.ProcessEnv): boolean {
	if (env.OTEL_SDK_DISABLED?.toLowerCase() === 'true') return false;
	const exporter = env.OTEL_TRACES_EXPORTER ?? (ENDPOINTS.some((name) => env[name]) ? 'otlp' : 'none');
	if (exporter === 'none') return false;
	if (exporter !== 'otlp')
		throw new UserError(`OTEL_TRACES_EXPORTER „${exporter}“ kann Mitrat nicht, nur otlp und none.`);
	return true;
}
