/**
 * A document could not be made. `reason` says whose turn it is:
 * `data` the caller gave something the template can't take, `template` the template itself failed,
 * `engine` the typesetter is missing on this platform, crashed or took too long.
 */
export class DocumentError extends Error {
	readonly reason: 'data' | 'template' | 'engine';

	constructor(reason: 'data' | 'template' | 'engine', message: string, options?: ErrorOptions) {
		super(message, options);
		this.name = 'DocumentError';
		this.reason = reason;
	}
}
