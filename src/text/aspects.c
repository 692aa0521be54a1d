// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/aspects.h"

#define PHRASE_WORDS 3
#define NOUNS_MAX 3
#define FEELING (65536 / 4)
#define CLAUSES_MAX 24 // of a sentence
#define CLAUSE_WORDS_MIN 1

enum {
	DETERMINER = 1, // a noun phrase follows
	VERB = 2,       // a noun phrase ends before it
	STOP = 4,       // is in no noun phrase
	LIKES = 8,      // what follows is what is liked or not
	REASON = 16,    // a reason follows
	TURN = 32,      // but: another clause
	AND = 64,
	PRONOUN = 128,
	TIME = 512, // behind "since": no reason
	QUALITY = 1024,
	SPLIT_AS = 2048, // a reason only before a pronoun or an article
	ADVERB = 8192,   // before a verb
	THIRD = 4096,    // a pronoun that may stand for the aspect
};

// clang-format off
static const PhraseList LISTS[] = {
	{DETERMINER | STOP, "the,my,this,your,our,its,their,these,those,his,her,der,die,das,den,dem,mein,meine,dein,euer,eure,dieser,diese,dieses,ihr,ihre,le,la,les,mon,ma,mes,votre,vos,ce,cette,el,los,las,mi,mis,su,sus,este,esta,il,lo,gli,i miei,il mio,la mia,mio,mia,questo,questa,o,os,meu,minha,meus,este,esta,seu,sua"},
	{STOP | DETERMINER, "a,an,ein,eine,einen,un,une,una,um,uma,unos"},
	{VERB | STOP, "is,are,was,were,isn,aren,wasn,weren,has,have,had,does,do,did,doesn,don,didn,can,cannot,could,will,won,would,keeps,keep,works,work,worked,feels,feel,looks,look,looked,sounds,seems,seem,makes,make,made,stopped,stops,broke,breaks,died,dies,arrived,came,comes,takes,took,needs,lasts,lasted,runs,ran,gets,got,gives,crashes,crashed,freezes,fails,failed,drops,loses,lost,drains,fits,turned,went,goes,never,always,says,told,helped,helps,answered,ignored,charges,charged,rattles,leaks,leaked,overheats,starts,started,refuses,ist,sind,war,waren,hat,haben,funktioniert,geht,macht,wurde,wird,kommt,kam,est,sont,etait,a,ont,marche,fonctionne,fait,es,son,esta,estan,era,fue,funciona,tiene,va,e,sono,era,ha,funziona,fa,sao,foi,tem"},
	{STOP | PRONOUN, "i,it,they,we,you,he,she,this,that,there,ich,es,sie,er,wir,man,je,il,elle,ils,nous,on,yo,ello,nosotros,io,lei,noi,eu,ele,ela,eles"},
	{ADVERB, "just,even,still,also,never,always,constantly,simply,really,only"},
	{THIRD, "it,they,he,she,nobody,es,sie,er,niemand,il,elle,ils,elles,personne,ella,ello,lei,loro,ele,ela,eles,elas"},
	{STOP, "not,no,so,too,very,really,just,also,even,still,again,all,at,in,on,for,to,of,with,from,by,about,after,before,when,while,if,than,then,more,most,as,well,here,now,today,yesterday,how,what,which,who,why,me,him,them,us,be,been,being,absolutely,totally,quite,much,many,some,any,every,everything,nothing,only,ever,since,because,up,down,out,off,over,back,t,s,m,re,ve,ll,d,sehr,nicht,kein,keine,auch,nur,zu,und,mit,von,fur,auf,tres,pas,avec,pour,dans,sur,muy,con,para,en,por,molto,non,per,muito,nao,com"},
	{LIKES | VERB | STOP, "love,loves,loved,like,likes,liked,hate,hates,hated,enjoy,enjoyed,recommend,adore,dislike,miss,appreciate,prefer,regret,returned,return,sold,avoid,despise,can't stand,fed up with,tired of,happy with,pleased with,unhappy with,annoyed by,liebe,mag,hasse,empfehle,adore,aime,deteste,detestons,recommande,amo,odio,recomiendo,adoro,consiglio,recomendo,gosto do,gosto da,me encanta,me encantan,me gusta"},
	{REASON | STOP, "because,because of,cause,since,due to,thanks to,given that,owing to,on account of,considering that,weil,denn,wegen,dank,parce que,parce qu,puisque,car,a cause de,grace a,porque,ya que,debido a,gracias a,perche,poiche,visto che,a causa di,grazie a,pois,uma vez que,por causa,devido a,gracas a"},
	{SPLIT_AS | STOP, "as,da"},
	{TURN | STOP, "but,however,although,though,yet,whereas,while,except,aber,jedoch,doch,obwohl,mais,cependant,pero,aunque,sino,ma,pero,anche se,mas,embora,porem"},
	{AND | STOP, "and,or,und,oder,et,ou,y,e,o"},
	{TIME, "monday,tuesday,wednesday,thursday,friday,saturday,sunday,yesterday,today,last,then,january,february,march,april,may,june,july,august,september,october,november,december,day,days,week,weeks,months,years,morning,when,ever,update,upgrade,then,i,2019,2020,2021,2022,2023,2024,2025,2026"},
	{QUALITY | STOP, "stunning,gorgeous,delicious,comfortable,disgusting,ridiculous,favourite,favorite,good,great,bad,awful,terrible,poor,excellent,amazing,horrible,nice,lovely,slow,fast,cheap,weak,brilliant,fantastic,superb,useless,rude,friendly,helpful,perfect,broken,noisy,ugly,beautiful,flimsy,solid,reliable,unreliable,crisp,dim,bright,wonderful,dreadful,disappointing,annoying,buggy,clunky,confusing,outstanding,impressive,overpriced,expensive,mediocre,decent,faulty,defective,worst,best,gute,guter,tolle,toller,schlechte,schlechter,schlechtes,schreckliche,super,bon,bonne,mauvais,mauvaise,excellente,buena,buen,mala,mal,pesimo,ottimo,ottima,pessimo,pessima,otimo,pessimo,bom,boa"},
};
// clang-format on

