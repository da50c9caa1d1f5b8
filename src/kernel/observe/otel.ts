/**
 * Hands spans to an OpenTelemetry collector (OTLP over HTTP, JSON). Imported only where one is named: who has none pays neither
 * memory nor time for it. Settings are the standard's own (OTEL_…); see docs/operating.md.
 */
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Span as OtelSpan } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import {
	AlwaysOffSampler,
	AlwaysOnSampler,
	BatchSpanProcessor,
	ParentBasedSampler,
	TraceIdRatioBasedSampler,
	TracerProvider,
	type Sampler,
} from '@opentelemetry/sdk-trace';
import { UserError } from '../errors.ts';
import { installTracer, type NewSpan, type Span } from './trace.ts';

const KINDS: Record<NewSpan['kind'], SpanKind> = {
	server: SpanKind.SERVER,
	client: SpanKind.CLIENT,
	consumer: SpanKind.CONSUMER,
	internal: SpanKind.INTERNAL,
};

/** Milliseconds for what is still to be sent when the process ends. */
const FAREWELL_MS = 2_000;

/**
 * Begins to record spans and to send them, in batches.
 * @returns what sends the rest and ends it
 * @throws UserError for a setting of the standard that makes no sense, or that this program cannot do
 */
export function startOtel(env: NodeJS.ProcessEnv, version: string): () => Promise<void> {
	const provider = new TracerProvider({
		sampler: samplerOf(env),
		resource: defaultResource()
			.merge(
				resourceFromAttributes({ 'service.name': 'mitrat', 'service.version': version, 'process.pid': process.pid }),
			)
			.merge(detectResources({ detectors: [envDetector] })),
		spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter(), ...batches(env) })],
	});
	const tracer = provider.getTracer('mitrat', version);
	installTracer({
		begin: ({ name, kind, attributes, parent, at }, inside) => {
			const context = parent
				? trace.setSpanContext(ROOT_CONTEXT, {
						traceId: parent.traceId,
						spanId: parent.spanId,
						traceFlags: parent.sampled ? 1 : 0,
						isRemote: true,
					})
				: inside
					? trace.setSpan(ROOT_CONTEXT, spans.get(inside)!)
					: ROOT_CONTEXT;
			return wrap(tracer.startSpan(name, { kind: KINDS[kind], attributes, startTime: at }, context));
		},
	});
	return async () => {
		installTracer(undefined);
		// A collector that is away would be tried again for ten seconds: that must not keep the process from ending.
		const patience = new Promise<void>((resolve) => setTimeout(resolve, FAREWELL_MS).unref());
		await Promise.race([provider.shutdown().catch(() => undefined), patience]);
	};
}

const spans = new WeakMap<Span, OtelSpan>();

function wrap(span: OtelSpan): Span {
	const wrapped: Span = {
		traceId: span.spanContext().traceId,
		isKept: span.isRecording(),
		name: (name) => void span.updateName(name),
		set: (attributes) => void span.setAttributes(attributes),
		failed: (type) => void span.setAttribute('error.type', type).setStatus({ code: SpanStatusCode.ERROR }),
		end: (at) => span.end(at),
	};
	spans.set(wrapped, span);
	return wrapped;
}

/** OTEL_TRACES_SAMPLER, OTEL_TRACES_SAMPLER_ARG. */
function samplerOf({
	OTEL_TRACES_SAMPLER: name = 'parentbased_always_on',
	OTEL_TRACES_SAMPLER_ARG: arg = '1',
}: NodeJS.ProcessEnv): Sampler {
	const [, parent, root] = /^(parentbased_)?(always_on|always_off|traceidratio)$/.exec(name.trim()) ?? [];
	const ratio = Number(arg);
	if (!root)
		throw new UserError(
			`OTEL_TRACES_SAMPLER „${name}“ gibt es nicht (always_on, always_off, traceidratio, parentbased_…).`,
		);
	if (root === 'traceidratio' && !(ratio >= 0 && ratio <= 1))
		throw new UserError(`OTEL_TRACES_SAMPLER_ARG muss zwischen 0 und 1 liegen, nicht „${arg}“.`);
	const samplers: Record<string, () => Sampler> = {
		always_on: () => new AlwaysOnSampler(),
		always_off: () => new AlwaysOffSampler(),
		traceidratio: () => new TraceIdRatioBasedSampler(ratio),
	};
	const sampler = samplers[root]!();
	return parent ? new ParentBasedSampler({ root: sampler }) : sampler;
}

/** OTEL_BSP_…; absent ones have the standard's defaults. */
function batches(env: NodeJS.ProcessEnv) {
	const number = (name: string) => {
		const value = env[`OTEL_BSP_${name}`];
		if (value && !/^\d{1,9}$/.test(value))
			throw new UserError(`OTEL_BSP_${name} muss eine ganze Zahl sein, nicht „${value}“.`);
		return value ? Number(value) : undefined;
	};
	const given = {
		scheduledDelayMillis: number('SCHEDULE_DELAY'),
		exportTimeoutMillis: number('EXPORT_TIMEOUT'),
		maxQueueSize: number('MAX_QUEUE_SIZE'),
		maxExportBatchSize: number('MAX_EXPORT_BATCH_SIZE'),
	};
	return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
