// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/style.h"

#define PHRASE_WORDS 4
#define EVIDENCE_LOOK 64
#define STRONG 3 // the weight of a phrase; a question mark, a name that is spoken to and the like weigh 1 or 2

// Bits of the phrases, by style; the second half of the bits are weak hints of the same.
#define STYLE_BIT(s) (1u << (s))
#define HINT_BIT(s) (1u << ((s) + 8))
#define MINE (1u << 16) // what the writer does of a common task; with YOURS: they share it
#define YOURS (1u << 17)

// clang-format off
static const PhraseList PHRASES_OF[] = {
	{STYLE_BIT(TEXT_ONE_WAY), "announce,announces,announcing,pleased to announce,proud to announce,now available,available now,introducing,we are launching,launches today,launching today,out now,please note,please be advised,be advised that,do not reply,for immediate release,press release,read more,learn more,sign up now,buy now,order now,save up to,limited time,scheduled maintenance,will be unavailable,is now live,effective immediately,terms and conditions,subscribe to,don't miss,check out our,we are happy to present,opening hours,hiermit,wir freuen uns ihnen,ab sofort,jetzt erhaltlich,jetzt verfugbar,bitte beachten sie,nous sommes heureux d'annoncer,desormais disponible,disponible des maintenant,veuillez noter,nos complace anunciar,ya disponible,siamo lieti di annunciare,ora disponibile,temos o prazer de anunciar,ja disponivel,no se pierda"},
	{STYLE_BIT(TEXT_DIALOGIC), "tell me about,tell us about,show us,show me your,happy to hear,be interested in how,interested in your,want to know how,i wonder,i'm curious,curious how,curious to hear,has anyone,has anybody,does anyone,does anybody,did anyone,anyone else,anybody else,opinions,poll,vote in,vote below,your turn,which of you,who of you,who would like,how often do you,what would you,what do you,which one do you,do you prefer,do you use,what else,would that,would this,give us your,send your questions,send us your,write it below,leave a line,leave a comment,honest opinion,rate the,rate it,your experience,your experiences,your tip,your tips,your favourite,your favorite,share a,looking for people,got a minute,say what,raccontateci,raccontate,contadnos,contad,decidnos,schreib uns,erzahlt,wie nutzt ihr,wer hat schon,hat das noch,qui a deja,racontez,qualcuno,alguien mas,alguem mais,partilhem,what do you think,tell us,let us know,let me know,your thoughts,your opinion,your feedback,any thoughts,any ideas,share your,we'd love to hear,we want to hear,love to hear from,looking forward to your,write to us,ask us,ask me anything,questions welcome,comments welcome,comment below,how do you,which do you,would you prefer,do you agree,have you tried,drop us a line,get in touch,feel free to ask,reply with,vote for your,was meint ihr,was denkt ihr,schreibt uns,sagt uns,eure meinung,eure ideen,que pensez vous,dites nous,votre avis,vos idees,que opinan,cuentanos,diganos,su opinion,vuestra opinion,cosa ne pensate,fateci sapere,la vostra opinione,o que acham,digam nos,a vossa opiniao,conte nos"},
	{STYLE_BIT(TEXT_TRANSPARENT), "apologies,i apologize,sorry about,sorry that,sorry for,my apologies,our fault,my fault,my mistake,a mistake of ours,mistake on our,on our side,on our end,we did not,we didn't,we should have,i should have,for the record,replying to,in reply,answering here,as for the question,as for your question,in my last post,my last post,my earlier answer,my last answer,my decision,we looked into,i looked into,we checked,i checked,i can confirm,we can confirm,confirmed,could reproduce,we found,we have found,found the cause,known problem,known issue,known bug,is a bug,was a bug,the cause was,cause was,the cause,caused by,the culprit,comes from the,turned out,turns out,we don't know,good point,fair point,fair criticism,to be honest,you reported,you asked why,the reason,was wrong,were wrong,pointing it out,pointing this out,several of you,some of you,short report,has the fix,a fix is,was late because,mixed up,entschuldigung,tut uns leid,danke furs melden,danke fur die meldung,unser fehler,mein fehler,perdon,disculpas,disculpen,gracias por avisar,gracias por el aviso,nuestro error,error nuestro,desole,desoles,pardon,merci pour le signalement,merci du signalement,notre erreur,de notre part,scusate,ci scusiamo,colpa nostra,nostro errore,grazie per la segnalazione,desculpem,desculpe,erro nosso,obrigado pelo aviso,thanks for asking,thank you for asking,thanks for your question,good question,great question,to answer your question,you asked,as you asked,as promised,you are right,you're right,sorry to hear,sorry about that,sorry for the,we apologise,i apologise,we apologize,thanks for reporting,thanks for the report,thank you for reporting,thanks for letting us,the reason is,the reason was,here is why,here's why,root cause,what went wrong,we made a mistake,we got it wrong,our mistake,in reply to,in answer to,to be open,we don't know yet,here is what we know,for everyone else,for others reading,posting the answer here,i hear you,regarding your,danke fur die frage,danke fur den hinweis,sie haben recht,du hast recht,es tut uns leid,tut mir leid,der grund ist,merci pour votre question,vous avez raison,desole pour,la raison est,gracias por preguntar,tiene razon,tienes razon,lamentamos,la razon es,grazie per la domanda,ha ragione,hai ragione,ci dispiace,il motivo,obrigado pela pergunta,tem razao,lamentamos,o motivo"},
	{STYLE_BIT(TEXT_COLLABORATIVE), "each of us,two of us,some of us,put everything together,put it together,fill in yours,add yours,add what you,your part,your half,my half,my part,one of us,the rest of us,we split,split up,we divide,open points,our plan,proposal,working group,objections,volunteer,volunteers,hands,we have to decide,we need to decide,let's decide,then we can,then we merge,merge on,look at it with me,with me,in pairs,go through the,duty,shared document,shared calendar,shared list,building on,take over from,draft,drafted,the draft,i'd take,vorschlag,aufteilen,teilen,teilt,den rest,dividamos,dividere,dividir,partager,qui prend,wer macht,chi continua,quem continua,quien sigue,let's,let us work,together we,work together,working together,work on this together,work this out,figure this out,next step,next steps,who can take,who wants to take,i'll take,i will take,i can take,shall we,how about we,we could,we should,i propose,my proposal,i suggest we,proposal for,draft of,here is a draft,please review,review the draft,can you review,pull request,i've added to,added to the list,report back,try it and report,once you have tested,until we agree,agree on,agreed,action item,action items,to do list,by friday,by monday,deadline,i'll test,can you test,join us in,co create,brainstorm,split the work,our goal,common goal,decide together,we decide,lasst uns,lass uns,gemeinsam,nachster schritt,wer ubernimmt,ich ubernehme,mein vorschlag,travaillons ensemble,ensemble,prochaine etape,je propose,je m'en charge,trabajemos juntos,juntos,siguiente paso,propongo,yo me encargo,lavoriamo insieme,insieme,prossimo passo,me ne occupo io,vamos trabalhar juntos,proximo passo,proponho,eu trato"},
	{HINT_BIT(TEXT_ONE_WAY), "new,release,released,sale,offer,update,discount,webinar,register,newsletter,free shipping"},
	{HINT_BIT(TEXT_DIALOGIC), "you,your,ihr,vous,ustedes,voi,voces"},
	{HINT_BIT(TEXT_TRANSPARENT), "because,fixed,the fix,we found,it turned out,try this,this works,works for me,in your case,hi,hello,thanks,the answer,the setting,your log,which version"},
	{HINT_BIT(TEXT_COLLABORATIVE), "both,plan,task,tasks,test it,merge,together"},
	{MINE, "i'll,i will,i take,i start,i begin,i do,i tried,i opened,i added,i've added,i put,i reviewed,i'd,i send,i can,i go,i look,i write,i wrote,i made,i change,i finish,ich mache,ich schreibe,ich teste,ich fange,ich nehme,ich ubernehme,je commence,je fais,je prends,j'ecris,yo empiezo,yo hago,yo escribo,io comincio,io faccio,io scrivo,eu comeco,eu faco,eu escrevo"},
	{YOURS, "if you,can you,could you,you take,you send,you test,you fix,you do,you update,you write,you look,you can,please edit,please fill,please look,please add,please test,who else,who can,who takes,who will,who joins,who speaks,could someone,can someone,could somebody,if somebody,if someone,does somebody,turn,wenn du,du testest,wer,kannst du,qui,si tu,peux tu,quien,si tu,puedes,chi,se tu,puoi,quem,se tu,podes"},
};
// clang-format on