struct AspectBook {
	const WordTable *words;
};

const AspectBook *aspects_new(Arena *a)
{
	AspectBook *b = ARENA_NEW(a, AspectBook, 1);
	b->words = word_table_of_phrases(a, LISTS, COUNTOF(LISTS));
	return b;
}

typedef struct Clause {
	uint32_t from, to; // words
	bool reason;       // begins behind "because"
	bool joined;       // behind "and"
} Clause;

typedef struct Clauses {
	Clause v[CLAUSES_MAX];
	size_t n;
} Clauses;

static uint32_t bits_at(const AspectSearch *x, uint32_t w, uint32_t *ret_words)
{
	*ret_words = 1;
	uint32_t bits = word_table_phrase(x->book->words, x->signs, w, PHRASE_WORDS, ret_words);
	return bits;
}

static uint32_t word_bits(const AspectSearch *x, uint32_t w)
{
	return w < x->signs->words_n ? word_table_find(x->book->words, x->signs->words[w].hash) : 0;
}

// What a clause begins with at word w: TURN, AND, REASON, or 0 if none begins.
static uint32_t begins(const AspectSearch *x, uint32_t w, uint32_t *ret_words)
{
	uint32_t bits = bits_at(x, w, ret_words);
	if (!(bits & (REASON | SPLIT_AS | TURN | AND))) return 0;
	uint32_t next = word_bits(x, w + *ret_words);
	if (bits & REASON) return *ret_words == 1 && next & TIME && !(next & PRONOUN) ? 0 : REASON;
	if (bits & SPLIT_AS) return next & (PRONOUN | DETERMINER) && !(w && word_bits(x, w - 1) & STOP) ? REASON : 0;
	if (bits & TURN) return TURN;
	if (bits & AND) return next & (PRONOUN | DETERMINER) ? AND : 0;
	return 0;
}

static void clause_end(Clauses *c, uint32_t from, uint32_t to, uint32_t kind)
{
	if (to >= from + CLAUSE_WORDS_MIN && c->n < CLAUSES_MAX)
		c->v[c->n++] = (Clause){from, to, .reason = kind == REASON, .joined = kind == AND};
}

// The clauses of the sentence that begins at word w; the word after it.
static uint32_t clauses(const AspectSearch *x, uint32_t w, Clauses *c)
{
	uint32_t from = w, began = 0;
	c->n = 0;
	for (; w < x->signs->words_n; w++) {
		uint32_t words, kind = begins(x, w, &words);
		if (kind) {
			clause_end(c, from, w, began);
			began = kind;
			from = w + words;
			w += words - 1;
		} else if (w > from && x->signs->words[w - 1].after & AFTER_BREAK) {
			clause_end(c, from, w, began);
			began = 0;
			from = w;
		}
		if (!signs_sentence_ends(x->signs, w)) continue;
		w++;
		break;
	}
	clause_end(c, from, w, began);
	return w;
}

static TextSpan span_of(const Signs *s, uint32_t from, uint32_t to)
{
	return (TextSpan){s->v[s->words[from].from].at, s->v[s->words[to - 1].to].at};
}

// Up to NOUNS_MAX words from w on that may be a noun phrase; how many.
static uint32_t nouns(const AspectSearch *x, uint32_t w, uint32_t to)
{
	uint32_t n = 0;
	while (w + n < to && n < NOUNS_MAX && !(word_bits(x, w + n) & (STOP | VERB))) {
		n++;
		if (w + n < to && x->signs->words[w + n].from - x->signs->words[w + n - 1].to > 1) break;
	}
	return n;
}

typedef struct NounPhrase {
	uint32_t from, n;
	int rank;
	Str product;
} NounPhrase;

