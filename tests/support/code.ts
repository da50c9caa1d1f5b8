/** The sources as functions that call each other by name: enough to say what a command can come to. Nothing is run. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

/** A function, or the part of a file that stands outside of all. */
export interface Unit {
	/** Path below the project, and the name: `src/a.ts save`. */
	id: string;
	file: string;
	line: number;
	/** Names that it calls or passes on, methods by their own name alone. */
	names: Set<string>;
	/** Texts that it holds: SQL among them. */
	texts: string[];
	node: ts.Node;
}

interface Source {
	units: Map<string, Unit>;
	/** Local name to file and name there. */
	imports: Map<string, { file: string; name: string }>;
	/** `export { a } from`: name to file and name there. */
	handsOn: Map<string, { file: string; name: string }>;
	/** `export * from`. */
	all: string[];
}

export class Code {
	readonly #root: string;
	readonly #sources = new Map<string, Source>();

	constructor(root: string, folders: readonly string[]) {
		this.#root = root;
		for (const folder of folders) {
			for (const name of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
				const file = join(folder, name);
				if (/\.ts$/.test(file) && !/\.(test|fixture)\.ts$|\.d\.ts$/.test(file)) this.#read(file);
			}
		}
	}

	units(): Unit[] {
		return [...this.#sources.values()].flatMap(({ units }) => [...units.values()]);
	}

	/** A unit with everything that it can come to. @param from where to begin, if that is a part of the unit only */
	reach(start: Unit, from: Pick<Unit, 'names'> = start): Set<Unit> {
		const seen = new Set<Unit>();
		const waiting = [...this.#called(start.file, from.names)];
		for (let next = waiting.pop(); next; next = waiting.pop()) {
			if (seen.has(next)) continue;
			seen.add(next);
			waiting.push(...this.#called(next.file, next.names));
		}
		return seen;
	}

	#called(file: string, names: ReadonlySet<string>): Unit[] {
		return [...names].flatMap((name) => this.#find(file, name) ?? []);
	}

	#find(file: string, name: string): Unit | undefined {
		const source = this.#sources.get(file);
		if (!source) return undefined;
		const own = source.units.get(name);
		if (own) return own;
		const elsewhere = source.imports.get(name) ?? source.handsOn.get(name);
		if (elsewhere) return this.#find(elsewhere.file, elsewhere.name);
		for (const other of source.all) {
			const found = this.#find(other, name);
			if (found) return found;
		}
		return undefined;
	}

	#read(file: string): void {
		const tree = ts.createSourceFile(file, readFileSync(join(this.#root, file), 'utf8'), ts.ScriptTarget.Latest, true);
		const source: Source = { units: new Map(), imports: new Map(), handsOn: new Map(), all: [] };
		this.#sources.set(file, source);
		for (const statement of tree.statements) {
			if (ts.isImportDeclaration(statement) && ts.isStringLiteral(statement.moduleSpecifier)) {
				const from = this.#resolve(file, statement.moduleSpecifier.text);
				const named = statement.importClause?.namedBindings;
				if (from && named && ts.isNamedImports(named)) {
					for (const one of named.elements)
						source.imports.set(one.name.text, { file: from, name: (one.propertyName ?? one.name).text });
				}
			} else if (ts.isExportDeclaration(statement) && statement.moduleSpecifier) {
				const from = this.#resolve(file, (statement.moduleSpecifier as ts.StringLiteral).text);
				if (!from) continue;
				if (!statement.exportClause) source.all.push(from);
				else if (ts.isNamedExports(statement.exportClause)) {
					for (const one of statement.exportClause.elements)
						source.handsOn.set(one.name.text, { file: from, name: (one.propertyName ?? one.name).text });
				}
			} else this.#statement(file, source, statement);
		}
	}

	#statement(file: string, source: Source, statement: ts.Statement): void {
		if (ts.isFunctionDeclaration(statement) && statement.name) this.#add(file, source, statement.name.text, statement);
		else if (ts.isVariableStatement(statement)) {
			for (const one of statement.declarationList.declarations)
				if (ts.isIdentifier(one.name)) this.#add(file, source, one.name.text, one);
		} else if (ts.isClassDeclaration(statement) && statement.name)
			this.#add(file, source, statement.name.text, statement);
	}

	#add(file: string, source: Source, name: string, node: ts.Node): void {
		const line = node.getSourceFile().getLineAndCharacterOfPosition(node.getStart()).line + 1;
		source.units.set(name, { id: `${file} ${name}`, file, line, node, ...said(node) });
	}

	/** The project's file behind an import; undefined for packages. */
	#resolve(file: string, to: string): string | undefined {
		if (to.startsWith('.')) return relative(this.#root, resolve(this.#root, dirname(file), to));
		const [, alias = '', rest = ''] = /^#(kernel|ui|modules|server)\/(.+)$/.exec(to) ?? [];
		if (alias === 'kernel' || alias === 'ui') return join('src', alias, rest);
		if (alias === 'modules') return join('src/modules', `(${rest})`, 'index.ts');
		return alias === 'server' ? join('src/modules', `(${rest})`, 'index.server.ts') : undefined;
	}
}

/** What a piece of code names and which texts stand in it. */
export function said(node: ts.Node): Pick<Unit, 'names' | 'texts'> {
	const names = new Set<string>();
	const texts: string[] = [];
	const look = (one: ts.Node): void => {
		if (ts.isIdentifier(one)) names.add(one.text);
		if (ts.isStringLiteral(one) || ts.isNoSubstitutionTemplateLiteral(one)) texts.push(one.text);
		if (ts.isTemplateExpression(one)) texts.push(one.getText());
		ts.forEachChild(one, look);
	};
	look(node);
	return { names, texts };
}
