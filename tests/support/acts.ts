/** What the sources write into the audit log, by the types that they have: nothing is run, so rare acts are found like common ones. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

/** A call of `tx.touch`. */
export interface Touching {
	/** `src/a.ts:12`. */
	where: string;
	/** Every kind of object that it can name; null where the types leave it open. */
	kinds: string[] | null;
	/** Every act that it can write; null where the types leave it open. */
	acts: string[] | null;
}

const OPTIONS: ts.CompilerOptions = {
	strict: true,
	target: ts.ScriptTarget.ESNext,
	lib: ['lib.esnext.d.ts', 'lib.esnext.temporal.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
	module: ts.ModuleKind.ESNext,
	moduleResolution: ts.ModuleResolutionKind.Bundler,
	allowImportingTsExtensions: true,
	skipLibCheck: true,
	noEmit: true,
	types: [],
};

/** Every `touch` in the sources below some folders, tests and their fixtures left out. */
export function touchings(root: string, folders: readonly string[]): Touching[] {
	const files = folders.flatMap((folder) =>
		readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
			.filter((name) => name.endsWith('.ts') && !/\.(?:test|fixture|d)\.ts$/.test(name))
			.map((name) => join(root, folder, name))
			.filter((file) => /\btouch\(/.test(readFileSync(file, 'utf8'))),
	);
	const program = ts.createProgram(files, OPTIONS);
	const checker = program.getTypeChecker();
	return files.flatMap((file) => touchingsIn(root, program.getSourceFile(file)!, checker));
}

function touchingsIn(root: string, file: ts.SourceFile, checker: ts.TypeChecker): Touching[] {
	const found: Touching[] = [];
	const look = (node: ts.Node): void => {
		if (
			ts.isCallExpression(node) &&
			ts.isPropertyAccessExpression(node.expression) &&
			node.expression.name.text === 'touch'
		) {
			const [kind, , what] = node.arguments;
			const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
			found.push({
				where: `${relative(root, file.fileName)}:${line}`,
				kinds: kind ? textsOf(kind, checker) : null,
				acts: what ? actsOf(what, checker) : null,
			});
		}
		ts.forEachChild(node, look);
	};
	look(file);
	return found;
}

function actsOf(what: ts.Expression, checker: ts.TypeChecker): string[] | null {
	if (!ts.isObjectLiteralExpression(what)) return null;
	const act = what.properties.find((one) => one.name?.getText() === 'act');
	if (act && ts.isPropertyAssignment(act)) return textsOf(act.initializer, checker);
	if (!act || !ts.isShorthandPropertyAssignment(act)) return null;
	const value = checker.getShorthandAssignmentValueSymbol(act);
	return value ? literals(checker.getTypeOfSymbolAtLocation(value, act.name)) : null;
}

/** Every text that an expression can be; null if its type is not a list of texts. */
function textsOf(node: ts.Expression, checker: ts.TypeChecker): string[] | null {
	if (ts.isParenthesizedExpression(node)) return textsOf(node.expression, checker);
	if (ts.isConditionalExpression(node)) {
		const [yes, no] = [textsOf(node.whenTrue, checker), textsOf(node.whenFalse, checker)];
		return yes && no && [...yes, ...no];
	}
	if (!ts.isTemplateExpression(node)) return literals(checker.getTypeAtLocation(node));
	let texts: string[] | null = [node.head.text];
	for (const { expression, literal } of node.templateSpans) {
		const next = textsOf(expression, checker);
		texts = texts && next && texts.flatMap((begun) => next.map((text) => begun + text + literal.text));
	}
	return texts;
}

function literals(type: ts.Type): string[] | null {
	const parts = type.isUnion() ? type.types : [type];
	return parts.every((part) => part.isStringLiteral())
		? parts.map((part) => (part as ts.StringLiteralType).value)
		: null;
}
