-- Accounts and sign-ins of the whole installation. The one schema without towns: an account belongs to a person, who may
-- hold roles in several towns. Names in mixed case are those of the library (see docs/decisions/better-auth.md);
-- tables in snake_case are our own.

create schema auth;

create table auth."user" (
	"id" text not null primary key,
	"name" text not null,
	"email" text not null unique,
	"emailVerified" boolean not null,
	"image" text,
	"createdAt" timestamptz not null default current_timestamp,
	"updatedAt" timestamptz not null default current_timestamp,
	"twoFactorEnabled" boolean,
	-- language of mails to this account; empty: that of the page which caused them
	"locale" text,
	-- role that this account plays in a demonstration town, where anybody may take it on; empty everywhere else
	"demonstration" text
);

-- "updatedAt" is the last request of the session: idle time counts from there. "ipAddress" stays empty.
create table auth."session" (
	"id" text not null primary key,
	"expiresAt" timestamptz not null,
	"token" text not null unique,
	"createdAt" timestamptz not null default current_timestamp,
	"updatedAt" timestamptz not null,
	"ipAddress" text,
	"userAgent" text,
	"userId" text not null references auth."user" ("id") on delete cascade
);
create index "session_userId_idx" on auth."session" ("userId");
create index "session_expiresAt_idx" on auth."session" ("expiresAt");

-- Ways to sign in with something kept elsewhere: a password's hash ("credential"), the city's own sign-in.
create table auth."account" (
	"id" text not null primary key,
	"accountId" text not null,
	"providerId" text not null,
	"userId" text not null references auth."user" ("id") on delete cascade,
	"accessToken" text,
	"refreshToken" text,
	"idToken" text,
	"accessTokenExpiresAt" timestamptz,
	"refreshTokenExpiresAt" timestamptz,
	"scope" text,
	"password" text,
	"createdAt" timestamptz not null default current_timestamp,
	"updatedAt" timestamptz not null,
	unique ("providerId", "accountId")
);
create index "account_userId_idx" on auth."account" ("userId");

-- What waits to be used once: links of mails (hashed), challenges of passkeys and second steps, states of redirects.
create table auth."verification" (
	"id" text not null primary key,
	"identifier" text not null,
	"value" text not null,
	"expiresAt" timestamptz not null,
	"createdAt" timestamptz not null default current_timestamp,
	"updatedAt" timestamptz not null default current_timestamp
);
create index "verification_identifier_idx" on auth."verification" ("identifier");
create index "verification_expiresAt_idx" on auth."verification" ("expiresAt");

create table auth."twoFactor" (
	"id" text not null primary key,
	"secret" text not null,
	"backupCodes" text not null,
	"userId" text not null unique references auth."user" ("id") on delete cascade,
	"verified" boolean,
	"failedVerificationCount" integer,
	"lockedUntil" timestamptz
);
create index "twoFactor_userId_idx" on auth."twoFactor" ("userId");
create index "twoFactor_secret_idx" on auth."twoFactor" ("secret");

create table auth."passkey" (
	"id" text not null primary key,
	"name" text,
	"publicKey" text not null,
	"userId" text not null references auth."user" ("id") on delete cascade,
	"credentialID" text not null unique,
	"counter" integer not null,
	"deviceType" text not null,
	"backedUp" boolean not null,
	"transports" text,
	"createdAt" timestamptz,
	"aaguid" text
);
create index "passkey_userId_idx" on auth."passkey" ("userId");
create index "passkey_credentialID_idx" on auth."passkey" ("credentialID");

-- A code of an authenticator app counts once. The code is a salted hash; the row outlives the code's validity.
create table auth.used_code (
	user_id text not null references auth."user" ("id") on delete cascade,
	code text not null,
	used_at timestamptz not null default now(),
	primary key (user_id, code)
);

-- How often something was tried lately. `subject` is a salted hash of what is counted and of whom (account or network
-- address); `free_at` is when the tries used so far will have been forgotten (generic cell rate algorithm).
create table auth.attempt (
	subject text primary key,
	free_at timestamptz not null
);
create index attempt_free_at on auth.attempt (free_at);

select kernel.open_schema('auth');
do $$ begin
	execute format('grant select, insert, update, delete on all tables in schema auth to %I', current_setting('mitrat.app_role'));
end $$;