struct StyleBook {
	const WordTable *words;
};

const char *text_style_name(TextStyle s)
{
	static const char *const NAMES[TEXT_STYLES_END] = {"", "one-way", "dialogic", "transparent", "collaborative"};
	return NAMES[s];
}

const StyleBook *style_new(Arena *a)
{
	StyleBook *b = ARENA_NEW(a, StyleBook, 1);
	b->words = word_table_of_phrases(a, PHRASES_OF, COUNTOF(PHRASES_OF));
	return b;
}

typedef struct StyleHit {
	TextSpan span;
	TextStyle style;
} StyleHit;

static void asks(const Signs *s, StyleFinding *f)
{
	if (s->marks & AFTER_ASKS) f->weights[TEXT_DIALOGIC] += 2;
}

// A text that begins with somebody's name replies to them.
static void spoken_to(const Signs *s, StyleFinding *f)
{
	uint32_t i = 0;
	while (i < s->n && sign_gap(&s->v[i])) i++;
	if (s->v[i].c == '@' && sign_alnum(&s->v[i + 1])) f->weights[TEXT_TRANSPARENT] += 2;
}

static void choose(StyleFinding *f)
{
	static const TextStyle ORDER[] = {TEXT_COLLABORATIVE, TEXT_TRANSPARENT, TEXT_DIALOGIC, TEXT_ONE_WAY}; // of equals
	f->style = TEXT_ONE_WAY;
	uint32_t second = 0;
	for (size_t i = 0; i < COUNTOF(ORDER); i++)
		if (f->weights[ORDER[i]] > f->weights[f->style] || (i == 0 && f->weights[ORDER[i]])) f->style = ORDER[i];
	for (TextStyle s = TEXT_ONE_WAY; s < TEXT_STYLES_END; s++)
		if (s != f->style && f->weights[s] > second) second = f->weights[s];
	f->sure = f->weights[f->style] >= STRONG && f->weights[f->style] > second;
}

