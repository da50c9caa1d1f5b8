import { runtime } from '../runtime.ts';

/** What is kept of an account, as its holder gets it: no token, key, hash or code is among it. */
export interface AccountData {
	account: Record<string, unknown>[];
	sessions: Record<string, unknown>[];
	passkeys: Record<string, unknown>[];
	/** Password and sign-ins of the city: that they are there and since when. */
	ways: Record<string, unknown>[];
}

/** Reads everything about an account that is no secret (Art. 15 GDPR). The caller demands its permission. */
export async function accountData(accountId: string): Promise<AccountData> {
	const read = async (text: string) => (await runtime().pool.query<Record<string, unknown>>(text, [accountId])).rows;
	return {
		account: await read(`select "name", "email", "locale", coalesce("twoFactorEnabled", false) as second_step,
			"createdAt" as created_at from auth."user" where "id" = $1`),
		sessions:
			await read(`select coalesce("userAgent", '') as device, "createdAt" as signed_in_at, "updatedAt" as seen_at,
			"expiresAt" as expires_at from auth."session" where "userId" = $1 order by "createdAt"`),
		passkeys: await read(`select coalesce("name", '') as name, "createdAt" as created_at, "backedUp" as synced
			from auth."passkey" where "userId" = $1 order by "createdAt", "id"`),
		ways: await read(`select "providerId" as provider, "createdAt" as created_at from auth."account"
			where "userId" = $1 order by "createdAt"`),
	};
}
