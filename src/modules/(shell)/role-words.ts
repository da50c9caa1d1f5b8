import * as m from '#messages';

type DemonstrationRole = 'member' | 'chair' | 'office' | 'department' | 'commissioner' | 'mayor' | 'administrator';

/** A role of the demonstration in the reader's language. */
export function roleWords(role: DemonstrationRole): string {
	const words: Record<DemonstrationRole, () => string> = {
		member: m.shell_login_role_member,
		chair: m.shell_login_role_chair,
		office: m.shell_login_role_office,
		department: m.shell_login_role_department,
		commissioner: m.shell_login_role_commissioner,
		mayor: m.shell_login_role_mayor,
		administrator: m.shell_login_role_administrator,
	};
	return words[role]();
}
