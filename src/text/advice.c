// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/advice.h"

#define PHRASE_WORDS 4
#define SPAN_WORDS_MIN 3
#define PAST_LETTERS 5 // "tried": shorter words in -ed are other things ("need", "bed")

enum {
	WARNING = 1,      // what follows is forbidden, or put off
	RATHER = 2,       // the same, up to the comma
	STATES = 4,       // "it doesn't": a warning, but in a clause of condition or cause
	NEED = 8,         // behind a warning: nothing is forbidden ("don't need to")
	DISAPPROVES = 16, // of all of the sentence
	ASKS = 32,        // as the first word
	SUBJECT = 64,     // as the first word: somebody tells something
	PAST = 128,
	ADVISES = 256, // in spite of the past tense
	WHEN = 512,
	RESUMES = 1024, // behind a comma: advice again
	VERB = 2048,    // of a command
	JOINS = 4096,   // behind it a command may begin
};

// clang-format off
static const PhraseList LISTS[] = {
	{WARNING, "never,don't,dont,do not,not to,avoid,against,dangerous,danger,dangers,warn,warns,warned,warning of,should not,shouldn't,must not,mustn't,rather not,be careful,careful with,beware,under no circumstances,unsafe,risky,no one should,nobody should,no one will,nobody will,nobody from,no need,there is no need,before you,before anyone,before wiping,before deleting,before changing,before you touch,ask before,keep away,refuse,refuses,refused,keep children,without asking,how to avoid,let an,let a,only a,only an,leave the registry,stop using,stop anyone,think twice,no reason to,isn't a reason,is not a reason,anyone who,anybody who,whoever,people who,those who,talk to,unless a,told me to,told us to,told to,asked me to,wants me to,want me to"},
	{RATHER, "instead of,rather than,in place of wiping,as opposed to"},
	{STATES, "can't,cannot,can not,won't,wouldn't,didn't,doesn't,does not,isn't,aren't,not allowed,unable"},
	{NEED, "need,have to,has to,worry,bother,forget,hesitate,mind,be afraid,be shy,listen,care,see the point,bother with"},
	{DISAPPROVES, "is dangerous,are dangerous,bad idea,terrible idea,no good idea,not a good idea,madness,is how houses,is how people,asking for it,asking for trouble,way to trouble,not necessary,isn't necessary,unnecessary,won't help,will not help,would not help,not help,can hurt,can kill,will kill,could kill,kills,against the law,illegal,is forbidden,not safe,isn't safe,strictly forbidden,voids,would overwrite,will overwrite,does not make,doesn't make it,ends badly,ended badly,end badly,don't do,i wouldn't,i would not,we do not recommend,not recommended,never a,strongly advise against,advise against,advised against,can burn,can explode,may explode,could explode,catches fire,can catch fire,is a crime,exactly why,serious injury,electrocuted,a scam,phishing,scammers,be a disaster"},
	{ASKS, "is it,is there,is this,is that,can i,can we,can you,can someone,can anybody,can anyone,could you,could someone,would you,should i,should we,shall i,how,what,which,does,do i,do we,do you,do they,could i,may i,where,who,whose,would it,are there,are you,did,has,have you,have i,am i,will,was,were,i want to,i need,i am trying,i'm trying,i tried,i have tried,i've tried,i would like,i'd like,i lost,i forgot,i can't,i cannot,any idea,anyone know,does anyone,has anybody,is my,is the,are the,are my,why,when should,when do,when can"},
	{SUBJECT, "i,i've,we,we've,he,she,they,somebody,someone,my,our,his,her,their,the,a,an,it,last,yesterday,after,since,this,that,today,when,then i,then we"},
	{PAST, "was,were,had,got,went,did,gave,took,made,lost,broke,came,told,said,ran,put back,found,blew,stole,stolen,swelled,fell,burnt,burned,died,saw,wrote,thought,knew,left me,has been,have been,has gone,is gone,bought,sent,kept"},
	{ADVISES, "just,simply,you can,you could,you should,you have to,you need to,you may,you only need,you only,all you need,do the same,give it a go,give it a try,try it,try to,so try,you try,worked for me,works for me,what i'd do,what i did,what helped,what works,the trick,the easiest,the fix,the solution,i'd,i would,go ahead,and you,then you,why don't you,why not,have you tried,why do you not,feel free to,my advice,i recommend,i suggest,i always,we always,so just,easy fix"},
	{WHEN, "if,when,because,since,as,until,that,so,where,while,whenever,in case,once,unless,which,why"},
	{RESUMES, "just,simply,then,go,better,do,use,turn,take,run,put,open,set,try,you can,you could,delete,remove,wipe,format,pull,plug,keep,skip,give,swap,drive,connect,disable,instead"},
	{VERB, "accept,add,adjust,allow,answer,apply,approve,ask,attach,back,bend,bind,block,boot,break,bridge,bring,build,burn,buy,bypass,call,cancel,change,charge,check,chmod,choose,chuck,clean,clear,click,climb,clone,close,combine,come,comment,commit,confirm,connect,convert,cook,copy,cover,create,cross,crush,curl,cut,deactivate,delete,destroy,disable,discard,disconnect,dive,do,double,downgrade,download,drag,drill,drink,drive,drop,eat,edit,eject,empty,enable,encrypt,enter,erase,expose,extend,feed,feel,fill,find,fix,flash,flush,fold,follow,force,format,forward,freeze,get,git,give,go,grab,grant,hammer,hand,hang,hardcode,heat,hold,ignore,import,increase,inject,insert,install,interrupt,jam,jumper,jump,keep,kill,lay,lean,leave,let,lick,lift,light,load,lock,log,look,loosen,lower,mail,make,mark,measure,mix,mount,move,mv,open,overclock,override,overwrite,paint,paste,patch,pick,pierce,pipe,place,plug,poke,post,pour,press,publish,pull,purge,push,put,quit,raise,reach,read,reboot,rebuild,recreate,reduce,reflash,reformat,refill,register,reinstall,release,remove,rename,repair,replace,reset,resize,restart,restore,reuse,rewrite,ride,rip,rm,roll,root,run,save,say,scan,scrape,screw,seal,select,send,set,share,short,shrink,shut,sideload,sign,silence,sit,skip,smoke,snap,solder,splice,splash,spray,squeeze,stand,start,stick,stop,store,sudo,swallow,swap,switch,take,tap,tape,tell,terminate,throw,tick,tie,tighten,top,touch,truncate,trust,try,turn,twist,type,uncheck,uninstall,unlock,unplug,unscrew,untick,update,upgrade,upload,use,warm,wash,watch,wear,wedge,weld,wipe,wire,work,wrap,write,yank,zero,zip"},
	{JOINS, "and,so,then,or,to,just,simply"},
};
// clang-format on

