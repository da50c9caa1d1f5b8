import type { Ctx } from '#kernel/ctx.ts';
import type { Format } from '#kernel/files/formats.ts';
import { isId } from '#kernel/ids.ts';
import { installedModules } from '#kernel/module.ts';

export interface ReadableFile {
	sha512: string;
	size: number;
	media_type: string;
	format: Format;
	name: string;
	/** Its content never changes after. */
	created_at: Temporal.Instant;
}

/**
 * What the town knows of a file, if any module says that this actor may read it. Deny by default: a file that no record
 * shows is nobody's. @returns null for unknown files and for those that are not shown, without a difference
 */
export async function readableFile(ctx: Ctx, id: string): Promise<ReadableFile | null> {
	if (!isId(id) || !(await isShown(ctx, id))) return null;
	const file = await ctx.db
		.selectFrom('kernel.file')
		.select(['sha512', 'size', 'media_type', 'format', 'name', 'created_at'])
		.where('id', '=', id)
		.executeTakeFirst();
	return file ? { ...file, format: file.format as Format } : null;
}

/** Has a file that is not shown been public once? Its address stays and says so. */
export async function wasPublic(ctx: Ctx, id: string): Promise<boolean> {
	if (!isId(id)) return false;
	for (const { fileWasPublic } of installedModules().servers) if (await fileWasPublic?.(ctx, id)) return true;
	return false;
}

async function isShown(ctx: Ctx, id: string): Promise<boolean> {
	for (const { fileAccess } of installedModules().servers) if (await fileAccess?.(ctx, id)) return true;
	return false;
}
