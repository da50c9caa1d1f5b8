import * as m from '#messages';

/** What OParl names, in the words of the office; the contents of files are counted beside the files. */
const WORDS: Record<string, () => string> = {
	System: m.oparl_kind_System,
	Body: m.oparl_kind_Body,
	LegislativeTerm: m.oparl_kind_LegislativeTerm,
	Organization: m.oparl_kind_Organization,
	Person: m.oparl_kind_Person,
	Membership: m.oparl_kind_Membership,
	Meeting: m.oparl_kind_Meeting,
	AgendaItem: m.oparl_kind_AgendaItem,
	Paper: m.oparl_kind_Paper,
	Consultation: m.oparl_kind_Consultation,
	File: m.oparl_kind_File,
	Location: m.oparl_kind_Location,
	List: m.oparl_kind_List,
	Content: m.oparl_kind_Content,
};

/** @param kind a type of OParl; one without a word stands as it is */
export function kindWords(kind: string): string {
	return WORDS[kind]?.() ?? kind;
}