struct AdviceBook {
	const WordTable *words;
};

const AdviceBook *advice_new(Arena *a)
{
	AdviceBook *b = ARENA_NEW(a, AdviceBook, 1);
	b->words = word_table_of_phrases(a, LISTS, COUNTOF(LISTS));
	return b;
}

// The sentence that is read: where it ends, and what was seen of it.
typedef struct Reading {
	const AdviceBook *book;
	const Signs *s;
	uint32_t first, end;
	bool asks, advises, past, disapproved;
	AdviceSpan *spans;
	size_t n;
	uint32_t open; // where the stretch began that is advice
	bool shut;     // nothing is, at the moment
	bool to_comma; // until the comma
	bool when;     // in a clause of condition or cause
} Reading;

// "tried", "formatted"
static bool looks_past(const Signs *s, uint32_t w)
{
	const SignWord *x = &s->words[w];
	return x->to - x->from >= PAST_LETTERS && s->v[x->to - 1].c == 'd' && s->v[x->to - 2].c == 'e';
}

static bool is_verb(const Reading *r, uint32_t w)
{
	return word_table_find(r->book->words, r->s->words[w].hash) & VERB;
}

static uint32_t hints_of(const Reading *r, uint32_t from, uint32_t to)
{
	uint32_t hints = is_verb(r, from) ? ADVICE_VERB : 0;
	for (uint32_t w = from + 1; w < to; w++) {
		bool joined = r->s->words[w - 1].after & AFTER_PAUSE ||
					  word_table_find(r->book->words, r->s->words[w - 1].hash) & JOINS;
		if (joined && is_verb(r, w)) hints |= ADVICE_LATER_VERB;
	}
	bool subject = from == r->first && word_table_find(r->book->words, r->s->words[from].hash) & SUBJECT;
	return subject && !hints ? ADVICE_TALE : hints;
}