static void offer(NounPhrase *best, uint32_t from, uint32_t n, int rank)
{
	if (n && rank > best->rank) *best = (NounPhrase){.from = from, .n = n, .rank = rank};
}

enum { RANK_DETERMINER = 1, RANK_QUALITY, RANK_SUBJECT, RANK_LIKES, RANK_PRODUCT };

// What is behind an article at word w, or what a clause begins with without one.
static void offer_phrase(const AspectSearch *x, const Clause *c, uint32_t w, uint32_t bits, NounPhrase *best)
{
	bool first = w == c->from && !(bits & STOP),
		 compared = w > c->from && word_bits(x, w - 1) & SPLIT_AS; // "as the old one"
	if ((!(bits & DETERMINER) && !first) || compared) return;
	uint32_t from = first ? w : w + 1, n = nouns(x, from, c->to);
	bool subject = n && from + n < c->to && word_bits(x, from + n) & VERB;
	offer(best, from, n, subject ? RANK_SUBJECT : first ? 0 : RANK_DETERMINER);
}

// The noun phrase that a clause is about: a product, what is liked, the subject, what has a quality, any with an article.
static NounPhrase about(const AspectSearch *x, const Clause *c)
{
	NounPhrase best = {.n = 0};
	for (uint32_t w = c->from; w < c->to; w++) {
		Str product;
		uint32_t bits = word_bits(x, w), words = x->catalogue ? catalogue_find(x->catalogue, x->signs, w, &product) : 0;
		if (words && w + words <= c->to && best.rank < RANK_PRODUCT)
			best = (NounPhrase){w, words, RANK_PRODUCT, product};
		uint32_t at = w + 1;
		while (at < c->to && bits & LIKES && word_bits(x, at) & DETERMINER) at++;
		if (bits & LIKES) offer(&best, at, nouns(x, at, c->to), RANK_LIKES);
		if (bits & QUALITY) offer(&best, w + 1, nouns(x, w + 1, c->to), RANK_QUALITY);
		offer_phrase(x, c, w, bits, &best);
	}
	return best;
}

// "it keeps dropping the line"; not "and it …", nor "it, too"
static bool goes_on(const AspectSearch *x, const Clause *c)
{
	if (c->joined || c->to < c->from + 2 || !(word_bits(x, c->from) & THIRD)) return false;
	uint32_t next = word_bits(x, c->from + 1);
	return next & (VERB | ADVERB) || !(next & STOP);
}

typedef struct Found {
	AspectFinding *v;
	size_t n, most;
} Found;

static bool felt(int polarity) { return polarity >= FEELING || polarity <= -FEELING; }

// A reason belongs to the aspect before it in the sentence, or to the one behind if the sentence begins with it.
static bool give_reason(const AspectSearch *x, Found *found, size_t since, TextSpan reason)
{
	if (found->n == since || found->v[found->n - 1].reason.end) return false;
	AspectFinding *f = &found->v[found->n - 1];
	f->reason = reason;
	if (!felt(f->polarity)) f->polarity = x->score(x->arg, reason);
	return true;
}

// Those that got neither a feeling nor a reason with one are none.
static void keep_felt(Found *found, size_t since)
{
	size_t kept = since;
	for (size_t i = since; i < found->n; i++)
		if (felt(found->v[i].polarity)) found->v[kept++] = found->v[i];
	found->n = kept;
}

// waiting: a reason whose aspect is still to come.
static void add_aspect(const AspectSearch *x, const Clause *c, TextSpan *waiting, Found *found)
{
	if (found->n == found->most) return;
	NounPhrase what = about(x, c);
	if (!what.n) return;
	int polarity = x->score(x->arg, span_of(x->signs, c->from, c->to));
	if (!felt(polarity)) polarity = waiting->end ? x->score(x->arg, *waiting) : 0;
	found->v[found->n++] = (AspectFinding){.aspect = span_of(x->signs, what.from, what.from + what.n),
										   .reason = *waiting,
										   .product = what.product,
										   .polarity = polarity};
	*waiting = (TextSpan){0};
}

static void sentence(const AspectSearch *x, const Clauses *c, Found *found)
{
	size_t since = found->n;
	TextSpan waiting = {0};
	for (size_t i = 0; i < c->n; i++) {
		TextSpan span = span_of(x->signs, c->v[i].from, c->v[i].to);
		bool reason = c->v[i].reason || (i && goes_on(x, &c->v[i]));
		if (reason && give_reason(x, found, since, span)) continue;
		if (c->v[i].reason && found->n == since) waiting = span;
		else add_aspect(x, &c->v[i], &waiting, found);
	}
	keep_felt(found, since);
}

size_t aspects_find(const AspectSearch *x, AspectFinding *ret, size_t most)
{
	Found found = {ret, 0, most};
	Clauses c;
	for (uint32_t w = 0; w < x->signs->words_n && found.n < most;) {
		w = clauses(x, w, &c);
		sentence(x, &c, &found);
	}
	return found.n;
}
