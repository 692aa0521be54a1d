// SPDX-License-Identifier: AGPL-3.0-or-later
// Words by which answers are measured. Written for Hearth.
#include "text/lexicon.h"
#include "text/quality_impl.h"

#include <string.h>

#define SLOTS ((uint32_t)1 << 10)

typedef struct WordList {
	unsigned kind;
	const char *words; // separated by commas
} WordList;

// clang-format off
static const WordList LISTS[] = {
	{QW_SMALL, "a,an,the,and,or,but,if,of,to,in,on,at,by,for,from,with,about,as,is,are,was,were,be,been,being,am,it,its,"
		"it's,this,that,these,those,there,here,then,than,so,too,very,just,also,do,does,did,done,have,has,had,will,would,"
		"can,could,shall,should,may,might,must,not,no,what,which,who,when,where,why,how,i,me,my,we,us,our,you,your,he,she,"
		"him,her,his,they,them,their,all,any,some,one,ones,more,most,much,many,other,get,got,go,u,r,ur,im,i'm,n,out,up,"
		"into,over,only,even,now,well,like,know,think,anyone,please,hi,hello,thanks,thank"},
	{QW_HEDGE, "maybe,perhaps,probably,possibly,i think,i guess,i believe,i suppose,not sure,dunno,don't know,dont know,"
		"no idea,might be,could be,as far as,afaik,i heard,heard that,seems,supposedly,i am not,if i'm not,not certain,"
		"hopefully,imo,imho"},
	{QW_ADVICE, "try,check,go to,you can,u can,you could,you should,u should,you must,you need,u need,you have to,you'll,"
		"call,contact,ask,visit,make sure,use,take,look at,look for,search,click,open,install,send,apply,submit,get a,"
		"buy,recommend,suggest,my advice,better to,best to,the best,it is available,available at,available in,located,"
		"website,there is a,there are,there's a,according to,requires,required,need to,have to,first,cost,costs,price"},
	{QW_THANKS, "thanks,thank you,thank u,thanx,thx,tks,tnx,ty,cheers,many thanks,appreciate,appreciated,grateful,"
		"i will try,i'll try,will try,for the info,for your help,for your reply,for the reply,for replying"},
	{QW_LAUGH, "lol,haha,hahaha,hehe,hehehe,rofl,lmao,hihi,hmm,hmmm,loll,just kidding,kidding,jk,wow,oh,ohh,ha,welcome,"
		"welcome back,good luck,congrats,congratulations"},
	{QW_FIRST, "i,me,my,mine,i'm,im,i've,i'll,i'd,we,our,us,myself"},
	{QW_SECOND, "you,your,yours,u,ur,you're,you'll,you've,yourself"},
	{QW_METOO, "me too,same here,i also,also looking,i am looking,i'm looking,im looking,interested,same problem,"
		"same question,pm me,pm you,pmed,let me know,i want to,anyone know,anybody know,can you tell,can you give,"
		"please tell,please let,can anyone,i wonder,i would like,looking for,how about me,my question"},
	{QW_WHERE, "near,opposite,beside,behind,next to,street,road,building,floor,city,area,center,centre,mall,souq,station,"
		"corner,roundabout,in front,called,shop,shops,store,market,hospital,hotel,school,office,ministry,company,bank"},
	{QW_YES, "yes,yeah,yep,yup,no,nope,of course,definitely,sure,correct,exactly,agree,i agree,true,right,it is not,"
		"not allowed,not possible,it's not"},
	{QW_ASK << ASK_WHERE, "where,which shop,location of"},
	{QW_ASK << ASK_MUCH, "how much,how many,price,cost,costs,salary,fee,fees"},
	{QW_ASK << ASK_WHEN, "when,how long,what time"},
	{QW_ASK << ASK_WHICH, "which,best,recommend,any good,suggest,suggestions"},
	{QW_ASK << ASK_WHO, "who,anyone,anybody,someone"},
	{QW_ASK << ASK_YES, "is it,can i,is there,do you,are there,can we,do i,is this,should i,will i"},
	{QW_ASK << ASK_HOW, "how,what,why,what is"},
};
// clang-format on

typedef struct BookSlot {
	uint32_t hash;
	unsigned kinds;
} BookSlot;

struct QualityBook {
	BookSlot slots[SLOTS];
};

static void put(QualityBook *b, uint32_t hash, unsigned kind)
{
	uint32_t i = hash & (SLOTS - 1);
	while (b->slots[i].kinds && b->slots[i].hash != hash) i = (i + 1) & (SLOTS - 1);
	b->slots[i].hash = hash;
	b->slots[i].kinds |= kind;
}

const QualityBook *quality_book_new(Arena *a)
{
	QualityBook *b = ARENA_NEW(a, QualityBook, 1);
	size_t n = 0;
	for (size_t i = 0; i < COUNTOF(LISTS); i++)
		for (Str rest = str_from(LISTS[i].words), word; rest.n; n++) {
			rest = str_cut(rest, ',', &word);
			put(b, rule_word_hash(word), LISTS[i].kind);
		}
	BUG_IF(n > SLOTS / 2);
	return b;
}

unsigned quality_book_look(const QualityBook *b, uint32_t hash)
{
	for (uint32_t i = hash & (SLOTS - 1); b->slots[i].kinds; i = (i + 1) & (SLOTS - 1))
		if (b->slots[i].hash == hash) return b->slots[i].kinds;
	return 0;
}
