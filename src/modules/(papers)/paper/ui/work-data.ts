import type { PaperView } from '../../view.ts';
import type { PaperSection } from '../section.server.ts';

type Told = Pick<PaperView, 'state' | 'public' | 'reference' | 'title' | 'longTitle' | 'type' | 'date'>;
type Around = Pick<PaperSection, 'originators' | 'files' | 'topics' | 'districts'>;

/**
 * A public paper for search engines: schema.org Report as JSON-LD, ready to stand inside a script element (a data block: browsers
 * don't run it, so the content security policy needs no exception). Empty for drafts and closed papers; closed files are not in it,
 * whoever reads. `url` is the page's full address.
 */
export function workData(paper: Told, around: Around, { url, town }: { url: string; town: string }): string {
	if (paper.state === 'draft' || !paper.public) return '';
	const at = (path: string) => new URL(path, url).href;
	const names = around.originators.filter(({ kind, leftOn }) => kind === 'originator' && !leftOn);
	const authors = names.map(({ organisation, person }) =>
		organisation
			? { '@type': 'Organization', name: organisation }
			: person
				? { '@type': 'Person', name: person }
				: null,
	);
	const files = around.files.filter((file) => file.public && file.fileId);
	const work = {
		'@context': 'https://schema.org',
		'@type': 'Report',
		'@id': url,
		url,
		name: paper.longTitle || paper.title,
		...(paper.longTitle && paper.longTitle !== paper.title ? { alternateName: paper.title } : {}),
		...(paper.reference ? { identifier: paper.reference, reportNumber: paper.reference } : {}),
		genre: paper.type,
		inLanguage: 'de',
		isAccessibleForFree: true,
		...(paper.date ? { datePublished: paper.date } : {}),
		...(around.topics.length ? { keywords: around.topics.map(({ name }) => name) } : {}),
		...(around.districts.length
			? { spatialCoverage: around.districts.map(({ name }) => ({ '@type': 'Place', name })) }
			: {}),
		...(authors.some(Boolean) ? { author: authors.filter(Boolean) } : {}),
		...(files.length
			? {
					associatedMedia: files.map(({ title, fileId, size }) => ({
						'@type': 'MediaObject',
						name: title,
						contentUrl: at(`/dateien/${fileId}`),
						contentSize: `${size} B`,
					})),
				}
			: {}),
		publisher: { '@type': 'GovernmentOrganization', name: town, url: at('/') },
	};
	// "</script>" in a title must not end the element.
	return JSON.stringify(work).replace(/</g, '\\u003c');
}