void style_find(const StyleBook *b, const Signs *s, StyleFinding *ret)
{
	StyleHit hits[EVIDENCE_LOOK];
	size_t hits_n = 0;
	uint32_t shared = 0;
	bool hinted[TEXT_STYLES_END] = {0};
	*ret = (StyleFinding){.style = TEXT_ONE_WAY};
	for (uint32_t w = 0, words; w < s->words_n; w += words) {
		uint32_t bits = word_table_phrase(b->words, s, w, PHRASE_WORDS, &words);
		if (!bits) {
			words = 1;
			continue;
		}
		shared |= bits & (MINE | YOURS);
		for (TextStyle k = TEXT_ONE_WAY; k < TEXT_STYLES_END; k++) {
			if (bits & HINT_BIT(k) && !hinted[k]) {
				hinted[k] = true;
				ret->weights[k]++;
			}
			bool part = k == TEXT_COLLABORATIVE && bits & (MINE | YOURS);
			if (!(bits & STYLE_BIT(k)) && !part) continue;
			if (bits & STYLE_BIT(k)) ret->weights[k] += STRONG;
			TextSpan span = {s->v[s->words[w].from].at, s->v[s->words[w + words - 1].to].at};
			if (hits_n < EVIDENCE_LOOK) hits[hits_n++] = (StyleHit){span, k};
		}
	}
	if (shared == (MINE | YOURS)) ret->weights[TEXT_COLLABORATIVE] += STRONG;
	asks(s, ret);
	spoken_to(s, ret);
	choose(ret);
	for (size_t i = 0; i < hits_n && ret->evidence_n < STYLE_EVIDENCE_MAX; i++)
		if (hits[i].style == ret->style) ret->evidence[ret->evidence_n++] = hits[i].span;
}
