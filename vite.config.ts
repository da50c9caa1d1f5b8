import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig, type Plugin } from 'vite';
import { compileMessages } from './scripts/messages.ts';

/** Message files are compiled before the build and whenever one is saved during development. */
function messages(): Plugin {
	return {
		name: 'mitrat-messages',
		async buildStart() {
			await compileMessages();
		},
		configureServer(server) {
			server.watcher.on('change', (file) => {
				if (/\/messages\/.*\.json$/.test(file)) void compileMessages();
			});
		},
	};
}

export default defineConfig({
	plugins: [
		messages(),
		await sveltekit({
			// Tests build into a folder of their own, so a server that runs from `build/` is not disturbed.
			adapter: adapter({ precompress: true, out: process.env.MITRAT_BUILD || 'build' }),
			files: {
				routes: 'src/modules',
				hooks: { server: 'src/hooks.server', universal: 'src/hooks', client: 'src/hooks.client' },
			},
			csp: {
				mode: 'hash',
				directives: {
					'default-src': ['none'],
					'script-src': ['self'],
					'style-src': ['self'],
					// The framework's client hides its route announcer by this one style attribute.
					'style-src-attr': ['unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
					'img-src': ['self', 'data:'],
					'font-src': ['self'],
					'connect-src': ['self'],
					'manifest-src': ['self'],
					'form-action': ['self'],
					'base-uri': ['none'],
					'frame-ancestors': ['none'],
				},
			},
			// One style sheet in its own file is cached over all pages; small ones are not worth an inline hash.
			inlineStyleThreshold: 0,
		}),
	],
	// Fonts inlined as data: would be refused by the policy above and loaded by everybody.
	build: { target: 'es2022', assetsInlineLimit: 0, reportCompressedSize: false },
	server: { host: '127.0.0.1' },
	ssr: { noExternal: [] },
});
