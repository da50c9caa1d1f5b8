import { RuleViolation } from '../errors.ts';
import { runtime } from '../runtime.ts';
import { requireFreshAccount } from './account.ts';
import { normalEmail } from './accounts.ts';
import { ask, type SignIn } from './answer.ts';
import { authFor } from './auth.ts';
import { countTry, forgetTries } from './limits.ts';
import { endFormerSession } from './sessions.ts';
import { headersFor, type Visit } from './visit.ts';

export const PASSWORD_LENGTH = { min: 12, max: 200 } as const;

/**
 * First step with a password. A password alone never signs in: it is of use only to accounts with a second step.
 * @throws RuleViolation `identity.wrongPassword` (also for unknown addresses), `identity.wait`
 */
export async function signInWithPassword(visit: Visit, given: { email: string; password: string }): Promise<SignIn> {
	const email = normalEmail(given.email);
	await countTry('password/address', visit.address);
	await countTry('password/account', email);
	const auth = authFor(visit.origin);
	const body = { email, password: given.password };
	const { value, cookies } = await ask(auth.api.signInEmail({ body, headers: headersFor(visit), returnHeaders: true }));
	if (!('twoFactorRedirect' in value)) {
		await (await auth.$context).internalAdapter.deleteSession(value.token);
		throw new RuleViolation('identity.wrongPassword');
	}
	await forgetTries('password/account', email);
	await endFormerSession(visit);
	return { cookies, secondStep: true };
}

/**
 * Sets or replaces the password of the account that is signed in.
 * @throws RuleViolation `identity.passwordShort` / `identity.passwordLong` (field `password`), `identity.noSecondStep`,
 * `identity.signInAgain`
 */
export async function choosePassword(visit: Visit, password: string): Promise<void> {
	const account = await requireFreshAccount(visit.headers);
	if (!account.secondStep) throw new RuleViolation('identity.noSecondStep');
	const { min, max } = PASSWORD_LENGTH;
	if (password.length < min) throw new RuleViolation('identity.passwordShort', { min }, 'password');
	if (password.length > max) throw new RuleViolation('identity.passwordLong', { max }, 'password');
	const { internalAdapter, password: hasher } = await authFor(visit.origin).$context;
	const hash = await hasher.hash(password);
	const known = await internalAdapter.findCredentialAccount(account.id);
	if (known) await internalAdapter.updateAccount(known.id, { password: hash });
	else
		await internalAdapter.linkAccount({
			userId: account.id,
			providerId: 'credential',
			accountId: account.id,
			password: hash,
		});
}

export async function hasPassword(accountId: string): Promise<boolean> {
	const { rowCount } = await runtime().pool.query(
		`select 1 from auth."account" where "userId" = $1 and "providerId" = 'credential' and "password" is not null`,
		[accountId],
	);
	return rowCount === 1;
}

export async function removePassword(accountId: string): Promise<void> {
	await runtime().pool.query(`delete from auth."account" where "userId" = $1 and "providerId" = 'credential'`, [
		accountId,
	]);
}