static void shut(Reading *r, uint32_t at, bool to_comma)
{
	if (!r->shut && at >= r->open + SPAN_WORDS_MIN && r->n < ADVICE_SPANS_MAX)
		r->spans[r->n++] = (AdviceSpan){r->open, at, hints_of(r, r->open, at)};
	r->shut = true;
	r->to_comma = to_comma;
}

static void open_at(Reading *r, uint32_t at)
{
	if (!r->shut) return;
	r->shut = false;
	r->open = at;
}

static bool needs_nothing(const Reading *r, uint32_t next)
{
	uint32_t words;
	return next < r->end && word_table_phrase(r->book->words, r->s, next, 2, &words) & NEED;
}

// Takes note of the phrase of `words` words at word w.
static void note(Reading *r, uint32_t w, uint32_t words, uint32_t bits)
{
	if (w == r->first && bits & ASKS) r->asks = true;
	if (bits & ADVISES) r->advises = true;
	if (bits & DISAPPROVES) r->disapproved = true;
	if (bits & WHEN) r->when = true;
	r->past |= (bits & PAST) != 0 || looks_past(r->s, w);
	bool warns = bits & WARNING || (bits & STATES && !r->when);
	if (bits & RATHER) shut(r, w, true);
	else if (warns && !needs_nothing(r, w + words)) shut(r, w, false);
}

// Behind a pause another clause begins.
static void pause(Reading *r, uint32_t last)
{
	uint32_t words, bits;
	if (last + 1 >= r->end || !(r->s->words[last].after & AFTER_PAUSE)) return;
	r->when = false;
	bits = word_table_phrase(r->book->words, r->s, last + 1, PHRASE_WORDS, &words);
	if (r->shut && (r->to_comma || bits & RESUMES)) open_at(r, last + 1);
}

static uint32_t sentence_end(const Signs *s, uint32_t w)
{
	while (w + 1 < s->words_n && !signs_sentence_ends(s, w)) w++;
	return w + 1;
}

uint32_t advice_read(const AdviceBook *b, const Signs *s, uint32_t w, AdviceSpan ret[ADVICE_SPANS_MAX], size_t *ret_n)
{
	uint32_t words = 1, first = word_table_phrase(b->words, s, w, 1, &words);
	Reading r = {.book = b, .s = s, .first = w, .end = sentence_end(s, w), .spans = ret, .open = w};
	for (uint32_t at = w; at < r.end; at += words) {
		words = 1;
		uint32_t bits = word_table_phrase(b->words, s, at, PHRASE_WORDS, &words);
		note(&r, at, words, bits);
		pause(&r, at + words - 1);
	}
	shut(&r, r.end, false);
	bool asked = (r.asks || s->words[r.end - 1].after & AFTER_ASKS) && !r.advises;
	bool told = first & SUBJECT && r.past && !r.advises;
	for (size_t i = 0; i < r.n && r.advises; i++) ret[i].hints |= ADVICE_SAID;
	*ret_n = asked || told || r.disapproved ? 0 : r.n;
	return r.end;
}
