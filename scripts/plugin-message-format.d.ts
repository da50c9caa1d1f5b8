/** The plug-in for the format of the message files says no types itself: this is what is used of it. */
declare module '@inlang/plugin-message-format' {
	const plugin: {
		importFiles(asked: {
			settings: { baseLocale: string; locales: string[] };
			files: { locale: string; content: Uint8Array }[];
		}): Promise<{
			bundles: { id: string; declarations: unknown[] }[];
			messages: { bundleId: string; locale: string; selectors: unknown[] }[];
			variants: { messageBundleId: string; messageLocale: string; matches: unknown[]; pattern: unknown[] }[];
		}>;
	};
	export default plugin;
}
