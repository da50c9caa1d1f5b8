/**
 * The few ways in which something may go wrong on purpose. Anything else is a defect and gets an id that the log knows.
 */

/** A sentence for the person at the command line; no stack trace is shown. */
export class UserError extends Error {
	override name = 'UserError';
	constructor(message: string, options?: { cause?: unknown }) {
		super(message, options);
	}
}

/** There is nothing under this address for this reader. Also thrown where a right is missing: strangers learn nothing. */
export class NotFound extends Error {
	override name = 'NotFound';
	constructor(what = 'not found') {
		super(what);
	}
}

/** There was something here, and it was taken back: its address stays and says so (410). */
export class Gone extends Error {
	override name = 'Gone';
	constructor(what = 'gone') {
		super(what);
	}
}

/** The actor is known but lacks the permission; shown as 403 only to people who may know that the page exists. */
export class Forbidden extends Error {
	override name = 'Forbidden';
	readonly permission: string;
	constructor(permission: string) {
		super(`permission ${permission} is missing`);
		this.permission = permission;
	}
}

/** A rule of the field says no. `code` names a message, `params` fill it; `field` leads the error summary to the input. */
export class RuleViolation extends Error {
	override name = 'RuleViolation';
	readonly code: string;
	readonly params: Record<string, string | number>;
	readonly field: string | undefined;
	constructor(code: string, params: Record<string, string | number> = {}, field?: string) {
		super(code);
		this.code = code;
		this.params = params;
		this.field = field;
	}
}

/** Somebody else changed the same thing in the meantime; what was typed is kept by the caller. */
export class Conflict extends Error {
	override name = 'Conflict';
	constructor(what: string) {
		super(`${what} was changed by somebody else`);
	}
}
