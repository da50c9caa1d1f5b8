import { sql } from 'kysely';
import type { Audience } from '../../src/kernel/changes/audience.ts';
import type { Ctx, WriteCtx } from '../../src/kernel/ctx.ts';
import { newId } from '../../src/kernel/ids.ts';
import { installModules, type ServerDeclaration } from '../../src/kernel/module.ts';
import { write } from '../../src/kernel/write.ts';
import type { TestDatabase } from './database.ts';

/** A module for tests of the kernel: notes with an audience, findable, telling of their changes. */
export interface Note {
	title: string;
	text: string;
	audience: Audience;
	language: string;
	author: string | null;
}

const SCHEMA = `
	create schema notes;
	select set_config('mitrat.app_role', $app, false);
	select kernel.open_schema('notes');
	create table notes.note (
		body_id uuid not null references kernel.town (id),
		id uuid not null,
		title text not null,
		text text not null,
		audience text not null,
		language text not null,
		author uuid,
		primary key (body_id, id)
	);
	select kernel.guard('notes.note');`;

export const NOTE = 'notes.note';

/** Installs the module in place of the real ones, with its table in this file's database. */
export async function installNotes(database: TestDatabase, more: Partial<ServerDeclaration> = {}): Promise<void> {
	await database.sql(SCHEMA.replace('$app', `'${database.app.user}'`));
	const server: ServerDeclaration = {
		id: 'notes',
		migrations: { name: 'notes', folder: '' },
		personal: [],
		...more,
		kinds: {
			[NOTE]: {
				audience: async (db, id) => (await read(db, id))?.audience ?? 'none',
				searchDocument: async (db, id) => {
					const note = await read(db, id);
					if (!note || note.audience === 'none') return null;
					const { title, text, audience, language } = note;
					const facets = { year: '2026' };
					return {
						kind: NOTE,
						id,
						audience,
						language,
						title,
						keywords: [],
						body: text,
						href: `/notes/${id}`,
						date: null,
						facets,
					};
				},
			},
			...more.kinds,
		},
	};
	installModules([{ id: 'notes', needs: [], navigation: [], permissions: {} }], [server]);
}

async function read(db: Ctx['db'], id: string): Promise<Note | undefined> {
	const { rows } =
		await sql<Note>`select title, text, audience, language, author from notes.note where id = ${id}`.execute(db);
	return rows[0];
}

const PLAIN: Note = { title: '', text: '', audience: 'public', language: 'de', author: null };

/** Writes one note inside a running write. @returns its id */
export async function insertNote(tx: WriteCtx, given: Partial<Note>): Promise<string> {
	const id = newId();
	const { title, text, audience, language, author } = { ...PLAIN, ...given };
	await sql`insert into notes.note (body_id, id, title, text, audience, language, author)
		values (${tx.body.id}, ${id}, ${title}, ${text}, ${audience}, ${language}, ${author})`.execute(tx.db);
	tx.touch(NOTE, id, { act: 'created', fields: { title, text }, personal: ['text'], subject: author ?? undefined });
	return id;
}

export function addNote(ctx: Ctx, note: Partial<Note>): Promise<string> {
	return write(ctx, (tx) => insertNote(tx, note));
}

export function changeNote(ctx: Ctx, id: string, changed: Partial<Note>): Promise<void> {
	return write(ctx, async (tx) => {
		for (const [column, value] of Object.entries(changed)) {
			await sql`update notes.note set ${sql.ref(column)} = ${value} where body_id = ${tx.body.id} and id = ${id}`.execute(
				tx.db,
			);
		}
		tx.touch(NOTE, id, { act: 'changed', fields: changed });
	});
}

export function removeNote(ctx: Ctx, id: string): Promise<void> {
	return write(ctx, async (tx) => {
		await sql`delete from notes.note where body_id = ${tx.body.id} and id = ${id}`.execute(tx.db);
		tx.touch(NOTE, id, { act: 'removed', deleted: true });
	});
}
