// Common first names in German towns, used only as evidence: to cut two persons out of one cell and to tell
// "Last, First" from two surnames. A name that is missing here is still read.

const NAMES = `achim adam adelheid adrian agnes ahmad ahmed aisha aischa alexander alexandra ali alina amina amir amira ana andrea
andreas angela angelika anita anja anke anna anne annegret annelie annette anni antje anton aram arne arno astrid axel aylin ayse
ayşe barbara bastian beate belinda ben benjamin bernd bernhard bettina bilal birgit bjoern björn boris brigitte britta bruno burak
burkhard can carla carmen carola caroline carsten caspar cem charlotte christa christel christian christiane christina christine
christoph claudia claus constanze corinna cornelia dagmar daniel daniela david deniz denise dennis detlef diana dieter dietmar
dimitri dirk dorothea doris edgar edith eduard elena elif elisabeth elke ellen elvira emilia emine emre erich erik erika ernst esra
eva evelin evelyn fabian fadi farid fatih fatima fatma felix ferdinand florian frank franz franziska frauke fred friederike
friedrich gabi gabriela gabriele gabriel georg gerald gerd gerda gerhard gerlinde gesine gisela gregor gudrun guenter günter günther
gunnar hakan hanna hannah hannelore hans harald hartmut hassan heide heidi heike heiko heiner heinrich heinz helene helga helmut
hendrik henning henriette herbert hermann hilde holger horst hubert hülya ibrahim ilona ilse imran ina ines inga ingeborg ingo
ingrid irene irina iris irmgard isabel isabell isabelle ivan ivana iwona jamal jan jana janine jannik jasmin jens jessica joachim
jochen johann johanna johannes jonas jonathan jörg joerg josef joseph judith julia julian juliane jürgen juergen jutta kai karim
karin karina karl karla karsten katarina katharina kathrin katja katrin kerstin khaled kirsten klaus konrad konstantin kornelia
kristin kristina krzysztof kurt lara lars laura lea leila lena leon leonie lina linda lisa lothar louisa luca lucas lucia ludwig
lukas luisa luise lutz lydia magdalena maik maike malte mandy manfred manja manuel manuela marc marcel marco marcus margarete
margret margit margot maria mariam marianne marie marina mario marion markus marlene marlies marta martha martin martina marvin
mathias mathilde matthias max maximilian mehmet meike melanie merve michael michaela michel miriam mirjam mohamad mohamed mohammad
mohammed monika moritz murat mustafa nadine nadja najib natalia natalie natascha nele nicola nicolas nicole niklas nikola nils nina
nora norbert nour nuri olaf oleg olena olesya olga oliver omar oskar osman otto özlem pascal patricia patrick paul paula peter petra
philip philipp pia rabea rainer ralf ralph ramona rana reiner reinhard reinhold renate rené rene ricarda richard rita robert roland
rolf roman romy ronald ronja ronny rosa rosemarie rudi rudolf ruth sabine sabrina salim samir samuel sandra sara sarah sascha saskia
sebastian selin selma semra serkan sibylle siegfried sigrid silke silvia simon simone sina sofia sofie sonja sophia sophie stefan
stefanie steffen steffi stephan stephanie susann susanne svenja svetlana swetlana sylvia tamara tanja tarek tatjana tatiana thea
theo theresa thilo thomas thorsten till tilman tim timo tina tobias tom torsten torben ulf uli ulrich ulrike umut ursula ute uwe
valentina vanessa vera verena veronika viktor viktoria vincent volker waltraud werner wilhelm wilfried willi wolf wolfgang yasemin
yasmin yusuf yvonne zeynep zoe`;

const FIRST = new Set(NAMES.split(/\s+/));

export function isFirstName(word: string): boolean {
	const clean = word.toLowerCase();
	return FIRST.has(clean) || (clean.includes('-') && FIRST.has(clean.split('-')[0]!));
}
