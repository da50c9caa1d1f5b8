import { installedModules } from '#kernel/module.ts';
import type { RetentionClass } from '#kernel/privacy/declaration.ts';
import { words } from '../../../navigation.ts';
import type { PageServerLoad } from './$types';

/** One line of the record of processing: what for, on which basis, kept how long. */
interface Purpose {
	purpose: string;
	basis: string;
	keeps: RetentionClass[];
}

export const load: PageServerLoad = ({ locals: { ctx } }) => {
	const { contact, imprint } = ctx.body.settings;
	const { dataProtectionOfficer: officer, dataProtectionAuthority: authority } = imprint ?? {};
	return {
		name: ctx.body.name,
		contact: contact ?? null,
		officer: officer ?? null,
		authority: authority ?? null,
		purposes: purposes(),
	};
};

/** From the modules' declarations alone, so that the page says what the program does. Same purposes share a line. */
function purposes(): Purpose[] {
	const found = new Map<string, Purpose>();
	for (const { purpose, basis, columns } of installedModules().servers.flatMap(({ personal }) => personal)) {
		const line = found.get(`${purpose} ${basis}`) ?? { purpose: words(purpose)(), basis: words(basis)(), keeps: [] };
		line.keeps = [...new Set([...line.keeps, ...Object.values(columns).map(({ retention }) => retention)])];
		found.set(`${purpose} ${basis}`, line);
	}
	return [...found.values()];
}
