/** Way, then role, then what the role gets. */
export type Table = Map<string, Map<string, string>>;

const HEAD = `# Who may do what

Written by \`access.test.ts\` (\`UPDATE=1\`): every address, and every form action, asked over HTTP by somebody who holds just this
one role. Compared at every run; read the difference when it changes.

\`200\` is shown or done · \`→\` leads on (303) · \`4xx\` other than below: reached, but the empty form was refused · \`403\` signed in,
but not allowed · \`404\` there is nothing here for you · *other town*: office and administrator of another town of the same
installation · *no role*: has an account and a person here, nothing else.
`;

export function writeTable(table: Table, roles: readonly string[]): string {
	const rows = [...table].map(([way, cells]) => [`\`${way}\``, ...roles.map((role) => cells.get(role) ?? '')]);
	const lines = [['way', ...roles], ['---', ...roles.map(() => '---')], ...rows].map(
		(cells) => `| ${cells.join(' | ')} |`,
	);
	return `${HEAD}\n${lines.join('\n')}\n`;
}

export function readTable(text: string): Table {
	const rows = text.split('\n').flatMap((line) => (line.startsWith('| ') ? [line.slice(2, -2).split(' | ')] : []));
	const [head = [], , ...body] = rows;
	return new Map(
		body.map(([way = '', ...cells]) => [way.slice(1, -1), new Map(cells.map((cell, i) => [head[i + 1] ?? '', cell]))]),
	);
}
