/** Rules for one object of OParl 1.1: those of the specification's text, and of its JSON schemas where a folder is given. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Findings } from './finding.ts';

export type Json = Record<string, unknown>;

const TYPE = /^https:\/\/schema\.oparl\.org\/1\.[01]\/([A-Za-z]+)$/;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;
const DAY = /^\d{4}-\d\d-\d\d$/;
const MOMENTS = new Set(['created', 'modified', 'licenseValidSince', 'oparlSince']);
const MARKUP = /<\/?(?:p|br|div|span|b|i|ul|li|a)\b[^>]*>|&(?:nbsp|amp|lt|gt|[aou]uml|szlig);/i;

interface Schema {
	/** Properties that the specification knows; others need a prefix of their vendor. */
	properties: ReadonlySet<string>;
	type: z.ZodType;
}
export type Schemas = ReadonlyMap<string, Schema>;

/** Schemas by type from the files of a folder (Paper.json …). @throws Error when there is none */
export function readSchemas(folder: string): Schemas {
	if (!existsSync(join(folder, 'Paper.json'))) throw new Error(`no schemas in ${folder}`);
	const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
	return new Map(files.map((name) => [name.replace('.json', ''), schemaOf(readFileSync(join(folder, name), 'utf8'))]));
}

/** Embedded objects are checked by their own schema when the walk meets them. */
function schemaOf(text: string): Schema {
	const schema = JSON.parse(text, (key, value: unknown) =>
		// The texts are not needed, and some of the formats are unknown elsewhere; a property may have either name.
		(key === 'format' || key === 'description') && typeof value === 'string' ? undefined : value,
	) as Parameters<typeof z.fromJSONSchema>[0] & { properties: object };
	return { properties: new Set(Object.keys(schema.properties)), type: z.fromJSONSchema(schema) };
}

/** The name behind the type of an object: "Paper". */
export function typeOf(object: Json): string | undefined {
	return TYPE.exec(String(object.type))?.[1];
}

/** Checks one object and everything embedded in it; calls `each` for every one of them. */
export function checkObject(object: Json, findings: Findings, schemas: Schemas, each: (object: Json) => void): void {
	const where = String(object.id);
	const type = typeOf(object);
	if (!type) return findings.add('type is none of OParl', where);
	findings.saw(type);
	each(object);
	if (!/^https?:\/\//.test(where)) findings.add('id is no full address', where);
	if (object.deleted === true) checkTombstone(object, findings);
	else {
		checkSchema(object, type, findings, schemas);
	}
	for (const [key, value] of Object.entries(object)) checkValue(key, value, where, findings, schemas, each);
}

function checkSchema(object: Json, type: string, findings: Findings, schemas: Schemas): void {
	const schema = schemas.get(type);
	if (!schema) return;
	for (const { path, message } of schema.type.safeParse(object).error?.issues ?? [])
		findings.add(
			`schema ${type}: ${path.filter((part) => typeof part === 'string').join('.')}: ${message}`,
			String(object.id),
		);
	for (const key of Object.keys(object))
		if (!schema.properties.has(key) && !key.includes(':'))
			findings.add(`${type}.${key} is neither OParl’s nor marked as a vendor’s (prefix:name)`, String(object.id));
}

function checkTombstone(object: Json, findings: Findings): void {
	const more = Object.keys(object).filter((key) => !['id', 'type', 'created', 'modified', 'deleted'].includes(key));
	if (more.length)
		findings.add('a deleted object says more than id, type, created, modified, deleted', String(object.id));
	if (!object.modified) findings.add('a deleted object does not say when (modified)', String(object.id));
}

function checkValue(
	key: string,
	value: unknown,
	where: string,
	findings: Findings,
	schemas: Schemas,
	each: (object: Json) => void,
): void {
	if (value === null) return findings.add('null instead of leaving out', `${where} ${key}`);
	if (typeof value === 'string') return checkText(key, value, where, findings);
	if (Array.isArray(value)) {
		for (const one of value) checkValue(key, one, where, findings, schemas, each);
		return;
	}
	if (typeof value !== 'object') return;
	if ('type' in value && 'id' in value && typeOf(value as Json)) checkObject(value as Json, findings, schemas, each);
	// Of vendors, or a geometry: no object of OParl, but text like all the rest.
	else for (const [inner, one] of Object.entries(value)) checkValue(inner, one, where, findings, schemas, each);
}

function checkText(key: string, text: string, where: string, findings: Findings): void {
	if (text.trim() === '') findings.add('empty text instead of leaving out', `${where} ${key}`);
	if (MOMENTS.has(key) && !MOMENT.test(text)) findings.add('moment without offset', `${where} ${key}`);
	if ((key === 'start' || key === 'end') && !MOMENT.test(text))
		findings.add('moment without offset', `${where} ${key}`);
	if ((key === 'date' || key.endsWith('Date')) && !DAY.test(text))
		findings.add('date is no ISO day', `${where} ${key}`);
	if (/^\/(?!\/)\S*\/\S*$/.test(text)) findings.add('an address without its server', `${where} ${key}`);
	if (MARKUP.test(text)) findings.add('markup in a text', `${where} ${key}`);
	if (key === 'sha512Checksum' && !/^[0-9a-f]{128}$/.test(text)) findings.add('sha512Checksum is none', where);
}
