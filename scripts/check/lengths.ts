import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { projectRoot } from '#kernel/project.ts';
import type { Outcome } from './outcome.ts';
import { trackedFiles } from './tracked.ts';

const LONG_FILE = 300;
const LONG_FUNCTION = 50;

/** Long files and functions are named, not forbidden: some have their reasons, most have a second thing in them. */
export function lengths(): Outcome {
	const files = trackedFiles().filter((file) => /\.(ts|svelte)$/.test(file) && !file.includes('/fixtures/'));
	return { faults: [], notes: files.flatMap((file) => measure(file, read(file))) };
}

/** @returns one line for the file and each of its functions that is too long */
export function measure(file: string, text: string): string[] {
	const rows = text.trimEnd().split('\n').length;
	const notes = rows > LONG_FILE ? [`${file}: ${rows} lines`] : [];
	if (!file.endsWith('.ts') || file.endsWith('.test.ts')) return notes;
	const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
	const look = (node: ts.Node): void => {
		if (ts.isFunctionLike(node) && 'body' in node && node.body) {
			const [from, to] = [node.getStart(), node.end].map((at) => source.getLineAndCharacterOfPosition(at).line);
			const length = to! - from! + 1;
			if (length > LONG_FUNCTION) notes.push(`${file}:${from! + 1}: ${nameOf(node)} has ${length} lines`);
		}
		ts.forEachChild(node, look);
	};
	look(source);
	return notes;
}

function nameOf(node: ts.SignatureDeclaration): string {
	const named = node.name ?? (ts.isVariableDeclaration(node.parent) ? node.parent.name : undefined);
	return named?.getText() ?? 'a function';
}

function read(file: string): string {
	try {
		return readFileSync(join(projectRoot, file), 'utf8');
	} catch {
		return '';
	}
}
